package io.nnem.credit.reinstatement;

import io.nnem.memory.Slots;

/** A code for each slot of a memory. */
interface Codes<T> extends AutoCloseable {

  /** Takes codes, {@code slots.count() x codeSize}. */
  void write(Slots slots, T codes);

  /** Decodes the codes of slots, to {@code slots.count() x observationSize}. */
  void decode(Slots slots, T out);

  /** Bytes of all codes. */
  long bytes();

  @Override
  void close();
}
