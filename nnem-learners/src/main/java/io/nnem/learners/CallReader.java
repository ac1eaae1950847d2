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
    int count = take(Integer.BYTES).getInt();
    if (count < 0) {
      throw Kept.unreadable(call, "it has a count of " + count + ".");
    }
    return count;
  }

  /** The next bytes, if they are still there. */
  private ByteBuffer take(long bytes) {
    if (bytes > payload.remaining()) {
      throw Kept.unreadable(
          call, "it asks for " + bytes + " bytes where it has " + payload.remaining() + ".");
    }
    ByteBuffer taken = payload.slice(payload.position(), (int) bytes).order(payload.order());
    payload.position(payload.position() + (int) bytes);
    return taken;
  }

  float[] floats(int count) {
    ByteBuffer bytes = take((long) Float.BYTES * count);
    float[] floats = new float[count];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  double[] doubles(int count) {
    ByteBuffer bytes = take((long) Double.BYTES * count);
    double[] doubles = new double[count];
    bytes.asDoubleBuffer().get(doubles);
    return doubles;
  }

  int[] ints(int count) {
    ByteBuffer bytes = take((long) Integer.BYTES * count);
    int[] ints = new int[count];
    bytes.asIntBuffer().get(ints);
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
    ByteBuffer bytes = take(count());
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
