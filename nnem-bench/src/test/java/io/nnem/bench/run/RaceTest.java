package io.nnem.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.Work;
import io.nnem.bench.work.WriteWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Systems that only say what they computed, and note when they are run and closed. */
class RaceTest {

  private static final ReadWork WORK = new ReadWork(8, 2, 4);

  private final List<String> told = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();

  private BenchSystem system(String name, float answer) {
    return new BenchSystem() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return name;
      }

      @Override
      public Optional<Task> step(StepProblem problem) {
        return Optional.empty();
      }

      @Override
      public Optional<Task> read(ReadWork work, MemoryProblem problem) {
        return Float.isNaN(answer) ? Optional.empty() : Optional.of(task(name, answer));
      }

      @Override
      public Optional<Task> write(WriteWork work, MemoryProblem problem) {
        return Optional.empty();
      }
    };
  }

  private Task task(String name, float answer) {
    return new Task() {
      @Override
      public long run(int times) {
        if (answer < 0) {
          throw new IllegalStateException("out of order");
        }
        runs.add(name);
        return 40_000_000L * times; // as if it had taken 40 ms each
      }

      @Override
      public Outcome outcome() {
        return new Outcome(Map.of("answers", new float[] {answer}));
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }

  private void run(BenchSystem... systems) {
    Race.Listener listener =
        new Race.Listener() {
          @Override
          public void measured(Work work, String system, double medianMillis, int blocks) {
            told.add(system + " " + medianMillis + " of " + blocks);
          }

          @Override
          public void failed(Work work, String system, String reason) {
            told.add(system + " failed: " + reason);
          }
        };
    new Race(List.of(systems), 1, true, listener).run(WORK, 0);
  }

  @Test
  void systemsThatAgreeTakeTurns() {
    run(system("a", 1), system("b", 1.0001f));

    assertThat(told).containsExactly("a 40.0 of 3", "b 40.0 of 3");
    // checked, warmed up, then three rounds, each beginning with another
    assertThat(runs).containsExactly("a", "b", "a", "b", "a", "b", "b", "a", "a", "b");
    assertThat(closed).containsExactly("a", "b");
  }

  @Test
  void whoComputesSomethingElseIsReportedAndNotTimed() {
    run(system("a", 1), system("b", 1.5f));

    assertThat(told)
        .containsExactly("b failed: answers deviates by 0.50, more than 0.0010", "a 40.0 of 3");
    assertThat(closed).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void whoThrowsIsReportedAndTheOthersGoOn() {
    run(system("a", 1), system("b", -1), system("c", 1));

    assertThat(told)
        .containsExactly(
            "b failed: java.lang.IllegalStateException: out of order",
            "a 40.0 of 3",
            "c 40.0 of 3");
    assertThat(closed).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void whoDoesNotDoTheWorkIsLeftOut() {
    run(system("a", 1), system("b", Float.NaN));

    assertThat(told).containsExactly("a 40.0 of 3");
  }
}
