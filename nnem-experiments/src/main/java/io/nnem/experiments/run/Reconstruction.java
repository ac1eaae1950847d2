package io.nnem.experiments.run;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.pretrained.Weights;

/**
 * How well a decoder reconstructs images from their embeddings of today.
 *
 * @param condition what was trained; {@link #PRETRAINING} for what was trained beforehand
 * @param step training steps so far
 * @param split {@code training}, {@code validation} or {@code test}
 * @param loss the decoder's loss, without noise: summed over an image, averaged over images
 * @param squaredError mean squared error of a pixel
 * @param elbo evidence lower bound in nats; NaN for a decoder that is not variational
 */
public record Reconstruction(
    Condition condition,
    long seed,
    int step,
    String split,
    double loss,
    double squaredError,
    double elbo) {
  /** In place of a condition. */
  static final Condition PRETRAINING = Condition.parse("pretraining");

  /** A look at a decoder in a trial. */
  public static Reconstruction of(Condition condition, long seed, Weights.Point point) {
    return new Reconstruction(
        condition,
        seed,
        point.step(),
        point.split(),
        point.loss(),
        point.squaredError(),
        point.elbo());
  }
}
