package io.nnem.bench.work;

/**
 * The sizes of a training step.
 *
 * @param capacity memories, all slots in use ({@code N})
 * @param batch observations of a step ({@code B}), written to as many slots
 * @param observationSize floats of an observation
 * @param hidden units of the embedder's hidden layer, and of the decoder's
 * @param embeddingSize floats of an embedding
 */
public record Shape(int capacity, int batch, int observationSize, int hidden, int embeddingSize) {

  /** Floats of a value: a one-hot class. */
  public static final int CLASSES = 10;

  /** Units of the synthetic gradient's hidden layer: the plug-in's default. */
  public static final int SYNTHETIC_HIDDEN = 128;

  /** The smallest of the three. */
  public static final Shape SMALL = new Shape(512, 16, 784, 128, 32);

  /** The middle one. */
  public static final Shape MIDDLE = new Shape(4096, 32, 784, 256, 64);

  /** The largest. */
  public static final Shape LARGE = new Shape(32768, 64, 784, 256, 64);

  /**
   * In words.
   *
   * @return for example {@code N=512 B=16 784-128-32}
   */
  public String label() {
    return "N="
        + capacity
        + " B="
        + batch
        + " "
        + observationSize
        + "-"
        + hidden
        + "-"
        + embeddingSize;
  }
}
