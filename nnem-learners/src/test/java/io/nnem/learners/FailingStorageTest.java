package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.learners.storage.FaultyStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write, a sync, or anything else fails, and the process goes on. */
class FailingStorageTest {

  private static final int CALLS = 4;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void anySingleCallMayFailAndTheNextSucceeds(long seed) throws Exception {
    failEach(Workload.of(seed));
  }

  private static <N extends AutoCloseable> void failEach(Workload<N> work) throws Exception {
    List<byte[]> states = work.states(CALLS);
    FaultyStorage whole = new FaultyStorage();
    live(work, whole, states);
    for (long operation = 1; operation <= whole.operations(); operation++) {
      FaultyStorage storage = new FaultyStorage();
      storage.failsAt(operation);
      try {
        live(work, storage, states);
      } catch (AssertionError e) {
        throw new AssertionError("Operation " + operation + ": " + e.getMessage(), e);
      }
    }
  }

  private static <N extends AutoCloseable> void live(
      Workload<N> work, FaultyStorage storage, List<byte[]> states) throws IOException {
    DurableNetwork<N> durable = open(work, storage);
    try (durable) {
      for (int i = 1; i <= CALLS; i++) {
        call(work, durable, states, i);
        if (i % 2 == 0) {
          checkpoint(durable);
        }
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("fails"); // of closing
    }
    try (DurableNetwork<N> again = open(work, storage)) {
      assertThat(again.calls()).isEqualTo(CALLS);
      assertThat(work.state(again.network())).isEqualTo(states.get(CALLS));
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("fails");
    }
    assertThat(DurableNetwork.verify(storage.folder()))
        .isEqualTo(new DurableNetwork.Report(CALLS, List.of(), List.of()));
  }

  private static <N extends AutoCloseable> DurableNetwork<N> open(
      Workload<N> work, FaultyStorage storage) throws IOException {
    try {
      return work.open(storage.folder(), Durability.eachCall());
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("fails").hasMessageContaining("/disk");
      return work.open(storage.folder(), Durability.eachCall());
    }
  }

  private static <N extends AutoCloseable> void call(
      Workload<N> work, DurableNetwork<N> durable, List<byte[]> states, int number) {
    try {
      work.call(durable.network(), number);
    } catch (UncheckedIOException e) {
      assertThat(e).hasMessageContaining("fails").hasMessageContaining("/disk");
      assertThat(durable.calls()).isEqualTo(number - 1);
      assertThat(work.state(durable.network())).isEqualTo(states.get(number - 1));
      work.call(durable.network(), number);
    }
    assertThat(durable.durableCalls()).isEqualTo(number);
  }

  private static void checkpoint(DurableNetwork<?> durable) throws IOException {
    try {
      durable.checkpoint();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("fails").hasMessageContaining("/disk");
    }
  }

  /** To the byte: whatever there is room for. */
  @Test
  void aFullDiskIsSaidAndHarmsNothing() throws Exception {
    Workload<?> work = Workload.of(2);
    List<byte[]> states = work.states(CALLS);
    for (int room = 0; room < 6000; room += 97) {
      full(work, room, states);
    }
  }

  private static <N extends AutoCloseable> void full(
      Workload<N> work, int room, List<byte[]> states) throws IOException {
    FaultyStorage storage = new FaultyStorage();
    try (DurableNetwork<N> durable = work.open(storage.folder(), Durability.eachCall())) {
      storage.room(room);
      int made = 0;
      try {
        while (made < CALLS) {
          work.call(durable.network(), made + 1);
          made++;
          durable.checkpoint();
        }
      } catch (UncheckedIOException | IOException e) {
        assertThat(e).hasMessageContaining("/disk").hasMessageContaining("No space left on device");
      }
      int all = made;
      assertThatThrownBy(
              () -> {
                while (true) {
                  work.call(durable.network(), durable.calls() + 1);
                }
              })
          .as("the disk is full")
          .isInstanceOf(UncheckedIOException.class);
      assertThat(durable.calls()).isGreaterThanOrEqualTo(all);
      int now = (int) durable.calls();
      if (now <= CALLS) {
        assertThat(work.state(durable.network())).isEqualTo(states.get(now));
      }
      storage.room(Long.MAX_VALUE);
      work.call(durable.network(), now + 1);
      assertThat(durable.calls()).isEqualTo(now + 1);
      byte[] last = work.state(durable.network());
      storage.powerFailsAt(storage.operations() + 1);
      assertThatThrownBy(durable::checkpoint).isInstanceOf(IOException.class);
      storage.restart(room);
      try (DurableNetwork<N> again = reopened(work, storage)) {
        assertThat(again.calls()).isEqualTo(now + 1);
        assertThat(work.state(again.network())).isEqualTo(last);
      }
    }
  }

  /** By another process, as it were: the first one is still open. */
  private static <N extends AutoCloseable> DurableNetwork<N> reopened(
      Workload<N> work, FaultyStorage storage) throws IOException {
    return work.open(storage.folder(), Durability.readOnly());
  }
}
