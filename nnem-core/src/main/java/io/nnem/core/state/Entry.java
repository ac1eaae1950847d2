package io.nnem.core.state;

import java.util.List;

/**
 * One tensor of a state file.
 *
 * @param name what it is called
 * @param type its elements
 * @param shape rows and columns of a matrix, or the length of an array
 * @param offset where its bytes begin, from the start of the data
 */
record Entry(String name, ElementType type, List<Long> shape, long offset) {

  long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  long bytes() {
    return Math.multiplyExact(elements(), type.bytes);
  }

  long end() {
    return Math.addExact(offset, bytes());
  }

  @Override
  public String toString() {
    return "'" + name + "' (" + type + " " + shape + ")";
  }
}
