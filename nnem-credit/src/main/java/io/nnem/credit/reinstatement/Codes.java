package io.nnem.credit.reinstatement;

import io.nnem.memory.Slots;

/** A code for each slot of a memory. */
interface Codes<T> extends AutoCloseable {

  /** Takes codes, {@code slots.count() x codeSize}. */
  void write(Slots slots, T codes);

  /** The codes of slots, {@code slots.count() x codeSize}, valid until the next call. */
  T read(Slots slots);

  /** Bytes of all codes. */
  long bytes();

  @Override
  void close();
}
