package io.nnem.learners.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What stands before the payload of a call in a journal, {@link #BYTES} long. The payload is filled
 * up with zeros to a multiple of 8 bytes.
 *
 * @param length bytes of the payload without the zeros
 * @param number of the call, from 1 on
 * @param durable the last call that was known to be synced when this one was written: what is
 *     damaged up to there was not cut off by a crash
 * @param kind of the call
 * @param crc of the payload and its zeros
 */
record CallRecord(int length, long number, long durable, int kind, int crc) {

  static final int BYTES = 32;

  /** The most bytes that a payload may have. */
  static final int MOST_BYTES = 64 << 20;

  private static final int LENGTH_AT = 4;
  private static final int NUMBER_AT = 8;
  private static final int DURABLE_AT = 16;
  private static final int KIND_AT = 24;
  private static final int CRC_AT = 28;

  /** Room for a record with a payload of so many bytes, which is to be put from position on. */
  static ByteBuffer room(int length) {
    return ByteBuffer.allocate(BYTES + padded(length))
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(LENGTH_AT, length)
        .position(BYTES);
  }

  static int padded(int length) {
    return (length + 7) & -8;
  }

  /** Puts what is missing before a payload, and makes the buffer ready to be written. */
  static void seal(ByteBuffer record, long number, long durable, int kind) {
    record.clear();
    record.putLong(NUMBER_AT, number).putLong(DURABLE_AT, durable).putInt(KIND_AT, kind);
    record.putInt(CRC_AT, crc(record, BYTES, record.limit()));
    record.putInt(0, crc(record, LENGTH_AT, BYTES));
  }

  /**
   * Reads what stands at a place of a buffer, of which nothing is trusted.
   *
   * @return null if it is no record, whatever it is
   */
  static CallRecord at(ByteBuffer buffer, int place) {
    int length = buffer.getInt(place + LENGTH_AT);
    if (length < 0
        || length > MOST_BYTES
        || buffer.getInt(place) != crc(buffer, place + LENGTH_AT, place + BYTES)) {
      return null;
    }
    return new CallRecord(
        length,
        buffer.getLong(place + NUMBER_AT),
        buffer.getLong(place + DURABLE_AT),
        buffer.getInt(place + KIND_AT),
        buffer.getInt(place + CRC_AT));
  }

  /** With what stands before the payload, and the zeros behind it. */
  int bytes() {
    return BYTES + padded(length);
  }

  static int crc(ByteBuffer buffer, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().limit(to).position(from));
    return (int) crc.getValue();
  }
}
