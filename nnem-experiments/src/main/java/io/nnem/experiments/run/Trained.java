package io.nnem.experiments.run;

import io.nnem.credit.MemoryNetwork;
import io.nnem.memory.Slots;
import java.util.Optional;

/** What a trial trains. */
interface Trained<T> extends AutoCloseable {
  /**
   * One training step; the slots that the observations took, if there is a memory. If a number is
   * not finite it throws a {@link io.nnem.credit.DivergenceException}, and nothing is changed.
   */
  Optional<Slots> step(T observations, T values);

  /** Says how likely each class is; changes nothing. */
  void answer(T observations, T out);

  /** The network that has the memory; empty if there is none. */
  Optional<MemoryNetwork<T>> network();

  @Override
  void close();
}
