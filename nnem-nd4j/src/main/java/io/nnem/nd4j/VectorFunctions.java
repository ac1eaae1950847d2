package io.nnem.nd4j;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponential, sigmoid and logarithm of arrays, by the Vector API.
 *
 * <p>Numbers that do not change are vectors already, and products are fused with sums. That is not
 * for speed alone: each operation costs the compiler some hundred nodes, an operation with a plain
 * number twice as many, and at 18,000 it leaves out what it has not come to; vectors are objects
 * from there on, and a loop is ten times slower.
 */
final class VectorFunctions {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final float LIMIT = 41f; // as in Exponential
  private static final float LN2_HIGH_PART = 0x1.63p-1f;

  private static final FloatVector LEAST = constant(-LIMIT);
  private static final FloatVector MOST = constant(LIMIT);
  private static final FloatVector LOG2_E = constant(1.442695);
  private static final FloatVector ROUNDER = constant(0x1.8p23);
  private static final FloatVector LN2_HIGH = constant(LN2_HIGH_PART);
  private static final FloatVector LN2_LOW = constant(0.6931471805599453 - LN2_HIGH_PART);
  private static final FloatVector MINUS_LN2_HIGH = LN2_HIGH.neg();
  private static final FloatVector MINUS_LN2_LOW = LN2_LOW.neg();
  private static final FloatVector FLUSH = constant(Exponential.FLUSH);

  private static final FloatVector ONE = constant(1);
  private static final FloatVector TWO = constant(2);
  private static final FloatVector OVER_2 = constant(1. / 2);
  private static final FloatVector OVER_3 = constant(1. / 3);
  private static final FloatVector OVER_5 = constant(1. / 5);
  private static final FloatVector OVER_6 = constant(1. / 6);
  private static final FloatVector OVER_7 = constant(1. / 7);
  private static final FloatVector OVER_9 = constant(1. / 9);
  private static final FloatVector OVER_24 = constant(1. / 24);
  private static final FloatVector OVER_120 = constant(1. / 120);
  private static final FloatVector OVER_720 = constant(1. / 720);
  private static final FloatVector OVER_5040 = constant(1. / 5040);

  private static final IntVector BITS_OF_ONE = IntVector.broadcast(INTS, 0x3f800000);
  private static final IntVector BITS_OF_MANTISSA = IntVector.broadcast(INTS, 0x7fffff);
  private static final IntVector BITS_OF_SQRT_HALF = IntVector.broadcast(INTS, 0x3f3504f3);

  private VectorFunctions() {}

  private static FloatVector constant(double value) {
    return FloatVector.broadcast(SPECIES, (float) value);
  }

  /** {@code a = exp(a)}, as {@link Exponential} does it, but for rounding. */
  static void exponentiate(Scratch scratch, int count, float[] a) {
    int whole = SPECIES.loopBound(count);
    exponentiate(whole, a);
    if (whole < count) {
      float[] rest = scratch.lanes;
      Arrays.fill(rest, 0, LANES, 0f);
      System.arraycopy(a, whole, rest, 0, count - whole);
      exponentiate(LANES, rest);
      System.arraycopy(rest, 0, a, whole, count - whole);
    }
  }

  /** The same of whole vectors. */
  private static void exponentiate(int count, float[] a) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector y = fromArray(SPECIES, a, i).max(LEAST).min(MOST);
      FloatVector rounded = y.fma(LOG2_E, ROUNDER);
      FloatVector n = rounded.sub(ROUNDER);
      FloatVector f = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, y));
      FloatVector p = f.fma(OVER_5040, OVER_720).fma(f, OVER_120).fma(f, OVER_24).fma(f, OVER_6);
      FloatVector e = p.fma(f, OVER_2).fma(f, ONE).fma(f, ONE);
      FloatVector power =
          rounded.reinterpretAsInts().lanewise(LSHL, 23).add(BITS_OF_ONE).reinterpretAsFloats();
      e.fma(power, FLUSH).sub(FLUSH).intoArray(a, i);
    }
  }

  /** {@code out = 1 / (1 + exp(-(out + bias)))} in one pass. */
  static void sigmoid(float[] bias, int rows, int columns, float[] out) {
    int whole = SPECIES.loopBound(columns);
    for (int row = 0; row < rows * columns; row += columns) {
      for (int j = 0; j < whole; j += LANES) {
        FloatVector x = fromArray(SPECIES, out, row + j).add(fromArray(SPECIES, bias, j));
        FloatVector y = x.neg().max(LEAST).min(MOST);
        FloatVector rounded = y.fma(LOG2_E, ROUNDER);
        FloatVector n = rounded.sub(ROUNDER);
        FloatVector f = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, y));
        FloatVector p = f.fma(OVER_5040, OVER_720).fma(f, OVER_120).fma(f, OVER_24).fma(f, OVER_6);
        FloatVector e = p.fma(f, OVER_2).fma(f, ONE).fma(f, ONE);
        FloatVector power =
            rounded.reinterpretAsInts().lanewise(LSHL, 23).add(BITS_OF_ONE).reinterpretAsFloats();
        ONE.div(e.fma(power, ONE)).add(FLUSH).sub(FLUSH).intoArray(out, row + j);
      }
      for (int j = row + whole; j < row + columns; j++) {
        float x = Math.min(Math.max(-(out[j] + bias[j - row]), -LIMIT), LIMIT);
        out[j] = 1f / (1f + (float) Math.exp(x)) + Exponential.FLUSH - Exponential.FLUSH;
      }
    }
  }

  /**
   * {@code a = log(a)} for normal positive numbers, or NaN. With {@code a = 2^n m}, {@code m}
   * between {@code sqrt(1/2)} and {@code sqrt(2)}, and {@code s = (m - 1) / (m + 1)}, it is {@code
   * n ln 2 + 2 (s + s^3/3 + ... + s^9/9)}: within 1e-9, but for rounding.
   *
   * @param count whole vectors
   */
  static void logarithm(int count, float[] a) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector x = fromArray(SPECIES, a, i);
      IntVector bits = x.reinterpretAsInts().sub(BITS_OF_SQRT_HALF);
      FloatVector n = (FloatVector) bits.lanewise(ASHR, 23).convert(I2F, 0);
      FloatVector m = bits.and(BITS_OF_MANTISSA).add(BITS_OF_SQRT_HALF).reinterpretAsFloats();
      FloatVector s = m.sub(ONE).div(m.add(ONE));
      FloatVector z = s.mul(s);
      FloatVector p = z.fma(OVER_9, OVER_7).fma(z, OVER_5).fma(z, OVER_3);
      FloatVector q = p.mul(z).fma(s, s).mul(TWO);
      // x - x is 0, or NaN
      n.fma(LN2_HIGH, n.fma(LN2_LOW, q)).add(x.sub(x)).intoArray(a, i);
    }
  }
}
