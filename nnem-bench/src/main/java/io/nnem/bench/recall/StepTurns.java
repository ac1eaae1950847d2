package io.nnem.bench.recall;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.bench.run.Medians;
import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Datasets;
import io.nnem.nd4j.Nd4jTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Training steps of exact reinstatement from codes of 32 bytes, with partitions, on memories of
 * different sizes in turns: {@code StepTurns RECALL N N ...}. MNIST, moved by up to two pixels,
 * batch 32, 784-256-64.
 */
public final class StepTurns implements AutoCloseable {

  private static final int BATCH = 32;
  private static final int FILL = 256;
  private static final int FEWEST_STEPS = 400;
  private static final int PRETRAINING = 1_500;
  private static final int TURNS = 60;
  private static final int SIDE = 28;
  private static final OptimiserSettings ADAM = OptimiserSettings.adam(3e-4);

  private final Tensors<INDArray> tensors;
  private final Dataset images = Datasets.mnist().training();
  private final SplittableRandom random = new SplittableRandom(5);
  private final Scope<INDArray> scope;
  private final INDArray observations;
  private final INDArray values;
  private final INDArray manyObservations;
  private final INDArray manyValues;

  private StepTurns(Tensors<INDArray> tensors) {
    this.tensors = tensors;
    this.scope = tensors.newScope();
    this.observations = scope.zeros(BATCH, SIDE * SIDE);
    this.values = scope.zeros(BATCH, 10);
    this.manyObservations = scope.zeros(FILL, SIDE * SIDE);
    this.manyValues = scope.zeros(FILL, 10);
  }

  /** Images that were drawn and moved by up to two pixels, and their labels. */
  private void draw(INDArray pixels, INDArray labels) {
    int rows = tensors.rows(pixels);
    int[] chosen = random.ints(rows, 0, images.size()).toArray();
    float[] whole = new float[rows * SIDE * SIDE];
    float[] oneHot = new float[rows * 10];
    images.copyObservations(chosen, 0, rows, whole);
    images.copyOneHot(chosen, 0, rows, oneHot);
    float[] moved = new float[whole.length];
    for (int row = 0; row < rows; row++) {
      int right = random.nextInt(5) - 2;
      int down = random.nextInt(5) - 2;
      for (int y = Math.max(0, -down); y < Math.min(SIDE, SIDE - down); y++) {
        int from = Math.max(0, -right);
        System.arraycopy(
            whole,
            (row * SIDE + y) * SIDE + from,
            moved,
            (row * SIDE + y + down) * SIDE + from + right,
            SIDE - Math.abs(right));
      }
    }
    tensors.copyIn(moved, pixels);
    tensors.copyIn(oneHot, labels);
  }

  private Codec<INDArray> codec() {
    Embedder<INDArray> encoder =
        Plugins.load(EmbedderProvider.class)
            .get("mlp")
            .create(
                new EmbedderContext<>(
                    tensors,
                    RowShape.flat(SIDE * SIDE),
                    32,
                    List.of(256),
                    OptimiserSettings.adam(1e-3),
                    1,
                    Options.none()));
    Decoder<INDArray> decoder =
        Plugins.load(DecoderProvider.class)
            .get("autoencoder")
            .create(
                new DecoderContext<>(
                    tensors,
                    32,
                    SIDE * SIDE,
                    List.of(256),
                    Activation.SIGMOID,
                    Loss.BINARY_CROSS_ENTROPY,
                    OptimiserSettings.adam(1e-3),
                    1,
                    Options.none()));
    Autoencoder<INDArray> autoencoder = new Autoencoder<>(tensors, encoder, decoder);
    for (int i = 0; i < PRETRAINING; i++) {
      draw(observations, values);
      autoencoder.learn(observations);
    }
    draw(manyObservations, manyValues);
    return autoencoder.fix(autoencoder.ranges(manyObservations));
  }

  /** A network that has learned for a while, and whose memory is full. */
  private MemoryNetwork<INDArray> network(int capacity, String recall) {
    MemoryNetwork<INDArray> network =
        MemoryNetwork.builder(tensors)
            .embedder("mlp", SIDE * SIDE, 64)
            .hidden(256)
            .optimiser(ADAM)
            .capacity(capacity)
            .valueSize(10)
            .recall(recall)
            .assigner("exact-reinstatement", "code")
            .codec(codec())
            .option("code-bits", "8")
            .settings(LearningSettings.classification().withAddressing(Addressing.softmax(0.1)))
            .seed(1)
            .build();
    for (int i = 0; i < FEWEST_STEPS; i++) {
      step(network);
    }
    while (network.memory().size() < capacity) {
      draw(manyObservations, manyValues);
      int rows = Math.min(FILL, capacity - network.memory().size());
      network.remember(
          tensors.rowRange(manyObservations, 0, rows), tensors.rowRange(manyValues, 0, rows));
    }
    return network;
  }

  private double step(MemoryNetwork<INDArray> network) {
    draw(observations, values);
    long start = ProcessorTime.nanos();
    network.step(observations, values);
    return (ProcessorTime.nanos() - start) / 1e6;
  }

  private void run(List<Integer> capacities, String recall) {
    List<MemoryNetwork<INDArray>> networks = new ArrayList<>();
    List<List<Double>> millis = new ArrayList<>();
    for (int capacity : capacities) {
      networks.add(network(capacity, recall));
      millis.add(new ArrayList<>());
    }
    List<Double> ratios = new ArrayList<>();
    for (int turn = -5; turn < TURNS; turn++) {
      double[] each = networks.stream().mapToDouble(this::step).toArray();
      for (int i = 0; i < each.length && turn >= 0; i++) {
        millis.get(i).add(each[i]);
      }
      if (turn >= 0) {
        ratios.add(each[each.length - 1] / each[0]);
      }
    }
    for (int i = 0; i < networks.size(); i++) {
      say("| %,d | %s | %.1f ms |", capacities.get(i), recall, Medians.of(millis.get(i)));
    }
    say("last by first, median of the turns: %.2f", Medians.of(ratios));
    networks.forEach(MemoryNetwork::close);
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  @Override
  public void close() {
    scope.close();
  }

  /**
   * Runs.
   *
   * @param arguments the recall, and numbers of memories
   */
  public static void main(String[] arguments) {
    try (Nd4jTensors tensors = new Nd4jTensors(1);
        StepTurns turns = new StepTurns(tensors)) {
      List<Integer> capacities = new ArrayList<>();
      for (int i = 1; i < arguments.length; i++) {
        capacities.add(Integer.parseInt(arguments[i]));
      }
      turns.run(capacities, arguments[0]);
    }
    System.exit(0); // OpenBLAS's threads are none that Java waits for
  }
}
