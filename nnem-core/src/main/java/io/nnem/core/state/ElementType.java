package io.nnem.core.state;

import io.nnem.core.StateException;

/** The kinds of numbers that an entry can hold, by their names in the safetensors format. */
enum ElementType {
  U8(1),
  I32(4),
  I64(8),
  F32(4),
  F64(8);

  final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  static ElementType named(String name) {
    for (ElementType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new StateException(
        "an entry has elements of type '" + name + "', which nnem does not use");
  }
}
