package io.nnem.experiments.decoders;

import io.nnem.experiments.config.Condition;

/**
 * The calibration of a decoder at the end of its training.
 *
 * @param condition decoder and number of training images
 * @param seed of the trial
 * @param split {@code validation} or {@code test}
 * @param calibration on its images
 */
public record CalibrationRow(
    Condition condition, long seed, String split, Calibration calibration) {}
