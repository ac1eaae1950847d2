package io.nnem.bench.nd4j;

import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.WriteWork;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas_full;
import org.nd4j.linalg.factory.Nd4j;

/** Plain ND4J. It takes no synthetic gradients: what it costs shows in the other conditions. */
public final class Nd4jSystem implements BenchSystem {

  private final int threads;

  /**
   * Loads ND4J; its threads are OpenMP's, set by the environment, and OpenBLAS's.
   *
   * @param threads how many
   */
  public Nd4jSystem(int threads) {
    this.threads = threads;
    Nd4j.getBackend();
  }

  @Override
  public void turn() {
    openblas_full.openblas_set_num_threads(threads);
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public String description() {
    return "ND4J " + Nd4j.getBackend().buildInfo().lines().findFirst().orElse("").strip();
  }

  @Override
  public long awakeMillis() {
    return 150;
  }

  @Override
  public Optional<Task> step(StepProblem problem) {
    return problem.work().condition() == Condition.SYNTHETIC_GRADIENT
        ? Optional.empty()
        : Optional.of(new Nd4jStep(problem));
  }

  @Override
  public Optional<Task> read(ReadWork work, MemoryProblem problem) {
    return Optional.of(new Nd4jRead(problem));
  }

  @Override
  public Optional<Task> write(WriteWork work, MemoryProblem problem) {
    return work.lookups() ? Optional.empty() : Optional.of(new Nd4jWrite(problem));
  }
}
