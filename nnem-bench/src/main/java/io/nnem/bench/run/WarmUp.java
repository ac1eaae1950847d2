package io.nnem.bench.run;

import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.QueryWork;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepWork;
import io.nnem.bench.work.Work;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets nnem run for a while before anything is timed. Its loops by the Vector API are interpreted
 * at first, with an object for each vector, and a step then takes up to a hundred times as long; a
 * quick race is over before they are compiled.
 */
final class WarmUp {

  private static final long NANOS = 1_000_000_000L; // for each kind of work

  private WarmUp() {}

  /** Does for about a second each what the works do, at a small size. */
  static void run(BenchSystem system, List<Work> works) {
    works.stream()
        .map(WarmUp::small)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(w -> run(system, w));
  }

  private static Work small(Work work) {
    if (work instanceof StepWork step) {
      return new StepWork(step.condition(), Shape.SMALL);
    }
    if (work instanceof QueryWork query) { // a few queries are read by other loops than many
      Shape small = Shape.SMALL;
      return new QueryWork(
          new Shape(
              small.capacity(),
              query.sizes().batch(),
              small.observationSize(),
              small.hidden(),
              small.embeddingSize()));
    }
    return work instanceof ReadWork read ? new ReadWork(1000, read.batch(), read.keySize()) : null;
  }

  private static void run(BenchSystem system, Work work) {
    system.turn();
    Optional<Task> prepared = Race.preparation(work).apply(system);
    if (prepared.isPresent()) {
      try (Task task = prepared.get()) {
        Race.warmUp(task, NANOS, 1);
      }
    }
  }
}
