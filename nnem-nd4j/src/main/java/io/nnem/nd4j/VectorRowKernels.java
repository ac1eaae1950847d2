package io.nnem.nd4j;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowKernels} by the Vector API; see {@link VectorKernels}. */
final class VectorRowKernels extends RowKernels {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);

  /** For halves of {@code 2^i} lanes: which lanes are in the upper one, and the halves swapped. */
  private static final VectorMask<Float>[] UPPER = newMasks(Integer.numberOfTrailingZeros(LANES));

  private static final VectorShuffle<Float>[] SWAP = newShuffles(UPPER.length);

  VectorRowKernels(VectorKernels kernels) {
    super(kernels);
  }

  @SuppressWarnings("unchecked")
  private static VectorMask<Float>[] newMasks(int count) {
    VectorMask<Float>[] masks = new VectorMask[count];
    for (int level = 0; level < count; level++) {
      boolean[] bits = new boolean[LANES];
      for (int i = 0; i < LANES; i++) {
        bits[i] = (i >> level & 1) == 1;
      }
      masks[level] = VectorMask.fromArray(SPECIES, bits, 0);
    }
    return masks;
  }

  @SuppressWarnings("unchecked")
  private static VectorShuffle<Float>[] newShuffles(int count) {
    VectorShuffle<Float>[] shuffles = new VectorShuffle[count];
    for (int level = 0; level < count; level++) {
      int half = 1 << level;
      shuffles[level] = VectorShuffle.fromOp(SPECIES, i -> i ^ half);
    }
    return shuffles;
  }

  /** Sums in the order in which {@link VectorKernels#dot} sums them: the same bits. */
  @Override
  void dots(
      Scratch scratch,
      float[] x,
      int rows,
      int columns,
      float[] y,
      int yFrom,
      float[] dots,
      float[] squares) {
    int wide = columns / (4 * LANES) * 4 * LANES;
    int whole = SPECIES.loopBound(columns);
    int blocks = whole == 0 ? 0 : rows / LANES;
    int many = blocks * LANES;
    boolean squared = squares != null;
    float[] d = scratch.tile(15, many * LANES);
    float[] q = scratch.tile(16, many * LANES);
    // Loops over rows, not along them: a row has so few vectors that its loop would cost more.
    for (int j = 0; j < wide; j += 4 * LANES) {
      FloatVector y0 = fromArray(SPECIES, y, yFrom + j);
      FloatVector y1 = fromArray(SPECIES, y, yFrom + j + LANES);
      FloatVector y2 = fromArray(SPECIES, y, yFrom + j + 2 * LANES);
      FloatVector y3 = fromArray(SPECIES, y, yFrom + j + 3 * LANES);
      for (int i = 0; i < many; i++) {
        int from = i * columns + j;
        int to = place(i, blocks);
        FloatVector x0 = fromArray(SPECIES, x, from);
        FloatVector x1 = fromArray(SPECIES, x, from + LANES);
        FloatVector x2 = fromArray(SPECIES, x, from + 2 * LANES);
        FloatVector x3 = fromArray(SPECIES, x, from + 3 * LANES);
        FloatVector dot = j > 0 ? fromArray(SPECIES, d, to) : FloatVector.zero(SPECIES);
        x3.fma(y3, x2.fma(y2, x1.fma(y1, x0.fma(y0, dot)))).intoArray(d, to);
        if (squared) {
          FloatVector square = j > 0 ? fromArray(SPECIES, q, to) : FloatVector.zero(SPECIES);
          x3.fma(x3, x2.fma(x2, x1.fma(x1, x0.fma(x0, square)))).intoArray(q, to);
        }
      }
    }
    for (int j = wide; j < whole; j += LANES) {
      FloatVector other = fromArray(SPECIES, y, yFrom + j);
      for (int i = 0; i < many; i++) {
        int to = place(i, blocks);
        FloatVector row = fromArray(SPECIES, x, i * columns + j);
        FloatVector dot = j > 0 ? fromArray(SPECIES, d, to) : FloatVector.zero(SPECIES);
        row.fma(other, dot).intoArray(d, to);
        if (squared) {
          FloatVector square = j > 0 ? fromArray(SPECIES, q, to) : FloatVector.zero(SPECIES);
          row.fma(row, square).intoArray(q, to);
        }
      }
    }
    fold(d, many, dots);
    if (squared) {
      fold(q, many, squares);
    }
    for (int i = 0; i < many; i++) {
      for (int j = i * columns + whole; j < (i + 1) * columns; j++) {
        dots[i] += x[j] * y[yFrom + j - i * columns];
        if (squared) {
          squares[i] += x[j] * x[j];
        }
      }
    }
    restOfDots(x, many, rows, columns, y, yFrom, dots, squares);
  }

  /** Where the lanes of a row lie, so that those that are folded together lie side by side. */
  private static int place(int row, int blocks) {
    return (row % LANES * blocks + row / LANES) * LANES;
  }

  /**
   * Adds up the lanes of each row: halves are added, and those of two rows share a vector from then
   * on, until there is one lane for each row.
   */
  private static void fold(float[] lanes, int rows, float[] out) {
    int count = rows * LANES;
    int level = UPPER.length - 1;
    for (; level > 0; level -= 2) { // two at once, for there is more moving than adding
      VectorMask<Float> upper = UPPER[level];
      VectorShuffle<Float> swap = SWAP[level];
      VectorMask<Float> nextUpper = UPPER[level - 1];
      VectorShuffle<Float> nextSwap = SWAP[level - 1];
      count /= 4;
      for (int i = 0; i < count; i += LANES) {
        FloatVector a = fromArray(SPECIES, lanes, i);
        FloatVector b = fromArray(SPECIES, lanes, i + count);
        FloatVector c = fromArray(SPECIES, lanes, i + 2 * count);
        FloatVector d = fromArray(SPECIES, lanes, i + 3 * count);
        FloatVector ac = a.blend(c, upper).add(c.blend(a, upper).rearrange(swap));
        FloatVector bd = b.blend(d, upper).add(d.blend(b, upper).rearrange(swap));
        ac.blend(bd, nextUpper)
            .add(bd.blend(ac, nextUpper).rearrange(nextSwap))
            .intoArray(lanes, i);
      }
    }
    if (level == 0) {
      VectorMask<Float> upper = UPPER[0];
      VectorShuffle<Float> swap = SWAP[0];
      count /= 2;
      for (int i = 0; i < count; i += LANES) {
        FloatVector a = fromArray(SPECIES, lanes, i);
        FloatVector b = fromArray(SPECIES, lanes, i + count);
        a.blend(b, upper).add(b.blend(a, upper).rearrange(swap)).intoArray(lanes, i);
      }
    }
    System.arraycopy(lanes, 0, out, 0, count);
  }

  @Override
  void inverseLengths(float[] squares, int rows, int place, float[] out) {
    int whole = SPECIES.loopBound(rows);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector square = fromArray(SPECIES, squares, i);
      // square - square is 0, or NaN
      ONE.div(square.sqrt().max(SMALLEST_LENGTH)).add(square.sub(square)).intoArray(out, place + i);
    }
    restOfInverseLengths(squares, whole, rows, place, out);
  }

  @Override
  void addWeighted(
      Scratch scratch,
      float[] weights,
      int firstWeight,
      float[] x,
      int rows,
      int columns,
      float[] out,
      int place) {
    float[] lanes = scratch.lanes;
    // Lanes beyond the end of a row hold what follows it, and are not used.
    for (int j = 0; j < columns; j += LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = FloatVector.zero(SPECIES);
      FloatVector s2 = FloatVector.zero(SPECIES);
      FloatVector s3 = FloatVector.zero(SPECIES);
      int i = 0;
      for (; i + 3 < rows; i += 4) {
        int w = firstWeight + i;
        int row = i * columns + j;
        s0 = fromArray(SPECIES, x, row).mul(weights[w]).add(s0);
        s1 = fromArray(SPECIES, x, row + columns).mul(weights[w + 1]).add(s1);
        s2 = fromArray(SPECIES, x, row + 2 * columns).mul(weights[w + 2]).add(s2);
        s3 = fromArray(SPECIES, x, row + 3 * columns).mul(weights[w + 3]).add(s3);
      }
      for (; i < rows; i++) {
        s0 = fromArray(SPECIES, x, i * columns + j).mul(weights[firstWeight + i]).add(s0);
      }
      s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
      for (int k = 0; k < Math.min(LANES, columns - j); k++) {
        out[place + j + k] += lanes[k];
      }
    }
  }
}
