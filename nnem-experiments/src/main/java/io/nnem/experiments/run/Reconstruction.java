package io.nnem.experiments.run;

/**
 * How well a decoder reconstructs images from their embeddings of today.
 *
 * @param condition the name of the condition; {@link #PRETRAINING} for what was trained beforehand
 * @param seed the seed of the trial
 * @param step training steps so far
 * @param split {@code training} or {@code validation}
 * @param loss the decoder's loss, without noise: summed over an image, averaged over images
 * @param squaredError mean squared error of a pixel
 * @param elbo evidence lower bound in nats; NaN for a decoder that is not variational
 */
public record Reconstruction(
    String condition,
    long seed,
    int step,
    String split,
    double loss,
    double squaredError,
    double elbo) {
  /** In place of a condition. */
  public static final String PRETRAINING = "pretraining";
}
