/**
 * What a run is asked to do: {@link io.nnem.experiments.config.ExperimentConfig} and the way it is
 * put together from a preset, a YAML file, {@code --set} and the named options.
 *
 * <p>Every value remembers where it was written, so that an error names the file and line or the
 * option. All mistakes of one call are reported together.
 */
package io.nnem.experiments.config;
