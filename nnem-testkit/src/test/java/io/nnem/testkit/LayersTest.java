package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.ForwardPass;
import io.nnem.core.Layer;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import io.nnem.core.network.Activate;
import io.nnem.core.network.Convolution2d;
import io.nnem.core.network.Dense;
import io.nnem.core.network.LayerNormalisation;
import io.nnem.core.network.MaxPool2d;
import io.nnem.core.network.MeanPool2d;
import io.nnem.core.network.Network;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.network.Residual;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.nd4j.Nd4jTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Each layer alone, and all of them in one network. */
class LayersTest {

  private static final RowShape IMAGE = new RowShape(5, 7, 3);

  private static final List<Layer> ALL =
      List.of(
          new Convolution2d(4, 3, 2, 1, Activation.TANH), // 3 x 4 x 4
          new LayerNormalisation(),
          new Residual(
              List.of(
                  new Convolution2d(2, 3, 1, 1, Activation.SIGMOID),
                  new Residual(List.of(new Dense(24, Activation.TANH))),
                  new Dense(48, Activation.TANH))),
          new Activate(Activation.TANH),
          new MaxPool2d(2, 1), // 2 x 3 x 4
          new MeanPool2d(2, 1), // 1 x 2 x 4
          new Dense(5, Activation.LINEAR));

  static Stream<Arguments> stacks() {
    return Stream.of(
        stack(RowShape.flat(9), new Dense(4, Activation.TANH)),
        stack(IMAGE, new Convolution2d(4, 3, 1, 0, Activation.LINEAR)),
        stack(IMAGE, new Convolution2d(2, 3, 2, 1, Activation.SIGMOID)),
        stack(IMAGE, new Convolution2d(3, 1, 3, 0, Activation.RELU)),
        stack(IMAGE, new Convolution2d(1, 7, 1, 3, Activation.LINEAR)),
        stack(RowShape.flat(9), new Convolution2d(2, 3, 2, 1, Activation.TANH)),
        stack(IMAGE, new MaxPool2d(2, 2)),
        stack(IMAGE, new MaxPool2d(3, 1)),
        stack(IMAGE, new MeanPool2d(2, 2)),
        stack(IMAGE, new MeanPool2d(3, 1)),
        stack(RowShape.flat(9), new LayerNormalisation()),
        stack(RowShape.flat(9), new Activate(Activation.SIGMOID)),
        stack(RowShape.flat(9), new Residual(List.of(new Dense(9, Activation.TANH)))),
        Arguments.of(IMAGE, ALL));
  }

  private static Arguments stack(RowShape inputs, Layer layer) {
    return Arguments.of(inputs, List.of(layer));
  }

  private static <T> Network<T> network(Tensors<T> tensors, RowShape inputs, List<Layer> layers) {
    return new Network<>(tensors, inputs, layers, TestSeed.random("layers"));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void aLayer_agreesWithFiniteDifferences(RowShape inputs, List<Layer> layers) {
    ReferenceTensors tensors = new ReferenceTensors();
    try (Matrices<Matrix> matrices = new Matrices<>(tensors, "layers");
        Network<Matrix> network = network(tensors, inputs, layers);
        ForwardPass<Matrix> pass = network.newPass(3)) {
      Matrix x = matrices.random(3, inputs.size(), -1, 1);
      Matrix coefficients = matrices.random(3, network.outputs(), -1, 1);
      Matrix out = matrices.zeros(3, network.outputs());
      Matrix xGradient = matrices.random(3, inputs.size(), 1, 2); // to be overwritten
      network.forward(x, pass);
      network.backward(pass, coefficients, xGradient);
      List<Parameter<Matrix>> all = new ArrayList<>(network.parameters());
      all.add(new Parameter<>("input", x, xGradient));
      for (Parameter<Matrix> one : all) {
        Differences.assertGradient(
            tensors,
            one.name() + " of " + layers,
            one.value(),
            one.gradient(),
            () -> {
              network.apply(x, out);
              return tensors.dot(out, coefficients);
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void aLayer_agreesWithTheReference(RowShape inputs, List<Layer> layers) {
    for (int rows : new int[] {1, 13}) {
      List<double[]> expected = results(new ReferenceTensors(), inputs, layers, rows);
      List<double[]> actual = results(new Nd4jTensors(2), inputs, layers, rows);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        Comparisons.assertClose(
            "result " + i + " of " + layers,
            actual.get(i),
            expected.get(i),
            1e-5 * Matrices.largest(expected.get(i)));
      }
    }
  }

  private static <T> List<double[]> results(
      Tensors<T> tensors, RowShape inputs, List<Layer> layers, int rows) {
    try (Matrices<T> matrices = new Matrices<>(tensors, "layers");
        Network<T> network = network(tensors, inputs, layers);
        ForwardPass<T> pass = network.newPass(rows)) {
      T x = matrices.random(rows, inputs.size(), -1, 1);
      T xGradient = matrices.zeros(rows, inputs.size());
      List<double[]> results = new ArrayList<>();
      results.add(matrices.elements(network.forward(x, pass)));
      network.backward(pass, matrices.random(rows, network.outputs(), -1, 1), xGradient);
      results.add(matrices.elements(xGradient));
      network.parameters().forEach(p -> results.add(matrices.elements(p.gradient())));
      return results;
    }
  }

  /** All layers as one embedder: retained passes, refusals, bits, and the rest of its laws. */
  abstract static class StackContract<T> extends EmbedderContract<T> implements EmbedderProvider {

    @Override
    public <M> Embedder<M> create(EmbedderContext<M> context) {
      return new NetworkEmbedder<>(context, ALL);
    }

    @Override
    protected EmbedderProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "all-layers";
    }

    @Override
    protected RowShape observation() {
      return IMAGE;
    }
  }

  @Nested
  class OnTheReference extends StackContract<Matrix> {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }
  }

  @Nested
  class OnNd4j extends StackContract<INDArray> {
    @Override
    protected Tensors<INDArray> tensors() {
      return new Nd4jTensors(1);
    }
  }
}
