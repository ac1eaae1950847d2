package io.nnem.bench.jmh;

import io.nnem.core.Activation;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.nd4j.Nd4jTensors;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
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

/** A dense layer with ReLU, there and back. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DenseLayerBenchmark {

  /** Rows of the input. */
  @Param({"16", "512", "4096"})
  public int rows;

  /** Inputs and units. */
  @Param({"784x128", "784x256", "256x64"})
  public String layer;

  /** Threads of a product. */
  @Param("1")
  public int threads;

  private Layer<INDArray> mine;

  /** Made by JMH. */
  public DenseLayerBenchmark() {}

  /** One back end's matrices. */
  private static final class Layer<T> {
    final Tensors<T> tensors;
    final Scope<T> scope;
    final T x;
    final T w;
    final T bias;
    final T out;
    final T gradient;
    final T wGradient;
    final T biasGradient;

    Layer(Tensors<T> tensors, int rows, int in, int units) {
      this.tensors = tensors;
      scope = tensors.newScope();
      x = matrix(rows, in, 1);
      w = matrix(in, units, 2);
      bias = matrix(1, units, 3);
      out = scope.zeros(rows, units);
      gradient = matrix(rows, units, 4);
      wGradient = scope.zeros(in, units);
      biasGradient = scope.zeros(1, units);
    }

    private T matrix(int rows, int columns, long seed) {
      T matrix = scope.zeros(rows, columns);
      tensors.copyIn(Checked.uniform(rows * columns, seed), matrix);
      return matrix;
    }

    void forward() {
      tensors.affine(x, w, bias, Activation.RELU, out);
    }

    void backward() {
      tensors.affineBackward(x, w, Activation.RELU, out, gradient, wGradient, biasGradient, null);
    }
  }

  /** Allocates, and compares with the reference on a few rows. */
  @Setup(Level.Trial)
  public void setUp() {
    String[] sizes = layer.split("x", -1);
    int in = Integer.parseInt(sizes[0]);
    int units = Integer.parseInt(sizes[1]);
    Nd4jTensors tensors = new Nd4jTensors(threads);
    Layer<INDArray> few = new Layer<>(tensors, 16, in, units);
    ReferenceTensors reference = new ReferenceTensors();
    Layer<Matrix> truth = new Layer<>(reference, 16, in, units);
    few.forward();
    truth.forward();
    few.backward();
    truth.backward();
    Checked.same("output", Checked.floats(tensors, few.out), reference, truth.out);
    Checked.same(
        "weights' gradient", Checked.floats(tensors, few.wGradient), reference, truth.wGradient);
    few.scope.close();
    truth.scope.close();
    mine = new Layer<>(tensors, rows, in, units);
    mine.forward();
  }

  /** Releases. */
  @TearDown(Level.Trial)
  public void tearDown() {
    mine.scope.close();
    mine.tensors.close();
  }

  /**
   * Forward.
   *
   * @return the output
   */
  @Benchmark
  public INDArray forward() {
    mine.forward();
    return mine.out;
  }

  /**
   * Backward, without the gradient of the input, as in an embedder's first layer.
   *
   * @return the weights' gradient
   */
  @Benchmark
  public INDArray backward() {
    mine.backward();
    return mine.wGradient;
  }
}
