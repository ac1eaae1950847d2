package io.nnem.credit.reinstatement;

import io.nnem.core.Stateful;
import io.nnem.memory.Slots;

/** A code for each slot of a memory. Decoding may happen from any number of threads at once. */
interface Codes<T> extends Stateful, AutoCloseable {

  /** Takes codes, {@code slots.count() x codeSize}. */
  void write(Slots slots, T codes);

  /** Decodes the codes of slots, to {@code slots.count() x observationSize}. */
  void decode(Slots slots, T out);

  /** Bytes of all codes. */
  long bytes();

  @Override
  void close();
}
