package io.nnem.bench.durable;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.core.Activation;
import io.nnem.core.EmbedderContext;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.nd4j.Nd4jTensors;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks of {@code exact-reinstatement/code}, 784-256-64, and batches for them. */
final class Coded implements AutoCloseable {

  static final int BATCH = 32;
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;
  private static final int CODE = 32;
  private static final int FILL = 500;

  final Nd4jTensors tensors = new Nd4jTensors(1);
  private final Scope<INDArray> scope = tensors.newScope();
  private final SplittableRandom random = new SplittableRandom(1);

  MemoryNetworkBuilder<INDArray> builder(int capacity, String assigner, String reinstatement) {
    MemoryNetworkBuilder<INDArray> builder =
        MemoryNetwork.builder(tensors)
            .embedder("mlp", PIXELS, 64)
            .hidden(256)
            .capacity(capacity)
            .valueSize(CLASSES)
            .assigner(assigner)
            .settings(LearningSettings.classification());
    if (!reinstatement.isEmpty()) {
      builder.reinstatement(reinstatement);
    }
    return reinstatement.equals("code") ? builder.codec(codec()) : builder;
  }

  private Codec<INDArray> codec() {
    OptimiserSettings adam = OptimiserSettings.adam(0.001);
    var encoder =
        NetworkEmbedder.perceptron(
            new EmbedderContext<>(
                tensors, RowShape.flat(PIXELS), CODE, List.of(128), adam, 1, Options.none()));
    var decoder =
        new PerceptronDecoder<>(
            new DecoderContext<>(
                tensors,
                CODE,
                PIXELS,
                List.of(128),
                Activation.SIGMOID,
                Loss.BINARY_CROSS_ENTROPY,
                adam,
                1,
                Options.none()));
    try (Autoencoder<INDArray> autoencoder = new Autoencoder<>(tensors, encoder, decoder)) {
      return autoencoder.fix(autoencoder.ranges(observations(FILL)));
    }
  }

  INDArray observations(int rows) {
    float[] floats = new float[rows * PIXELS];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) random.nextDouble();
    }
    INDArray matrix = scope.zeros(rows, PIXELS);
    tensors.copyIn(floats, matrix);
    return matrix;
  }

  INDArray values(int rows) {
    INDArray values = scope.zeros(rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      tensors.set(values, row, random.nextInt(CLASSES), 1);
    }
    return values;
  }

  /** Fills the memory. */
  void fill(MemoryNetwork<INDArray> network) {
    INDArray observations = observations(FILL);
    INDArray values = values(FILL);
    for (int i = 0; i < network.memory().capacity(); i += FILL) {
      network.remember(observations, values);
    }
  }

  @Override
  public void close() {
    scope.close();
    tensors.close();
  }
}
