package io.nnem.bench.nnem;

import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.WriteWork;
import io.nnem.core.Tensors;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas_full;

/**
 * nnem asked in another way. It does queries alone, beside {@link NnemSystem}, where one thread
 * asks, and stored keys are read.
 *
 * @param <T> the matrix type
 */
public final class NnemVariant<T> implements BenchSystem {

  private final Tensors<T> tensors;
  private final String name;
  private final String description;
  private final Condition condition;
  private final int callers;

  private NnemVariant(
      Tensors<T> tensors, String name, String description, Condition condition, int callers) {
    this.tensors = tensors;
    this.name = name;
    this.description = description;
    this.condition = condition;
    this.callers = callers;
  }

  /**
   * Reads keys that exact reinstatement has embedded anew from stored observations. The first query
   * embeds them, the others find them: the ratio is what these pay for it.
   *
   * @param tensors the back end, which is not closed with it
   * @param <T> the matrix type
   * @return the system
   */
  public static <T> NnemVariant<T> reinstating(Tensors<T> tensors) {
    return new NnemVariant<>(
        tensors,
        NnemSystem.NAME + "-reinstating",
        "nnem reading keys of " + Condition.EXACT_STORED.label(),
        Condition.EXACT_STORED,
        1);
  }

  /**
   * Two threads ask one network at once. Its time is that of all rounds over their number, so that
   * a ratio of 0.5 is twice the throughput.
   *
   * @param tensors the back end, which is not closed with it
   * @param <T> the matrix type
   * @return the system
   */
  public static <T> NnemVariant<T> twoCallers(Tensors<T> tensors) {
    return new NnemVariant<>(
        tensors,
        NnemSystem.NAME + "-two-callers",
        "nnem asked by two threads at once; at a ratio of 0.5 they get twice as many answers",
        Condition.NONE,
        2);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  /** As for {@link NnemSystem}. */
  @Override
  public void turn() {
    openblas_full.openblas_set_num_threads(1);
  }

  @Override
  public Optional<Task> step(StepProblem problem) {
    return Optional.empty();
  }

  @Override
  public Optional<Task> read(ReadWork work, MemoryProblem problem) {
    return Optional.empty();
  }

  @Override
  public Optional<Task> query(StepProblem problem) {
    return Optional.of(new NnemQuery<>(tensors, condition, callers, problem));
  }

  @Override
  public Optional<Task> write(WriteWork work, MemoryProblem problem) {
    return Optional.empty();
  }
}
