package io.nnem.bench.jmh;

import io.nnem.bench.nnem.NnemSystem;
import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.ReadWork;
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

/** A reading, forward alone. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadingBenchmark {

  /** Memories. */
  @Param({"1000", "10000", "100000"})
  public int memories;

  /** Queries. */
  @Param({"1", "32"})
  public int queries;

  /** Threads of a product. */
  @Param("1")
  public int threads;

  private Task task;

  /** Made by JMH. */
  public ReadingBenchmark() {}

  /** Prepares, and compares with the reference on a smaller memory. */
  @Setup(Level.Trial)
  public void setUp() {
    BenchSystem mine = new NnemSystem<>(new Nd4jTensors(threads));
    Checked.agree(1, mine, new NnemSystem<>(new ReferenceTensors()), system -> read(system, 300));
    task = read(mine, memories).orElseThrow();
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

  private Optional<Task> read(BenchSystem system, int capacity) {
    return system.read(
        new ReadWork(capacity, queries, 64), new MemoryProblem(capacity, queries, 64));
  }
}
