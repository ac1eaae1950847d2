package io.nnem.core.state;

import io.nnem.core.Tensors;

/** The types of elements that a file may hold, by the names that safetensors has for them. */
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

  /** What a back end computes with. */
  static ElementType of(Tensors<?> tensors) {
    return switch (tensors.elementBytes()) {
      case Float.BYTES -> F32;
      case Double.BYTES -> F64;
      default ->
          throw new IllegalArgumentException(
              "A back end with elements of "
                  + tensors.elementBytes()
                  + " bytes cannot be saved; 4 and 8 can.");
    };
  }
}
