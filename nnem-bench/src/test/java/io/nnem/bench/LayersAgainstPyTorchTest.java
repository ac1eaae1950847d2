package io.nnem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nnem.bench.torch.TorchSystem;
import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Layer;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.core.network.Activate;
import io.nnem.core.network.Convolution2d;
import io.nnem.core.network.Dense;
import io.nnem.core.network.LayerNormalisation;
import io.nnem.core.network.MaxPool2d;
import io.nnem.core.network.MeanPool2d;
import io.nnem.core.network.Network;
import io.nnem.core.network.Residual;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.nd4j.Nd4jTensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each layer gives PyTorch's output and, from the same gradient of the output, autograd's gradient
 * of the input and of each parameter: the reference in double precision against float64, nd4j
 * against float32. Needs PyTorch's native code, which the Maven profile {@code bench} brings.
 */
class LayersAgainstPyTorchTest {

  /** How far numbers may be apart, as a part of the largest. */
  private static final double DOUBLE = 1e-12;

  private static final double SINGLE = 1e-5;

  private static final long SEED = Long.getLong("nnem.seed", 20170115);

  private static TorchSystem torch;

  @BeforeAll
  @SuppressWarnings("SystemOut") // the report of a test run is where it belongs
  static void loadPyTorch() {
    try {
      torch = new TorchSystem(1);
      System.out.println("layers against PyTorch: seed " + SEED + "; -Dnnem.seed=NUMBER");
    } catch (IllegalStateException e) {
      String reason = "SKIPPED, layers were not compared with PyTorch: " + e.getMessage();
      System.err.println(reason);
      abort(reason);
    }
  }

  @AfterAll
  static void close() {
    if (torch != null) {
      torch.close();
    }
  }

  /** What the floats of the input are drawn from. */
  private enum Inputs {
    /** Uniformly from {@code [-1, 1)}. */
    ANY,
    /** -1, 0 and 1: most windows have several largest floats, and a ReLU sees zeros. */
    TIED,
    /** So small that a row's variance is less than layer normalisation's epsilon. */
    TINY;

    double draw(SplittableRandom random) {
      return switch (this) {
        case ANY -> random.nextDouble(-1, 1);
        case TIED -> random.nextInt(-1, 2);
        case TINY -> random.nextDouble(-2e-3, 2e-3);
      };
    }
  }

  private record Case(int rows, RowShape shape, Inputs inputs, List<Layer> layers) {
    @Override
    public String toString() {
      return rows + " rows of " + shape + ", " + inputs + ", " + layers;
    }
  }

  private static Case of(int rows, RowShape shape, Layer... layers) {
    return new Case(rows, shape, Inputs.ANY, List.of(layers));
  }

  private static RowShape image(int height, int width, int channels) {
    return new RowShape(height, width, channels);
  }

  static Stream<Case> cases() {
    return Stream.of(dense(), convolutions(), pools(), others(), chains()).flatMap(List::stream);
  }

