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
 * nnem on one of its back ends.
 *
 * @param <T> the matrix type
 */
public final class NnemSystem<T> implements BenchSystem {

  /** Its name in tables. */
  public static final String NAME = "nnem";

  private final Tensors<T> tensors;

  /**
   * Creates the system.
   *
   * @param tensors the back end, which is closed with it
   */
  public NnemSystem(Tensors<T> tensors) {
    this.tensors = tensors;
  }

  /**
   * Whether it is nnem that did it, in whichever way it was asked.
   *
   * @param system a system's name
   * @return false for the rivals
   */
  public static boolean isOurs(String system) {
    return system.equals(NAME) || system.startsWith(NAME + "-");
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Its threads are its own: OpenBLAS is to use none. */
  @Override
  public void turn() {
    openblas_full.openblas_set_num_threads(1);
  }

  @Override
  public String description() {
    return tensors.description();
  }

  @Override
  public Optional<Task> step(StepProblem problem) {
    return Optional.of(new NnemStep<>(tensors, problem));
  }

  @Override
  public Optional<Task> read(ReadWork work, MemoryProblem problem) {
    return Optional.of(new NnemRead<>(tensors, problem));
  }

  @Override
  public Optional<Task> query(StepProblem problem) {
    return Optional.of(new NnemQuery<>(tensors, Condition.NONE, 1, problem));
  }

  @Override
  public Optional<Task> write(WriteWork work, MemoryProblem problem) {
    return Optional.of(new NnemWrite<>(tensors, problem, work.lookups()));
  }

  @Override
  public void close() {
    tensors.close();
  }
}
