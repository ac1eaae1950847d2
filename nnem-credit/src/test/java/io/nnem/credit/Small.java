package io.nnem.credit;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * A small learner on the reference back end. Each of three Gaussian classes is brighter in two of
 * twelve numbers; all are positive, so that embeddings look alike until they have learned.
 */
final class Small implements AutoCloseable {
  static final int OBSERVATION = 12;
  static final int EMBEDDING = 4;
  static final int CLASSES = 3;
  static final int BATCH = 8;

  final ReferenceTensors tensors = new ReferenceTensors();
  final Scope<Matrix> scope = tensors.newScope();
  final Embedder<Matrix> embedder;
  static final double LEARNING_RATE = 0.001;

  final MemoryNetwork<Matrix> network;
  final Memory<Matrix> memory;
  final Decoder<Matrix> decoder;
  final Matrix observations = scope.zeros(BATCH, OBSERVATION);
  final Matrix values = scope.zeros(BATCH, CLASSES);
  private final SplittableRandom stream;

  /** As in {@code exact-reinstatement/stored}, with options of the plug-ins' own. */
  Small(
      String condition,
      int capacity,
      Map<String, String> options,
      LearningSettings settings,
      long seed,
      UnaryOperator<MemoryNetworkBuilder<Matrix>> otherwise) {
    String[] parts = condition.split("/", 2);
    stream = Seeds.random(seed, "stream");
    decoder = decoder(EMBEDDING, seed);
    MemoryNetworkBuilder<Matrix> builder =
        MemoryNetwork.builder(tensors)
            .embedder(() -> embedder(EMBEDDING, LEARNING_RATE, seed))
            .decoder(decoder)
            .capacity(capacity)
            .valueSize(CLASSES)
            .assigner(parts[0])
            .settings(settings)
            .seed(seed);
    if (parts.length > 1) {
      builder.reinstatement(parts[1]);
    }
    if (condition.endsWith("/code")) {
      builder.codec(codec(seed));
    }
    options.forEach(builder::option);
    network = otherwise.apply(builder).build();
    embedder = network.embedder();
    memory = network.memory();
  }

  private Embedder<Matrix> embedder(int size, double rate, long seed) {
    return NetworkEmbedder.perceptron(
        new EmbedderContext<>(
            tensors,
            RowShape.flat(OBSERVATION),
            size,
            List.of(8),
            OptimiserSettings.adam(rate),
            seed,
            Options.none()));
  }

  private Decoder<Matrix> decoder(int size, long seed) {
    return new PerceptronDecoder<>(
        new DecoderContext<>(
            tensors,
            size,
            OBSERVATION,
            List.of(8),
            Activation.SIGMOID,
            Loss.SQUARED_ERROR,
            OptimiserSettings.adam(0.01),
            seed,
            Options.none()));
  }

  /** An autoencoder that has seen other observations than the learner will, and no values. */
  private Codec<Matrix> codec(long seed) {
    SplittableRandom its = Seeds.random(seed, "autoencoder's stream");
    Matrix some = scope.zeros(32, OBSERVATION);
    Matrix ignored = scope.zeros(32, CLASSES);
    try (Autoencoder<Matrix> autoencoder =
        new Autoencoder<>(tensors, embedder(6, 0.01, seed + 1), decoder(6, seed + 1))) {
      for (int i = 0; i < 1000; i++) {
        fill(some, ignored, its);
        autoencoder.learn(some);
      }
      return autoencoder.fix(autoencoder.ranges(some));
    }
  }

  static Small of(String condition, LearningSettings settings) {
    return new Small(condition, 24, Map.of(), settings, 1, builder -> builder);
  }

  StepResult step() {
    next();
    return network.step(observations, values);
  }

  void next() {
    fill(observations, values);
  }

  void fill(Matrix someObservations, Matrix someValues) {
    fill(someObservations, someValues, stream);
  }

  private void fill(Matrix someObservations, Matrix someValues, SplittableRandom random) {
    tensors.fill(0, someValues);
    for (int i = 0; i < tensors.rows(someObservations); i++) {
      int label = random.nextInt(CLASSES);
      tensors.set(someValues, i, label, 1);
      for (int j = 0; j < OBSERVATION; j++) {
        double centre = j / 2 == label ? 0.75 : 0.4;
        double noise = 0.15 * random.nextGaussian();
        tensors.set(someObservations, i, j, Math.min(1, Math.max(0, centre + noise)));
      }
    }
  }

  /** The share of 300 new observations that the memory answers rightly. */
  double accuracy() {
    Matrix test = scope.zeros(300, OBSERVATION);
    Matrix labels = scope.zeros(300, CLASSES);
    Matrix answers = scope.zeros(300, CLASSES);
    fill(test, labels);
    network.read(test, answers);
    int[] chosen = new int[300];
    int[] right = new int[300];
    tensors.argMaxRows(answers, chosen);
    tensors.argMaxRows(labels, right);
    int hits = 0;
    for (int i = 0; i < 300; i++) {
      hits += chosen[i] == right[i] ? 1 : 0;
    }
    return hits / 300.0;
  }

  double[] embedderParameters() {
    return elements(embedder.parameters());
  }

  double[] decoderParameters() {
    return elements(decoder.parameters());
  }

  private double[] elements(List<Parameter<Matrix>> parameters) {
    return parameters.stream()
        .flatMapToDouble(parameter -> Arrays.stream(elements(parameter.value())))
        .toArray();
  }

  double[] elements(Matrix matrix) {
    int columns = tensors.columns(matrix);
    double[] elements = new double[tensors.rows(matrix) * columns];
    Arrays.setAll(elements, i -> tensors.get(matrix, i / columns, i % columns));
    return elements;
  }

  @Override
  public void close() {
    network.close();
    scope.close();
  }
}