  private static List<Case> dense() {
    List<Case> cases = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      cases.add(of(4, RowShape.flat(7), new Dense(5, activation)));
    }
    cases.add(of(1, RowShape.flat(1), new Dense(1, Activation.TANH)));
    cases.add(of(3, image(3, 5, 2), new Dense(4, Activation.RELU)));
    return cases;
  }

  private static List<Case> convolutions() {
    List<Case> cases = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      cases.add(of(3, image(7, 5, 2), new Convolution2d(3, 3, 2, 1, activation)));
    }
    for (int stride = 1; stride <= 3; stride++) {
      for (int padding = 0; padding <= 2; padding++) {
        cases.add(of(2, image(7, 6, 3), conv(4, 3, stride, padding)));
        cases.add(of(2, image(5, 8, 1), conv(2, 2, stride, padding))); // 2: windows of zeros alone
      }
    }
    cases.add(of(3, image(5, 7, 3), conv(1, 1, 2, 0)));
    cases.add(of(2, image(2, 9, 3), conv(3, 4, 1, 1))); // larger than the image is high
    cases.add(of(2, image(9, 1, 2), conv(3, 3, 2, 1))); // and than it is wide
    cases.add(of(2, image(3, 3, 2), conv(3, 5, 1, 1))); // one window, larger than both
    cases.add(of(45, image(16, 16, 4), conv(3, 5, 1, 2))); // its windows are copied in two parts
    return cases;
  }

  private static Layer conv(int channels, int size, int stride, int padding) {
    return new Convolution2d(channels, size, stride, padding, Activation.LINEAR);
  }

  /**
   * Where several floats of a window are the largest, both give the gradient to the first, line by
   * line: PyTorch on the processor takes another only if it is larger. (On a GPU, and in other
   * libraries, it may be another one of them.)
   */
  private static List<Case> pools() {
    List<Case> cases = new ArrayList<>();
    for (RowShape shape : List.of(image(7, 5, 1), image(8, 7, 3), image(4, 11, 2))) {
      for (int size = 1; size <= 4; size++) {
        for (int stride = 1; stride <= 3; stride++) {
          cases.add(of(2, shape, new MeanPool2d(size, stride)));
          for (Inputs inputs : List.of(Inputs.ANY, Inputs.TIED)) {
            cases.add(new Case(2, shape, inputs, List.of(new MaxPool2d(size, stride))));
          }
        }
      }
    }
    return cases;
  }

  private static List<Case> others() {
    List<Case> cases = new ArrayList<>();
    for (Inputs inputs : Inputs.values()) {
      cases.add(new Case(4, image(3, 5, 2), inputs, List.of(new LayerNormalisation())));
    }
    cases.add(of(1, RowShape.flat(9), new LayerNormalisation()));
    for (Activation activation : Activation.values()) {
      cases.add(of(3, image(3, 5, 2), new Activate(activation)));
      cases.add(new Case(3, RowShape.flat(11), Inputs.TIED, List.of(new Activate(activation))));
    }
    Layer dense = new Dense(6, Activation.TANH);
    cases.add(of(3, RowShape.flat(6), new Residual(List.of(dense))));
    cases.add(
        of(
            3,
            image(5, 3, 2),
            new Residual(
                List.of(
                    new Convolution2d(4, 3, 1, 1, Activation.RELU),
                    new Residual(List.of(new LayerNormalisation())),
                    conv(2, 1, 1, 0)))));
    return cases;
  }

  private static List<Case> chains() {
    return List.of(
        of(
            4,
            image(9, 11, 2),
            conv(3, 3, 1, 1),
            new Activate(Activation.RELU),
            new MaxPool2d(3, 2), // over a ReLU's zeros: ties
            new LayerNormalisation(),
            new Dense(5, Activation.LINEAR)),
        of(
            4,
            image(11, 7, 3),
            new Convolution2d(4, 3, 2, 2, Activation.TANH),
            new Residual(List.of(conv(4, 3, 1, 1), new LayerNormalisation())),
            new MeanPool2d(2, 1),
            new Dense(6, Activation.RELU),
            new Dense(3, Activation.SIGMOID)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theReferenceAgreesInDoublePrecision(Case that) {
    try (ReferenceTensors tensors = new ReferenceTensors()) {
      assertAgrees(tensors, DataType.FLOAT64, DOUBLE, that);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nd4jAgreesInSinglePrecision(Case that) {
    try (Nd4jTensors tensors = new Nd4jTensors(1)) {
      assertAgrees(tensors, DataType.FLOAT32, SINGLE, that);
    }
  }

  private static <T> void assertAgrees(
      Tensors<T> tensors, DataType type, double tolerance, Case that) {
    SplittableRandom random = Seeds.random(SEED, that.toString());
    try (Network<T> network = new Network<>(tensors, that.shape(), that.layers(), random);
        Scope<T> scope = tensors.newScope();
        ForwardPass<T> pass = network.newPass(that.rows());
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      // those of a new network would hide something: its normalisation has gains of 1, no bias
      List<NDArray> theirParameters = new ArrayList<>();
      for (Parameter<T> parameter : network.parameters()) {
        double bound = 1 / Math.sqrt(tensors.rows(parameter.value()));
        double[] drawn = draw(tensors, parameter.value(), () -> random.nextDouble(-bound, bound));
        theirParameters.add(theirs(manager, type, tensors, parameter.value(), drawn));
      }
      T x = scope.zeros(that.rows(), network.inputs());
      double[] inputs = draw(tensors, x, () -> that.inputs().draw(random));
      T gradient = scope.zeros(that.rows(), network.outputs());
      double[] gradients = draw(tensors, gradient, () -> random.nextDouble(-1, 1));
      T inputGradient = scope.zeros(that.rows(), network.inputs());
      Map<String, double[]> ours = new LinkedHashMap<>();
      ours.put("output", floats(tensors, network.forward(x, pass)));
      network.backward(pass, gradient, inputGradient);
      ours.put("gradient of the input", floats(tensors, inputGradient));
      network
          .parameters()
          .forEach(p -> ours.put("gradient of " + p.name(), floats(tensors, p.gradient())));

      NDArray theirX = theirs(manager, type, tensors, x, inputs);
      NDArray theirGradient = theirs(manager, type, tensors, gradient, gradients);
      List<double[]> theirs = new ArrayList<>();
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray output = new TorchLayers(theirParameters).run(that.layers(), theirX, that.shape());
        theirs.add(doubles(output));
        collector.backward(output.mul(theirGradient).sum());
        theirs.add(doubles(theirX.getGradient()));
        theirParameters.forEach(parameter -> theirs.add(doubles(parameter.getGradient())));
      }
      int next = 0;
      for (Map.Entry<String, double[]> entry : ours.entrySet()) {
        assertThat(deviation(entry.getValue(), theirs.get(next++)))
            .as("%s, beside PyTorch's, of %s; seed %d", entry.getKey(), that, SEED)
            .isLessThanOrEqualTo(tolerance);
      }
    }
  }

  /** Floats, so that all start from the same numbers. */
  private static <T> double[] draw(Tensors<T> tensors, T out, DoubleSupplier numbers) {
    double[] drawn =
        DoubleStream.generate(() -> (float) numbers.getAsDouble())
            .limit((long) tensors.rows(out) * tensors.columns(out))
            .toArray();
    tensors.copyIn(drawn, out);
    return drawn;
  }

  private static <T> NDArray theirs(
      NDManager manager, DataType type, Tensors<T> tensors, T like, double[] drawn) {
    Shape shape = new Shape(tensors.rows(like), tensors.columns(like));
    NDArray array = manager.create(drawn, shape).toType(type, false);
    array.setRequiresGradient(true);
    return array;
  }

  private static <T> double[] floats(Tensors<T> tensors, T matrix) {
    double[] floats = new double[tensors.rows(matrix) * tensors.columns(matrix)];
    tensors.copyOut(matrix, floats);
    return floats;
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, false).toDoubleArray();
  }

  /** The largest difference, as a part of the largest number. */
  private static double deviation(double[] ours, double[] theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < ours.length; i++) {
      difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
      largest = Math.max(largest, Math.abs(theirs[i]));
    }
    return difference == 0 ? 0 : difference / largest;
  }
}
