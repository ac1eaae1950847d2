package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.ThreadsExecutor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrialsTest {
  private final Cancellation cancellation = new Cancellation();

  @Test
  void whatComesOutDoesNotDependOnTheJobs() {
    Outcome one = run(config(1), new FakeRunner(), event -> {});
    Outcome four = run(config(4), new Hasty(), event -> {});

    assertThat(four).isEqualTo(one);
    assertThat(one.status()).isEqualTo("complete");
    assertThat(one.results())
        .extracting(result -> result.condition() + " " + result.seed())
        .containsExactly("none 1", "none 2", "none 3", "backprop 1", "backprop 2", "backprop 3");
    assertThat(one.measurements()).hasSize(6 * 3);
    assertThat(one.measurements()).extracting(Measurement::step).startsWith(0, 10, 20, 0, 10, 20);
  }

  @Test
  void aConditionIsTrainedWithItsOwnSettings() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    ExperimentConfig config =
        new ConfigResolver("")
            .set("conditions=none,none+batch=8+capacity=40")
            .set("seeds=1")
            .set("steps=1")
            .resolve();
    run(
        config,
        (condition, seed, own, data, listener) -> {
          seen.add(condition + " " + own.training().batch() + " " + own.memory().capacity());
          return new FakeRunner().run(condition, seed, own, data, listener);
        },
        event -> {});

    assertThat(seen).containsExactlyInAnyOrder("none 16 500", "none+batch=8+capacity=40 8 40");
  }

  @Test
  void jobsRunAtTheSameTime() {
    AtomicInteger inside = new AtomicInteger();
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    run(
        config(2),
        new FakeRunner() {
          @Override
          protected void beforeStep(Condition condition, long seed, int step)
              throws InterruptedException {
            if (step == 0 && seed == 1) {
              // each of the first two waits for the other
              inside.incrementAndGet();
              while (inside.get() < 2) {
                Thread.sleep(1);
              }
              seen.add(inside.get());
            }
          }
        },
        event -> {});

    assertThat(seen).containsExactly(2);
  }

  @Test
  void theFirstFailureEndsTheRunAndKeepsWhatWasMeasured() {
    Outcome outcome =
        run(
            config(1),
            new FakeRunner() {
              @Override
              protected void beforeStep(Condition condition, long seed, int step) {
                if (seed == 2 && step == 15) {
                  throw new IllegalStateException("no more paper");
                }
              }
            },
            event -> {});

    assertThat(outcome.status()).isEqualTo("failed");
    assertThat(outcome.failures().get(0).trial()).hasToString("none, seed 2");
    assertThat(outcome.failures().get(0).cause()).hasMessage("no more paper");
    assertThat(outcome.results())
        .extracting(result -> result.condition() + " " + result.seed())
        .containsExactly("none 1", "backprop 1");
    assertThat(outcome.measurements()).as("two trials, and two of the third").hasSize(8);
  }

  @Test
  void anErrorIsAFailureToo() {
    Outcome outcome =
        run(
            config(1),
            (condition, seed, config, data, listener) -> {
              throw new OutOfMemoryError("no room");
            },
            event -> {});

    assertThat(outcome.failures().get(0).cause()).isInstanceOf(OutOfMemoryError.class);
    assertThat(outcome.results()).isEmpty();
  }

  @Test
  void aResultOfAnotherTrialIsRefused() {
    Outcome outcome =
        run(
            config(1),
            (condition, seed, config, data, listener) ->
                new FakeRunner().run(condition, 99, config, data, listener),
            event -> {});

    assertThat(outcome.failures().get(0).cause())
        .hasMessage("the result is of none, seed 99, not of none, seed 1");
  }

  @Test
  void aRequestToEndKeepsWhatWasMeasured() {
    AtomicInteger measured = new AtomicInteger();
    Outcome outcome =
        run(
            config(1),
            new FakeRunner(),
            event -> {
              if (event instanceof TrialEvent.Measured && measured.incrementAndGet() == 5) {
                cancellation.request();
              }
            });

    assertThat(outcome.status()).isEqualTo("interrupted");
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.results()).hasSize(1);
    assertThat(outcome.measurements()).hasSize(5);
  }

  @Test
  void aRequestInterruptsATrialThatSleeps() {
    Outcome outcome =
        run(
            config(2),
            new FakeRunner() {
              @Override
              protected void beforeStep(Condition condition, long seed, int step)
                  throws InterruptedException {
                if (step == 11) {
                  cancellation.request();
                  Thread.sleep(1_000_000);
                }
              }
            },
            event -> {});

    assertThat(outcome.status()).isEqualTo("interrupted");
    assertThat(outcome.results()).isEmpty();
    assertThat(outcome.measurements()).isNotEmpty();
  }

  @Test
  void aRequestBeforeTheStartRunsNothing() {
    cancellation.request();
    Outcome outcome = run(config(2), new FakeRunner(), event -> {});

    assertThat(outcome.status()).isEqualTo("interrupted");
    assertThat(outcome.measurements()).isEmpty();
  }

  @Test
  void trialsStartSeedBySeed() {
    assertThat(Trials.plan(config(1)))
        .extracting(Trial::toString)
        .containsExactly(
            "none, seed 1",
            "backprop, seed 1",
            "none, seed 2",
            "backprop, seed 2",
            "none, seed 3",
            "backprop, seed 3");
  }

  private Outcome run(ExperimentConfig config, TrialRunner runner, Consumer<TrialEvent> observer) {
    Trials trials =
        new Trials(
            runner,
            config,
            Trials.plan(config),
            List.of(),
            FakeRunner.split(),
            observer,
            result -> {},
            cancellation);
    ThreadsExecutor.run(trials, config.jobs());
    return trials.outcome();
  }

  private static ExperimentConfig config(int jobs) {
    return new ConfigResolver("")
        .set("conditions=none,backprop")
        .set("steps=20")
        .set("evaluate-every=10")
        .set("jobs=" + jobs)
        .resolve();
  }

  /** Later trials end earlier. */
  private static final class Hasty extends FakeRunner {
    private static final List<Long> PAUSES = List.of(30L, 10L, 0L);

    @Override
    protected void beforeStep(Condition condition, long seed, int step)
        throws InterruptedException {
      if (step == 5) {
        Thread.sleep(PAUSES.get((int) seed - 1));
      }
    }
  }
}
