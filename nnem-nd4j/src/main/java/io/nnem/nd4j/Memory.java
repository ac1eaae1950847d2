package io.nnem.nd4j;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the floats of a matrix lie. One object serves one argument of one thread, again and again.
 */
final class Memory extends FloatPointer {

  static final int BYTES = Float.BYTES;

  Memory() {
    super((Pointer) null);
  }

  /** Points to the first float of a matrix. */
  Memory of(INDArray matrix) {
    address = address(matrix);
    return this;
  }

  /** The address of the float that comes {@code index} floats after another. */
  static long at(long matrix, long index) {
    return matrix + index * BYTES;
  }

  /** The address of the first float of a row. */
  static long row(long matrix, int row, int columns) {
    return at(matrix, (long) row * columns);
  }

  /** Points to a place. */
  Memory at(long newAddress) {
    address = newAddress;
    return this;
  }

  /**
   * The address of a matrix's first float; the floats of its rows follow each other.
   *
   * @throws IllegalArgumentException if it is not such a matrix
   * @throws IllegalStateException if its memory was released
   */
  static long address(INDArray matrix) {
    if (matrix.wasClosed()) {
      throw new IllegalStateException("The matrix was released: the scope it came from is closed.");
    }
    if (matrix.rank() != 2 || matrix.dataType() != DataType.FLOAT || !rowsFollowEachOther(matrix)) {
      throw new IllegalArgumentException(
          "A matrix must have rank 2, floats, and rows that follow each other in memory, but this"
              + " one has rank "
              + matrix.rank()
              + ", "
              + matrix.dataType()
              + " and order '"
              + matrix.ordering()
              + "': allocate it from a scope, or use castTo(DataType.FLOAT).dup('c').");
    }
    return matrix.data().address() + matrix.offset() * BYTES;
  }

  /** Native memory as a buffer, whose copies to arrays are no calls of native code. */
  static FloatBuffer buffer(long address, int count) {
    Memory memory = new Memory().at(address);
    memory.limit(count);
    return memory.asBuffer();
  }

  private static boolean rowsFollowEachOther(INDArray matrix) {
    long rows = matrix.size(0);
    long columns = matrix.size(1);
    return (columns == 1 || matrix.stride(1) == 1) && (rows == 1 || matrix.stride(0) == columns);
  }
}
