package io.nnem.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final Network<Matrix> network = network(4, 5, 3);
  private final Matrix input = scope.zeros(2, 4);

  private Network<Matrix> network(Integer... sizes) {
    List<Integer> hidden = List.of(sizes).subList(1, sizes.length - 1);
    return new Network<>(
        tensors,
        RowShape.flat(sizes[0]),
        Dense.stack(hidden, sizes[sizes.length - 1], Activation.LINEAR),
        Seeds.random(7, "network"));
  }

  @Test
  void parametersAreWeightsAndBiasOfEachLayer_withinTheirBounds() {
    List<Parameter<Matrix>> parameters = network.parameters();
    assertThat(parameters)
        .extracting(Parameter::name)
        .containsExactly("layer-1.weights", "layer-1.bias", "layer-2.weights", "layer-2.bias");
    assertThat(parameters)
        .extracting(p -> tensors.rows(p.value()) + " x " + tensors.columns(p.value()))
        .containsExactly("4 x 5", "1 x 5", "5 x 3", "1 x 3");
    for (Parameter<Matrix> parameter : parameters) {
      double bound = parameter.name().startsWith("layer-1") ? 0.5 : 1 / Math.sqrt(5);
      for (int i = 0; i < tensors.rows(parameter.value()); i++) {
        for (int j = 0; j < tensors.columns(parameter.value()); j++) {
          assertThat(tensors.get(parameter.value(), i, j)).isBetween(-bound, bound).isNotZero();
        }
      }
    }
    assertThat(network.inputs()).isEqualTo(4);
    assertThat(network.outputs()).isEqualTo(3);
  }

  @Test
  void runsAsComputedByHand() {
    Network<Matrix> tiny = network(1, 2, 1);
    float[][] values = {{2, -1}, {1, 1}, {3, 5}, {-4}};
    for (int i = 0; i < 4; i++) {
      tensors.copyIn(values[i], tiny.parameters().get(i).value());
    }
    Matrix x = scope.zeros(1, 1);
    tensors.set(x, 0, 0, 3);
    Matrix out = scope.zeros(1, 1);
    tiny.apply(x, out);
    // relu(2 * 3 + 1) = 7 and relu(-3 + 1) = 0; 3 * 7 + 5 * 0 - 4
    assertThat(tensors.get(out, 0, 0)).isEqualTo(17);

    try (ForwardPass<Matrix> pass = tiny.newPass(1)) {
      tiny.forward(x, pass);
      Matrix one = scope.zeros(1, 1);
      tensors.fill(1, one);
      Matrix inputGradient = scope.zeros(1, 1);
      tiny.backward(pass, one, inputGradient);
      assertThat(tensors.get(inputGradient, 0, 0)).isEqualTo(6);
      assertThat(tensors.get(tiny.parameters().get(0).gradient(), 0, 0)).isEqualTo(9);
      assertThat(tensors.get(tiny.parameters().get(0).gradient(), 0, 1)).isZero();
      assertThat(tensors.get(tiny.parameters().get(2).gradient(), 0, 0)).isEqualTo(7);
      assertThat(tensors.get(tiny.parameters().get(3).gradient(), 0, 0)).isEqualTo(1);
    }
  }

  /** apply takes large inputs in parts. */
  @Test
  void manyRowsGiveWhatEachGivesAlone() {
    Matrix many = scope.zeros(2050, 4);
    for (int i = 0; i < 2050; i++) {
      tensors.set(many, i, i % 4, i / 1000.0);
    }
    Matrix out = scope.zeros(2050, 3);
    network.apply(many, out);
    Matrix one = scope.zeros(1, 3);
    for (int row : new int[] {0, 1, 1023, 1024, 2047, 2048, 2049}) {
      network.apply(tensors.rowRange(many, row, row + 1), one);
      assertThat(tensors.get(one, 0, 2)).isCloseTo(tensors.get(out, row, 2), within(1e-12));
    }
  }

  @Test
  void aNetworkHasALayer() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Network<>(tensors, RowShape.flat(4), List.of(), Seeds.random(7, "network")))
        .withMessage("A network needs one layer or more.");
  }

  @Test
  void settingsOfLayersAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network(4, 0, 3))
        .withMessage("The units of a dense layer must be 1 or more, but it is 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Convolution2d(4, 3, 0, 1, Activation.RELU))
        .withMessage("The stride of a convolution must be 1 or more, but it is 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Residual(List.of()))
        .withMessage("A residual layer needs one inner layer or more.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowShape(28, 0, 1))
        .withMessage(
            "Height, width and channels of a row must be 1 or more, but they are 28 x 0 x 1.");
  }

  @Test
  void layersThatDoNotFitEachOtherAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MaxPool2d(2, 2).outputs(RowShape.flat(4)))
        .withMessage(
            "A window of 2 x 2 is larger than the image of 1 x 4 with a padding of 0: make it"
                + " smaller, or say what the image's height and width are.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Residual(List.of(new Dense(3, Activation.LINEAR))).outputs(RowShape.flat(4)))
        .withMessage(
            "The layers of a residual layer must give rows as long as they take, but they take 1 x"
                + " 4 x 1 and give 1 x 3 x 1.");
  }

  /** A sigmoid that is 1 to the last digit has no slope left; the pixel is wrong all the same. */
  @Test
  void aSaturatedOutputThatIsWrong_getsItsFullGradient() {
    Network<Matrix> tiny =
        new Network<>(
            tensors,
            RowShape.flat(1),
            List.of(new Dense(2, Activation.SIGMOID)),
            Seeds.random(7, "network"));
    Parameter<Matrix> bias = tiny.parameters().get(1);
    tensors.copyIn(new float[] {40, -800}, bias.value());
    Matrix x = scope.zeros(4, 1); // the sums are the biases
    Matrix target = scope.zeros(4, 2);
    for (int i = 0; i < 4; i++) {
      tensors.set(target, i, 1, 1);
    }
    try (ForwardPass<Matrix> pass = tiny.newPass(4)) {
      tiny.forward(x, pass);
      Matrix inputGradient = scope.zeros(4, 1);
      double loss = tiny.backward(pass, Loss.BINARY_CROSS_ENTROPY, target, inputGradient);
      assertThat(loss).isFinite().isGreaterThan(30);
      assertThat(tensors.get(bias.gradient(), 0, 0)).isCloseTo(1, within(1e-12));
      assertThat(tensors.get(bias.gradient(), 0, 1)).isCloseTo(-1, within(1e-12));
      double first = tensors.get(tiny.parameters().get(0).value(), 0, 0);
      double second = tensors.get(tiny.parameters().get(0).value(), 0, 1);
      assertThat(tensors.get(inputGradient, 0, 0)).isCloseTo((first - second) / 4, within(1e-12));
    }
  }

  @Test
  void shapesAndPassesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(scope.zeros(2, 3), scope.zeros(2, 3)))
        .withMessage("The input must have 4 columns, but it is 2 x 3.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(input, scope.zeros(3, 3)))
        .withMessage("The output must be 2 x 3, but it is 3 x 3.");
    try (ForwardPass<Matrix> small = network.newPass(1);
        ForwardPass<Matrix> foreign = network(4, 5, 3).newPass(2)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.forward(input, small))
          .withMessage("The pass has room for 1 rows, but 2 were given.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.forward(input, foreign))
          .withMessage("The pass is not of this network: use one that its newPass returned.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> small.scatterFrom(foreign, new int[] {0}))
          .withMessage("The source is not a pass of the same network.");
    }
  }

  @Test
  void anEmptyPassSaysSo() {
    try (ForwardPass<Matrix> pass = network.newPass(2)) {
      assertThat(pass.rows()).isZero();
      String message = "The pass is empty: run the network with it first.";
      assertThatIllegalStateException().isThrownBy(pass::output).withMessage(message);
      assertThatIllegalStateException().isThrownBy(pass::input).withMessage(message);
      assertThatIllegalStateException()
          .isThrownBy(() -> network.backward(pass, scope.zeros(2, 3), null))
          .withMessage(message);
    }
  }

  @Test
  void theGradientMustFitThePass() {
    try (ForwardPass<Matrix> pass = network.newPass(2)) {
      network.forward(input, pass);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.backward(pass, scope.zeros(1, 3), null))
          .withMessage("The output's gradient must be 2 x 3, but it is 1 x 3.");
    }
  }

  /** Two rows of 5 and 3 outputs in doubles; once the pass is retained, its 4 inputs too. */
  @Test
  void aPassKnowsItsBytes() {
    try (ForwardPass<Matrix> pass = network.newPass(2);
        ForwardPass<Matrix> retained = network.newPass(2)) {
      network.forward(input, pass);
      assertThat(pass.retainedBytes()).isEqualTo(2 * (5 + 3) * 8);
      assertThat(pass.input()).isSameAs(input);
      retained.scatterFrom(pass, new int[] {1, 0});
      assertThat(retained.retainedBytes()).isEqualTo(2 * (4 + 5 + 3) * 8);
    }
  }
}
