package io.nnem.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What the numbers of an IDX file are, all of them big-endian. */
enum IdxType {
  UNSIGNED_BYTE(0x08, 1),
  SIGNED_BYTE(0x09, 1),
  SHORT(0x0b, 2),
  INT(0x0c, 4),
  FLOAT(0x0d, 4),
  DOUBLE(0x0e, 8);

  final int code;
  final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Of a magic number: two zero bytes, the type, how many dimensions there are. */
  static Optional<IdxType> of(int magic) {
    return Arrays.stream(values()).filter(type -> type.code == magic >>> 8).findFirst();
  }

  boolean isWhole() {
    return this != FLOAT && this != DOUBLE;
  }

  /** The number that begins at a byte. */
  double get(ByteBuffer numbers, int at) {
    return switch (this) {
      case UNSIGNED_BYTE -> numbers.get(at) & 0xff;
      case SIGNED_BYTE -> numbers.get(at);
      case SHORT -> numbers.getShort(at);
      case INT -> numbers.getInt(at);
      case FLOAT -> numbers.getFloat(at);
      case DOUBLE -> numbers.getDouble(at);
    };
  }
}
