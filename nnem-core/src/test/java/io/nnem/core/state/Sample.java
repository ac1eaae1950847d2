package io.nnem.core.state;

import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.SplittableRandom;

/** One of each kind of thing that a state may have, with a part that has the same again. */
final class Sample implements Stateful {

  static final ReferenceTensors DOUBLES = new ReferenceTensors();
  static final FloatRows FLOATS = new FloatRows();

  final Matrix doubleMatrix;
  final float[][] floatMatrix;
  final Sample part;
  byte[] bytes;
  int[] ints;
  long[] longs;
  float[] floats;
  double[] doubles;
  String text = "";

  /**
   * Creates one that is empty.
   *
   * @param rows of its matrices
   * @param columns of its matrices
   * @param count of elements of each array
   * @param depth how many parts are nested in it
   */
  Sample(int rows, int columns, int count, int depth) {
    doubleMatrix = DOUBLES.newScope().zeros(rows, columns);
    floatMatrix = new float[rows][columns];
    bytes = new byte[count];
    ints = new int[count];
    longs = new long[count];
    floats = new float[count];
    doubles = new double[count];
    part = depth == 0 ? null : new Sample(rows, columns, count, depth - 1);
  }

  /** Draws everything, from all bits that there are. */
  Sample draw(long seed) {
    SplittableRandom random = Seeds.random(seed, "sample");
    random.nextBytes(bytes);
    for (int i = 0; i < ints.length; i++) {
      ints[i] = random.nextInt();
      longs[i] = random.nextLong();
      floats[i] = Float.intBitsToFloat(random.nextInt());
      doubles[i] = Double.longBitsToDouble(random.nextLong());
    }
    for (int i = 0; i < floatMatrix.length; i++) {
      for (int j = 0; j < floatMatrix[i].length; j++) {
        floatMatrix[i][j] = (float) random.nextDouble(-1, 1);
        DOUBLES.set(doubleMatrix, i, j, random.nextDouble(-1, 1));
      }
    }
    text = "draw " + seed;
    if (part != null) {
      part.draw(seed + 1);
    }
    return this;
  }

  /** One of the same size and nothing in it, to be loaded. */
  Sample like() {
    int depth = 0;
    for (Sample at = part; at != null; at = at.part) {
      depth++;
    }
    return new Sample(floatMatrix.length, floatMatrix[0].length, ints.length, depth);
  }

  @Override
  public void save(StateWriter out) {
    out.text("text", text);
    out.bytes("bytes", bytes);
    out.matrix("float-matrix", FLOATS, floatMatrix);
    out.ints("ints", ints);
    out.longs("longs", longs);
    out.floats("floats", floats);
    out.matrix("double-matrix", DOUBLES, doubleMatrix);
    out.doubles("doubles", doubles);
    if (part != null) {
      out.part("part", part);
    }
  }

  @Override
  public void load(StateReader in) {
    text = in.text("text");
    bytes = in.bytes("bytes", bytes.length);
    in.matrix("float-matrix", FLOATS, floatMatrix);
    ints = in.ints("ints", ints.length);
    longs = in.longs("longs", longs.length);
    floats = in.floats("floats", floats.length);
    in.matrix("double-matrix", DOUBLES, doubleMatrix);
    doubles = in.doubles("doubles", doubles.length);
    if (part != null) {
      in.part("part", part);
    }
  }
}
