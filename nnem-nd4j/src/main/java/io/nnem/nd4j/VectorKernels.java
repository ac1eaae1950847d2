package io.nnem.nd4j;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.nnem.core.Activation;
import io.nnem.core.Loss;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops by the Vector API, for what the compiler leaves scalar: sums, maxima, exponentials,
 * logarithms, and rows too short for its own loops. What is left over at the end of a row is done
 * one by one.
 *
 * <p>Lanes are added up, and logarithms taken, by our own hand: {@code reduceLanes(ADD)} may add in
 * any order, and {@code lanewise(LOG)} round as it likes, so that the compiler changes their bits
 * when it comes to them in the middle of a run.
 *
 * <p>This class is compiled by itself and loaded by name, since its module may not be there.
 */
final class VectorKernels extends Kernels {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);

  private static final float LIMIT = 41f; // as in Exponential
  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0x1.63p-1f;
  private static final float LN2_LOW = (float) (0.6931471805599453 - LN2_HIGH);
  private static final float ROUNDER = 0x1.8p23f;
  private static final float FLUSH = Exponential.FLUSH;
  private static final float MARGIN = 1e-7f; // as in Loss
  private static final int SQRT_HALF = 0x3f3504f3; // its bits

  private final RowKernels rowKernels = new VectorRowKernels(this);

  @Override
  RowKernels rowKernels() {
    return rowKernels;
  }

  @Override
  String description() {
    return "Vector API, " + SPECIES.vectorBitSize() + " bits";
  }

  private static FloatVector at(float[] a, int i) {
    return FloatVector.fromArray(SPECIES, a, i);
  }

  /** The sum of the lanes, always in the same order: halves, then halves of the halves. */
  private static float fold(float[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }

  /**
   * {@code a = exp(a)}, as {@link Exponential} does it. A loop of its own over an array, not a
   * function of a vector: where the compiler does not inline such a function, each call makes
   * objects, and is a hundred times slower.
   */
  @Override
  void exponentiate(Scratch scratch, int count, float[] a) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector y = at(a, i).max(-LIMIT).min(LIMIT);
      FloatVector rounded = y.mul(LOG2_E).add(ROUNDER);
      FloatVector n = rounded.sub(ROUNDER);
      FloatVector f = y.sub(n.mul(LN2_HIGH)).sub(n.mul(LN2_LOW));
      FloatVector p = f.mul(1f / 5040).add(1f / 720);
      p = p.mul(f).add(1f / 120);
      p = p.mul(f).add(1f / 24);
      p = p.mul(f).add(1f / 6);
      p = p.mul(f).add(0.5f);
      p = p.mul(f).add(1f);
      p = p.mul(f).add(1f);
      FloatVector power =
          rounded.reinterpretAsInts().lanewise(LSHL, 23).add(0x3f800000).reinterpretAsFloats();
      p.mul(power).add(FLUSH).sub(FLUSH).intoArray(a, i);
    }
    for (int i = whole; i < count; i++) {
      a[i] = exp(a[i]);
    }
  }

  private static float exp(float x) {
    return (float) Math.exp(Math.min(Math.max(x, -LIMIT), LIMIT)) + FLUSH - FLUSH;
  }

  @Override
  void activate(
      Scratch scratch, Activation activation, float[] bias, int rows, int columns, float[] out) {
    if (activation == Activation.SIGMOID) {
      sigmoid(bias, rows, columns, out);
      return;
    }
    if (activation == Activation.TANH) {
      super.activate(scratch, activation, bias, rows, columns, out);
      return;
    }
    int whole = SPECIES.loopBound(columns);
    for (int i = 0; i < rows; i++) {
      int row = i * columns;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector x = at(out, row + j).add(at(bias, j));
        (activation == Activation.RELU ? x.max(0f) : x).intoArray(out, row + j);
      }
      for (int j = whole; j < columns; j++) {
        float x = out[row + j] + bias[j];
        out[row + j] = activation == Activation.RELU ? Math.max(x, 0f) : x;
      }
    }
  }

  /** {@code 1 / (1 + exp(-x))} in one pass; the exponential is {@link #exponentiate}'s. */
  private static void sigmoid(float[] bias, int rows, int columns, float[] out) {
    int whole = SPECIES.loopBound(columns);
    for (int row = 0; row < rows * columns; row += columns) {
      for (int j = 0; j < whole; j += LANES) {
        FloatVector x = at(out, row + j).add(at(bias, j));
        FloatVector y = x.neg().max(-LIMIT).min(LIMIT);
        FloatVector rounded = y.mul(LOG2_E).add(ROUNDER);
        FloatVector n = rounded.sub(ROUNDER);
        FloatVector f = y.sub(n.mul(LN2_HIGH)).sub(n.mul(LN2_LOW));
        FloatVector p = f.mul(1f / 5040).add(1f / 720);
        p = p.mul(f).add(1f / 120);
        p = p.mul(f).add(1f / 24);
        p = p.mul(f).add(1f / 6);
        p = p.mul(f).add(0.5f);
        p = p.mul(f).add(1f);
        p = p.mul(f).add(1f);
        FloatVector power =
            rounded.reinterpretAsInts().lanewise(LSHL, 23).add(0x3f800000).reinterpretAsFloats();
        FloatVector e = p.mul(power).add(FLUSH).sub(FLUSH);
        ONE.div(e.add(1f)).add(FLUSH).sub(FLUSH).intoArray(out, row + j);
      }
      for (int j = row + whole; j < row + columns; j++) {
        out[j] = 1f / (1f + exp(-(out[j] + bias[j - row]))) + FLUSH - FLUSH;
      }
    }
  }

  @Override
  void slope(Activation activation, float[] out, int count, float[] gradient) {
    if (activation != Activation.RELU) {
      super.slope(activation, out, count, gradient);
      return;
    }
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector y = at(out, i);
      at(gradient, i).blend(0f, y.compare(LE, 0f)).intoArray(gradient, i);
    }
    for (int i = whole; i < count; i++) {
      gradient[i] = out[i] <= 0f ? 0f : gradient[i];
    }
  }

  @Override
  void addColumnSums(float[] matrix, int rows, int columns, float[] sums) {
    int whole = SPECIES.loopBound(columns);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector sum = at(sums, j);
      for (int i = 0; i < rows; i++) {
        sum = sum.add(at(matrix, i * columns + j));
      }
      sum.intoArray(sums, j);
    }
    for (int i = 0; i < rows; i++) {
      for (int j = whole; j < columns; j++) {
        sums[j] += matrix[i * columns + j];
      }
    }
  }

  @Override
  float scaleAndMax(float scale, float[] scales, int count, float[] a) {
    FloatVector most = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector s = at(a, i).mul(at(scales, i)).mul(scale);
      s.intoArray(a, i);
      most = most.max(s);
    }
    float max = most.reduceLanes(MAX);
    for (int i = whole; i < count; i++) {
      a[i] *= scales[i] * scale;
      max = Math.max(max, a[i]);
    }
    return max;
  }

  @Override
  void weigh(
      float steepness,
      float[] a,
      int rows,
      int columns,
      float[] keyScales,
      int firstKey,
      float[] queryScales,
      float[] best,
      float[] totals) {
    for (int i = 0; i < columns; i += LANES) {
      FloatVector query = at(queryScales, i);
      FloatVector most = at(best, i);
      for (int j = 0; j < rows; j++) {
        FloatVector s = at(a, j * columns + i).mul(query).mul(keyScales[firstKey + j]);
        most = most.max(s);
        FloatVector w = steepness > 0 ? s.sub(1f).mul(steepness) : s.add(1f).max(0f);
        w.intoArray(a, j * columns + i);
      }
      most.intoArray(best, i);
    }
    if (steepness > 0) {
      exponentiate(Scratch.own(), rows * columns, a);
    }
    addColumnSums(a, rows, columns, totals);
  }

  @Override
  void slopes(
      float steepness,
      float[] a,
      float[] g,
      int rows,
      int columns,
      float[] keyScales,
      int firstKey,
      float[] queryScales,
      float[] best,
      float[] factors,
      float[] means,
      float[] keySums,
      float[] weights,
      float[] querySums) {
    Scratch scratch = Scratch.own();
    float[] weight = scratch.tile(11, rows * columns);
    for (int j = 0; j < rows; j++) {
      float key = keyScales[firstKey + j];
      for (int i = 0; i < columns; i += LANES) {
        int place = j * columns + i;
        FloatVector s = at(a, place).mul(at(queryScales, i)).mul(key);
        s.intoArray(a, place);
        FloatVector w = steepness > 0 ? s.sub(at(best, i)).mul(steepness) : s.add(1f).max(0f);
        w.intoArray(weight, place);
      }
    }
    if (steepness > 0) {
      exponentiate(scratch, rows * columns, weight);
    }
    float[] lanes = scratch.lanes;
    for (int j = 0; j < rows; j++) {
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector all = FloatVector.zero(SPECIES);
      for (int i = 0; i < columns; i += LANES) {
        int place = j * columns + i;
        FloatVector factor = at(factors, i);
        FloatVector w = at(weight, place).mul(factor);
        FloatVector rest = at(g, place).sub(at(means, i));
        FloatVector ds = steepness > 0 ? w.mul(rest).mul(steepness) : rest.mul(factor);
        FloatVector along = ds.mul(at(a, place));
        sum = sum.add(along);
        all = all.add(w);
        at(querySums, i).add(along).intoArray(querySums, i);
        ds.mul(at(queryScales, i)).intoArray(a, place);
      }
      sum.intoArray(lanes, 0);
      keySums[firstKey + j] = fold(lanes);
      all.intoArray(lanes, 0);
      weights[firstKey + j] = fold(lanes);
    }
  }

  @Override
  double sum(float[] a, int count) {
    FloatVector sums = FloatVector.zero(SPECIES);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      sums = sums.add(at(a, i));
    }
    float[] lanes = Scratch.own().lanes;
    sums.intoArray(lanes, 0);
    double sum = fold(lanes);
    for (int i = whole; i < count; i++) {
      sum += a[i];
    }
    return sum;
  }

  @Override
  float dot(float[] a, int aFrom, float[] b, int bFrom, int count) {
    FloatVector sums = FloatVector.zero(SPECIES);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      sums = at(a, aFrom + i).fma(at(b, bFrom + i), sums);
    }
    float[] lanes = Scratch.own().lanes;
    sums.intoArray(lanes, 0);
    float sum = fold(lanes);
    for (int i = whole; i < count; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  @Override
  void project(float[] x, int from, int count, float along, float scale, float[] g) {
    int whole = SPECIES.loopBound(count);
    for (int i = from; i < from + whole; i += LANES) {
      at(g, i).sub(at(x, i).mul(along)).mul(scale).intoArray(g, i);
    }
    for (int i = from + whole; i < from + count; i++) {
      g[i] = (g[i] - along * x[i]) * scale;
    }
  }

  @Override
  void adam(
      float rate,
      float mScale,
      float vScale,
      int count,
      float[] g,
      float[] m,
      float[] v,
      float[] p) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector gradient = at(g, i);
      FloatVector mNew = at(m, i).mul(0.9f).add(gradient.mul(0.1f)).add(1e-20f).sub(1e-20f);
      FloatVector vNew =
          at(v, i).mul(0.999f).add(gradient.mul(gradient).mul(0.001f)).add(1e-25f).sub(1e-25f);
      mNew.intoArray(m, i);
      vNew.intoArray(v, i);
      FloatVector step = mNew.mul(mScale * rate).div(vNew.mul(vScale).sqrt().add(1e-8f));
      at(p, i).sub(step).intoArray(p, i);
    }
    for (int i = whole; i < count; i++) {
      m[i] = 0.9f * m[i] + 0.1f * g[i] + 1e-20f - 1e-20f;
      v[i] = 0.999f * v[i] + 0.001f * (g[i] * g[i]) + 1e-25f - 1e-25f;
      p[i] -= rate * mScale * m[i] / ((float) Math.sqrt(v[i] * vScale) + 1e-8f);
    }
  }

  @Override
  double loss(Loss loss, float factor, int count, float[] p, float[] t) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> binaryCrossEntropy(factor, count, p, t);
      case SQUARED_ERROR -> squaredError(factor, count, p, t);
      default -> super.loss(loss, factor, count, p, t);
    };
  }

  private static double squaredError(float factor, int count, float[] p, float[] t) {
    FloatVector sums = FloatVector.zero(SPECIES);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector error = at(p, i).sub(at(t, i));
      sums = error.fma(error, sums);
      error.mul(factor).intoArray(p, i);
    }
    float[] lanes = Scratch.own().lanes;
    sums.intoArray(lanes, 0);
    double sum = fold(lanes);
    for (int i = whole; i < count; i++) {
      float error = p[i] - t[i];
      sum += error * error;
      p[i] = error * factor;
    }
    return sum / 2;
  }

  private static double binaryCrossEntropy(float factor, int count, float[] p, float[] t) {
    Scratch scratch = Scratch.own();
    int whole = SPECIES.loopBound(count);
    float[] logs = scratch.tile(5, whole);
    float[] restLogs = scratch.tile(6, whole);
    for (int i = 0; i < whole; i += LANES) {
      // NaN goes through max and min, so that a divergence stays visible.
      FloatVector prediction = at(p, i);
      FloatVector q = prediction.max(MARGIN).min(1f - MARGIN);
      FloatVector rest = ONE.sub(prediction).max(MARGIN).min(1f - MARGIN);
      q.intoArray(logs, i);
      rest.intoArray(restLogs, i);
      q.sub(at(t, i)).div(q.mul(rest)).mul(factor).intoArray(p, i);
    }
    logarithm(whole, logs);
    logarithm(whole, restLogs);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector restLog = at(restLogs, i);
      sums = sums.add(restLog.add(at(t, i).mul(at(logs, i).sub(restLog))));
    }
    float[] lanes = scratch.lanes;
    sums.intoArray(lanes, 0);
    double sum = -fold(lanes);
    for (int i = whole; i < count; i++) {
      sum += Loss.BINARY_CROSS_ENTROPY.value(p[i], t[i]);
      p[i] = (float) (Loss.BINARY_CROSS_ENTROPY.slope(p[i], t[i]) * factor);
    }
    return sum;
  }

  /**
   * {@code a = log(a)} for normal positive numbers, or NaN. With {@code a = 2^n m}, {@code m}
   * between {@code sqrt(1/2)} and {@code sqrt(2)}, and {@code s = (m - 1) / (m + 1)}, it is {@code
   * n ln 2 + 2 (s + s^3/3 + ... + s^9/9)}: within 1e-9, but for rounding.
   *
   * @param count whole vectors
   */
  private static void logarithm(int count, float[] a) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector x = at(a, i);
      IntVector bits = x.reinterpretAsInts().sub(SQRT_HALF);
      FloatVector n = (FloatVector) bits.lanewise(ASHR, 23).convert(I2F, 0);
      FloatVector m = bits.and(0x7fffff).add(SQRT_HALF).reinterpretAsFloats();
      FloatVector s = m.sub(1f).div(m.add(1f));
      FloatVector z = s.mul(s);
      FloatVector p = z.mul(1f / 9).add(1f / 7);
      p = p.mul(z).add(1f / 5);
      p = p.mul(z).add(1f / 3);
      p = p.mul(z).mul(s).add(s).mul(2f);
      // x - x is 0, or NaN
      n.mul(LN2_HIGH).add(n.mul(LN2_LOW).add(p)).add(x.sub(x)).intoArray(a, i);
    }
  }
}
