package io.nnem.autoencoder.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.network.Dense;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AutoencoderTest {
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final Matrix patterns = scope.zeros(4, 6);

  AutoencoderTest() {
    tensors.copyIn(
        new float[] {1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0},
        patterns);
  }

  private EmbedderContext<Matrix> encoderContext() {
    return new EmbedderContext<>(
        tensors, RowShape.flat(6), 2, List.of(10), OptimiserSettings.adam(0.02), 1, Options.none());
  }

  private Embedder<Matrix> encoder() {
    return NetworkEmbedder.perceptron(encoderContext());
  }

  private Decoder<Matrix> decoder(int codeSize) {
    return new PerceptronDecoder<>(
        new DecoderContext<>(
            tensors,
            codeSize,
            6,
            List.of(10),
            Activation.SIGMOID,
            Loss.BINARY_CROSS_ENTROPY,
            OptimiserSettings.adam(0.02),
            1,
            Options.none()));
  }

  /** The codec has the networks then. */
  private Codec<Matrix> trained() {
    try (Autoencoder<Matrix> autoencoder = new Autoencoder<>(tensors, encoder(), decoder(2))) {
      double first = autoencoder.learn(patterns);
      for (int i = 0; i < 600; i++) {
        autoencoder.learn(patterns);
      }
      assertThat(autoencoder.learn(patterns)).isLessThan(first / 10);
      return autoencoder.fix(autoencoder.ranges(patterns));
    }
  }

  private List<Double> elements(List<Parameter<Matrix>> parameters) {
    List<Double> all = new ArrayList<>();
    for (Parameter<Matrix> parameter : parameters) {
      all.addAll(elements(parameter.value()));
    }
    return all;
  }

  private List<Double> elements(Matrix matrix) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < tensors.rows(matrix); i++) {
      for (int j = 0; j < tensors.columns(matrix); j++) {
        all.add(tensors.get(matrix, i, j));
      }
    }
    return all;
  }

  @Test
  void encoderAndDecoderLearnTogether_andAreOneCodecOnceFixed() {
    try (Codec<Matrix> codec = trained()) {
      Matrix codes = scope.zeros(4, codec.codeSize());
      codec.encode(patterns, codes);
      Matrix decoded = scope.zeros(4, codec.observationSize());
      codec.decode(codes, decoded);
      List<Double> wanted = elements(patterns);
      List<Double> got = elements(decoded);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(Math.abs(got.get(i) - wanted.get(i))).as("pixel %d", i).isLessThan(0.3);
      }
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 2; j++) {
          assertThat((float) tensors.get(codes, i, j))
              .isBetween(codec.ranges().low()[j], codec.ranges().high()[j]);
        }
      }
    }
  }

  @Test
  void whatIsFixedLearnsNoMore() {
    Autoencoder<Matrix> autoencoder = new Autoencoder<>(tensors, encoder(), decoder(2));
    try (Codec<Matrix> codec = autoencoder.fix(autoencoder.ranges(patterns))) {
      String words = "The autoencoder is fixed and learns no more: train a new one.";
      assertThatIllegalStateException()
          .isThrownBy(() -> autoencoder.learn(patterns))
          .withMessage(words);
      assertThatIllegalStateException()
          .isThrownBy(() -> autoencoder.fix(codec.ranges()))
          .withMessage(words);
    }
  }

  @Test
  void anEncoderThatCannotLearnStays_andTheDecoderLearns() {
    Embedder<Matrix> fixed =
        NetworkEmbedder.fixed(encoderContext(), List.of(new Dense(2, Activation.LINEAR)));
    try (Autoencoder<Matrix> autoencoder = new Autoencoder<>(tensors, fixed, decoder(2))) {
      double first = autoencoder.learn(patterns);
      for (int i = 0; i < 400; i++) {
        autoencoder.learn(patterns);
      }
      assertThat(autoencoder.learn(patterns)).isLessThan(first / 2);
    }
  }

  @Test
  void aStepThatThrowsChangesNothing() {
    try (Autoencoder<Matrix> autoencoder = new Autoencoder<>(tensors, encoder(), decoder(2))) {
      Matrix broken = scope.zeros(4, 6);
      tensors.set(broken, 2, 3, Double.NaN);
      List<Double> before = elements(autoencoder.encoder().parameters());
      before.addAll(elements(autoencoder.decoder().parameters()));
      assertThatThrownBy(() -> autoencoder.learn(broken))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage(
              "The autoencoder's reconstruction loss is NaN: make its learning rate smaller.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> autoencoder.learn(scope.zeros(4, 5)))
          .withMessage("The observations must have 6 columns, but it is 4 x 5.");
      List<Double> after = elements(autoencoder.encoder().parameters());
      after.addAll(elements(autoencoder.decoder().parameters()));
      assertThat(after).isEqualTo(before);
      // and no gradient is left: a twin that saw no failure goes on alike
      try (Autoencoder<Matrix> twin = new Autoencoder<>(tensors, encoder(), decoder(2))) {
        assertThat(autoencoder.learn(patterns)).isEqualTo(twin.learn(patterns));
        assertThat(autoencoder.learn(patterns)).isEqualTo(twin.learn(patterns));
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Autoencoder<>(tensors, encoder(), decoder(3)))
        .withMessage(
            "Encoder and decoder must fit each other, but the encoder maps 6 floats to 2, and the"
                + " decoder 3 to 6.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FixedCodec<>(encoder(), decoder(2), new CodeRanges(new float[1], new float[1])))
        .withMessage(
            "A code has 2 dimensions, but there are ranges of 1: measure them with this encoder.");
  }

  /** Without replay, what an old key stands for is lost to a new meaning of the embedding. */
  @Test
  void aReplayedKeyKeepsItsMeaning() {
    Matrix old = scope.zeros(1, 2);
    tensors.set(old, 0, 0, 1);
    Matrix recent = scope.zeros(1, 2);
    tensors.set(recent, 0, 1, 1);
    double forgotten = afterLearningSomethingElse(old, recent, false);
    double replayed = afterLearningSomethingElse(old, recent, true);
    assertThat(replayed).isLessThan(forgotten / 2);
  }

  /** The squared error of the first pattern, decoded from its key after the second was taught. */
  private double afterLearningSomethingElse(Matrix old, Matrix recent, boolean replays) {
    Matrix first = tensors.rowRange(patterns, 0, 1);
    Matrix second = tensors.rowRange(patterns, 1, 2);
    try (Decoder<Matrix> student = decoder(2);
        Decoder<Matrix> teacher = decoder(2)) {
      for (int i = 0; i < 300; i++) {
        student.learn(old, first, null);
        student.update();
      }
      try (Decoder<Matrix> replaying =
          new ReplayingDecoder<>(
              tensors,
              student,
              teacher,
              50,
              update -> replays ? Optional.of(old) : Optional.empty())) {
        for (int i = 0; i < 300; i++) {
          replaying.learn(recent, second, null);
          replaying.update();
        }
        Matrix decoded = scope.zeros(1, 6);
        replaying.decode(old, decoded);
        tensors.addScaled(-1, first, decoded);
        return tensors.dot(decoded, decoded);
      }
    }
  }

  @Test
  void theTeacherIsRenewedWhenItIsDue() {
    try (Decoder<Matrix> student = decoder(2);
        Decoder<Matrix> teacher = decoder(2);
        Decoder<Matrix> replaying =
            new ReplayingDecoder<>(tensors, student, teacher, 3, update -> Optional.empty())) {
      List<Double> start = elements(student.parameters());
      Matrix codes = scope.zeros(4, 2);
      for (int update = 1; update <= 3; update++) {
        assertThat(elements(teacher.parameters())).as("before %d", update).isEqualTo(start);
        replaying.learn(codes, patterns, null);
        replaying.update();
      }
      assertThat(elements(teacher.parameters()))
          .isEqualTo(elements(student.parameters()))
          .isNotEqualTo(start);
    }
  }
}
