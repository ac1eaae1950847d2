package io.nnem.bench.work;

import io.nnem.core.Activation;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Seeds;
import io.nnem.core.network.Dense;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything a training step starts from, as plain floats: each system begins with the same
 * parameters, the same full memory and the same batches.
 *
 * <p>The memory was written by an earlier embedder, so that stored keys are not what the
 * observations would be embedded to today, and exact and approximate reinstatement differ.
 */
public final class StepProblem {

  /** Temperature of the reading's softmax. */
  public static final double TEMPERATURE = 0.1;

  /** What is added to an answer before its logarithm is taken. */
  public static final double LOG_FLOOR = 1e-8;

  /** Lengths below this count as this. */
  public static final double SMALLEST_LENGTH = 1e-8;

  /** Adam's step size for the embedder. */
  public static final double EMBEDDER_RATE = 1e-4;

  /** Adam's step size for the decoder, and for the synthetic gradient's network. */
  public static final double OTHER_RATE = 1e-3;

  /** Seed of all that is drawn. */
  public static final long SEED = 1;

  /** Batches there are; a run takes them in turn. */
  public static final int BATCHES = 8;

  private final StepWork work;
  private final Network embedder;
  private final Network writer;
  private final Network decoder;
  private final Network synthetic;
  private final float[] memories;
  private final int[] memoryLabels;
  private final float[][] batches = new float[BATCHES][];
  private final int[][] batchLabels = new int[BATCHES][];

  /**
   * Draws the numbers.
   *
   * @param work condition and sizes
   */
  public StepProblem(StepWork work) {
    this.work = work;
    Shape shape = work.sizes();
    SplittableRandom random = Seeds.random(SEED, "bench");
    int o = shape.observationSize();
    int d = shape.embeddingSize();
    embedder = Network.draw(random, o, shape.hidden(), d);
    writer = embedder.earlier(random);
    decoder = Network.draw(random, d, shape.hidden(), o);
    synthetic = synthetic(shape);
    float[][] prototypes = new float[Shape.CLASSES][o];
    for (float[] prototype : prototypes) {
      for (int i = 0; i < o; i++) {
        prototype[i] = random.nextDouble() < 0.2 ? 1 : 0; // as much ink as on a digit
      }
    }
    memoryLabels = labels(random, shape.capacity());
    memories = observations(random, prototypes, memoryLabels);
    for (int i = 0; i < BATCHES; i++) {
      batchLabels[i] = labels(random, shape.batch());
      batches[i] = observations(random, prototypes, batchLabels[i]);
    }
  }

  /** As the plug-in draws it: its own seed, and a last layer of zeros. */
  private static Network synthetic(Shape shape) {
    ReferenceTensors tensors = new ReferenceTensors();
    try (io.nnem.core.network.Network<Matrix> network =
        new io.nnem.core.network.Network<>(
            tensors,
            RowShape.flat(shape.embeddingSize() + Shape.CLASSES),
            Dense.stack(List.of(Shape.SYNTHETIC_HIDDEN), shape.embeddingSize(), Activation.LINEAR),
            Seeds.random(SEED, "synthetic-gradient"))) {
      List<float[]> parameters = new java.util.ArrayList<>();
      for (Parameter<Matrix> parameter : network.parameters()) {
        float[] floats =
            new float[tensors.rows(parameter.value()) * tensors.columns(parameter.value())];
        if (parameters.size() < 2) {
          tensors.copyOut(parameter.value(), floats);
        }
        parameters.add(floats);
      }
      return new Network(
          List.of(
              shape.embeddingSize() + Shape.CLASSES, Shape.SYNTHETIC_HIDDEN, shape.embeddingSize()),
          parameters);
    }
  }

  private static int[] labels(SplittableRandom random, int count) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(Shape.CLASSES);
    }
    return labels;
  }

  private static float[] observations(SplittableRandom random, float[][] prototypes, int[] labels) {
    int size = prototypes[0].length;
    float[] result = new float[labels.length * size];
    for (int i = 0; i < labels.length; i++) {
      float[] prototype = prototypes[labels[i]];
      for (int j = 0; j < size; j++) {
        int draw = random.nextInt(256); // a pixel
        result[i * size + j] = (prototype[j] * 0.7f * 255 + 0.3f * draw) / 255;
      }
    }
    return result;
  }

  /**
   * One-hot rows.
   *
   * @param labels the column of each row's one
   * @return {@code labels.length x CLASSES}, row by row
   */
  public static float[] oneHot(int[] labels) {
    float[] result = new float[labels.length * Shape.CLASSES];
    for (int i = 0; i < labels.length; i++) {
      result[i * Shape.CLASSES + labels[i]] = 1;
    }
    return result;
  }

  /**
   * What it is a problem of.
   *
   * @return condition and sizes
   */
  public StepWork work() {
    return work;
  }

  /**
   * Today's embedder.
   *
   * @return its parameters
   */
  public Network embedder() {
    return embedder;
  }

  /**
   * The embedder that wrote the memory.
   *
   * @return its parameters
   */
  public Network writer() {
    return writer;
  }

  /**
   * Today's decoder.
   *
   * @return its parameters
   */
  public Network decoder() {
    return decoder;
  }

  /**
   * Today's synthetic gradient's network.
   *
   * @return its parameters
   */
  public Network synthetic() {
    return synthetic;
  }

  /**
   * The observations that the memory was written from, slot by slot.
   *
   * @return {@code N x observationSize}, row by row; not to be written to
   */
  public float[] memories() {
    return memories;
  }

  /**
   * The values in the memory, slot by slot.
   *
   * @return {@code N x CLASSES}, row by row
   */
  public float[] memoryValues() {
    return oneHot(memoryLabels);
  }

  /**
   * The observations of a step.
   *
   * @param i which, from 0 to {@link #BATCHES} - 1
   * @return {@code B x observationSize}, row by row; not to be written to
   */
  public float[] batch(int i) {
    return batches[i];
  }

  /**
   * The values of a step.
   *
   * @param i which, from 0 to {@link #BATCHES} - 1
   * @return {@code B x CLASSES}, row by row
   */
  public float[] batchValues(int i) {
    return oneHot(batchLabels[i]);
  }
}
