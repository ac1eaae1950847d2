package io.nnem.experiments.run;

import java.util.Optional;

/**
 * What a trial trains.
 *
 * @param <T> the matrix type
 */
interface Trained<T> extends AutoCloseable {
  /**
   * One training step.
   *
   * @param observations {@code b x observationSize}
   * @param values {@code b x classes}, one-hot
   * @throws io.nnem.credit.DivergenceException if a number is not finite; nothing is changed then
   */
  void step(T observations, T values);

  /** Says how likely each class is; changes nothing. */
  void answer(T observations, T out);

  /** How well its decoder does; empty if there is none. */
  Optional<Reconstruction> reconstruction(ReconstructionProbe<T> probe, Trial trial, int step);

  /** What is kept for each memory beside key and value. */
  long retainedBytesPerMemory(int capacity);

  @Override
  void close();
}
