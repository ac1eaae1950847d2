package io.nnem.learners;

import io.nnem.learners.journal.Call;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what is in a call. Sizes are compared with what there is before anything is allocated. */
final class CallReader {

  private final Call call;
  private final ByteBuffer payload;

  CallReader(Call call) {
    this.call = call;
    this.payload = call.payload();
  }

  /** A number that is not negative. */
  int count() {
    require(Integer.BYTES);
    int count = payload.getInt();
    if (count < 0) {
      throw Kept.unreadable(call, "it has a count of " + count + ".");
    }
    return count;
  }

  /** That so many elements of a size are still there. */
  private void require(long bytes) {
    if (bytes > payload.remaining()) {
      throw Kept.unreadable(
          call, "it asks for " + bytes + " bytes where it has " + payload.remaining() + ".");
    }
  }

  float[] floats(int count) {
    require((long) Float.BYTES * count);
    float[] floats = new float[count];
    payload.asFloatBuffer().get(floats);
    payload.position(payload.position() + Float.BYTES * count);
    return floats;
  }

  double[] doubles(int count) {
    require((long) Double.BYTES * count);
    double[] doubles = new double[count];
    payload.asDoubleBuffer().get(doubles);
    payload.position(payload.position() + Double.BYTES * count);
    return doubles;
  }

  int[] ints(int count) {
    require((long) Integer.BYTES * count);
    int[] ints = new int[count];
    payload.asIntBuffer().get(ints);
    payload.position(payload.position() + Integer.BYTES * count);
    return ints;
  }

  /** How many rows of a width, in elements of a size. */
  int elements(int rows, int columns, int bytes) {
    long count = (long) rows * columns;
    if (count > payload.remaining() / bytes) {
      throw Kept.unreadable(
          call,
          "it asks for "
              + count
              + " elements of "
              + bytes
              + " bytes where it has "
              + payload.remaining()
              + " bytes.");
    }
    return (int) count;
  }

  float[][] rows(int rows, int columns) {
    elements(rows, columns, Float.BYTES);
    if (columns == 0 && rows > 0) {
      throw Kept.unreadable(call, "it has rows without columns.");
    }
    float[][] all = new float[rows][];
    for (int row = 0; row < rows; row++) {
      all[row] = floats(columns);
    }
    return all;
  }

  String text() {
    int length = count();
    require(length);
    ByteBuffer bytes = payload.slice(payload.position(), length);
    payload.position(payload.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw Kept.unreadable(call, "it has a text that is not UTF-8.");
    }
  }

  void requireEnd() {
    if (payload.hasRemaining()) {
      throw Kept.unreadable(call, payload.remaining() + " bytes of it are left over.");
    }
  }
}
