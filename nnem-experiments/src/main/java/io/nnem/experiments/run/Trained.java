package io.nnem.experiments.run;

import io.nnem.memory.Slots;
import java.util.List;
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
   * @return the slots that the observations took; empty if there is no memory
   * @throws io.nnem.credit.DivergenceException if a number is not finite; nothing is changed then
   */
  Optional<Slots> step(T observations, T values);

  /** Says how likely each class is; changes nothing. */
  void answer(T observations, T out);

  /** How well its decoder does; empty if there is none. */
  Optional<Reconstruction> reconstruction(ReconstructionProbe<T> probe, Trial trial, int step);

  /** How fresh its keys are; empty if there is no memory. */
  List<Staleness> staleness(StalenessProbe<T> probe, Trial trial, int step);

  /** What is kept for each memory beside key and value. */
  long retainedBytesPerMemory(int capacity);

  @Override
  void close();
}
