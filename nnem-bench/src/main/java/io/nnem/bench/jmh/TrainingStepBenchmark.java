package io.nnem.bench.jmh;

import io.nnem.bench.nnem.NnemSystem;
import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.StepWork;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.nd4j.Nd4jTensors;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole training step. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainingStepBenchmark {

  private static final Shape SMALLER = new Shape(64, 8, 48, 24, 12);

  /** Credit assigner and reinstatement. */
  @Param({
    "NONE",
    "BACKPROP",
    "SYNTHETIC_GRADIENT",
    "EXACT_DECODED",
    "APPROXIMATE_DECODED",
    "EXACT_STORED"
  })
  public Condition condition;

  /** Memories: 512 with 784-128-32 and batches of 16, or 4096 with 784-256-64 and 32. */
  @Param({"512", "4096"})
  public int memories;

  /** Threads of a product. */
  @Param("1")
  public int threads;

  private Task task;

  /** Made by JMH. */
  public TrainingStepBenchmark() {}

  /** Prepares, and compares with the reference on a smaller memory. */
  @Setup(Level.Trial)
  public void setUp() {
    BenchSystem mine = new NnemSystem<>(new Nd4jTensors(threads));
    Checked.agree(
        3, mine, new NnemSystem<>(new ReferenceTensors()), system -> step(system, SMALLER));
    task = step(mine, memories == 512 ? Shape.SMALL : Shape.MIDDLE).orElseThrow();
  }

  /** Releases. */
  @TearDown(Level.Trial)
  public void tearDown() {
    task.close();
  }

  /**
   * One round.
   *
   * @return how long it took itself
   */
  @Benchmark
  public long run() {
    return task.run(1);
  }

  private Optional<Task> step(BenchSystem system, Shape shape) {
    return system.step(new StepProblem(new StepWork(condition, shape)));
  }
}
