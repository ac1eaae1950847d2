package io.nnem.experiments.decoders;

import io.nnem.experiments.config.Condition;

/**
 * How well a decoder reconstructed some images at one time. Images are decoded from the embeddings
 * of the encoder that was trained with the decoder, without noise.
 *
 * @param condition decoder and number of training images
 * @param seed of the trial
 * @param step training steps so far; 0 before the first
 * @param split {@code training}, {@code validation} or {@code test}
 * @param loss reconstruction loss, summed over an image and averaged over images
 * @param squaredError mean squared error of a pixel
 * @param elbo evidence lower bound in nats; NaN for a decoder that is not variational
 */
public record DecodersRow(
    Condition condition,
    long seed,
    int step,
    String split,
    double loss,
    double squaredError,
    double elbo) {}
