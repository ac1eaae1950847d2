package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.learners.storage.FaultyStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The power fails at any moment, and takes what was not synced, or parts of it. As many times as
 * the system property {@code nnem.power-failures} says.
 */
class PowerFailureTest {

  private static final int CALLS = 14;
  private static final int TIMES = Integer.getInteger("nnem.power-failures", 150);

  @Test
  void takesNothingThatWasAcknowledged() {
    LongStream.range(0, TIMES).forEach(PowerFailureTest::live);
  }

  private static void live(long seed) {
    try {
      new Life<>(Workload.of(seed)).live();
    } catch (Exception | AssertionError e) {
      throw new AssertionError("With seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** Of a folder, through some failures. */
  private static final class Life<N extends AutoCloseable> {
    private final Workload<N> work;
    private final SplittableRandom random;
    private final FaultyStorage storage = new FaultyStorage();
    private final List<byte[]> states;
    private final Durability durability;
    private long acknowledged; // calls that returned
    private long surviving; // those of them that must survive

    Life(Workload<N> work) throws Exception {
      this.work = work;
      this.random = new SplittableRandom(work.seed);
      this.states = work.states(CALLS);
      this.durability =
          switch (random.nextInt(4)) {
            case 0 -> Durability.everyCalls(3);
            case 1 -> Durability.every(Duration.ofMillis(1));
            default -> Durability.eachCall();
          };
    }

    void live() throws IOException {
      for (int failure = 1 + random.nextInt(2); failure > 0; failure--) {
        storage.powerFailsAt(storage.operations() + 1 + random.nextInt(90));
        work(false);
        storage.restart(random.nextLong());
        requireSound();
      }
      work(true);
      assertThat(acknowledged).isEqualTo(CALLS);
      requireSound();
    }

    /** Goes on until all is done, or the power fails. */
    private void work(boolean all) throws IOException {
      DurableNetwork<N> durable;
      try {
        durable = work.open(storage.folder(), durability);
      } catch (IOException e) {
        assertThat(all).as("it opens").isFalse();
        return;
      }
      try (durable) {
        requireState(durable);
        while (acknowledged < CALLS) {
          work.call(durable.network(), acknowledged + 1);
          acknowledged++;
          surviving = durable.durableCalls();
          if (random.nextInt(4) == 0) {
            durable.checkpoint();
            surviving = durable.durableCalls();
          }
        }
      } catch (UncheckedIOException | IOException e) {
        assertThat(all).as("nothing fails: %s", e).isFalse();
      }
    }

    private void requireState(DurableNetwork<N> durable) {
      assertThat(durable.calls()).isBetween(surviving, acknowledged + 1);
      acknowledged = durable.calls();
      surviving = acknowledged;
      assertThat(work.state(durable.network())).isEqualTo(states.get((int) acknowledged));
    }

    private void requireSound() throws IOException {
      if (storage.files().keySet().stream().noneMatch(name -> name.startsWith("checkpoint"))) {
        assertThat(surviving).isZero();
        return; // the folder was still being made
      }
      DurableNetwork.Report report = DurableNetwork.verify(storage.folder());
      assertThat(report.problems()).isEmpty();
      assertThat(report.calls()).isBetween(surviving, acknowledged + 1);
    }
  }
}
