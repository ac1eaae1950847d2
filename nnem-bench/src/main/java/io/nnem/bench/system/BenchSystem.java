package io.nnem.bench.system;

import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.WriteWork;
import java.util.Optional;

/** A system that does works. A work that it does not do is an empty answer, never a slow one. */
public interface BenchSystem extends AutoCloseable {

  /**
   * Its name in tables.
   *
   * @return for example {@code pytorch-djl}
   */
  String name();

  /**
   * Library, version and how many threads it says it uses.
   *
   * @return one line
   */
  String description();

  /**
   * Prepares training steps.
   *
   * @param problem where they start from
   * @return ready for the first step
   */
  Optional<Task> step(StepProblem problem);

  /**
   * Prepares readings.
   *
   * @param work which
   * @param problem memory and queries
   * @return ready for the first reading
   */
  Optional<Task> read(ReadWork work, MemoryProblem problem);

  /**
   * Prepares queries of a whole network, whose embedder does not change.
   *
   * @param problem memories, and queries as its first batch; the parameters are the system's own
   * @return ready for the first query
   */
  default Optional<Task> query(StepProblem problem) {
    return Optional.empty();
  }

  /**
   * Prepares writes.
   *
   * @param work which
   * @param problem memory and what is written
   * @return ready for the first write
   */
  Optional<Task> write(WriteWork work, MemoryProblem problem);

  /** Comes before each of its turns, for what the process has only one of. */
  default void turn() {}

  /**
   * For how long its threads look for more work after its turn, and take time from who comes next:
   * OpenBLAS's for 2^28 of a processor's cycles (110 ms were seen), OpenMP's for some ten
   * milliseconds.
   *
   * @return milliseconds, with a margin
   */
  default long awakeMillis() {
    return 1;
  }

  @Override
  default void close() {}
}
