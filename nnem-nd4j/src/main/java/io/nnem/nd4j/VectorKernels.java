package io.nnem.nd4j;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.nnem.core.Activation;
import io.nnem.core.Loss;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
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
 * <p>No vector enters or leaves a method of ours, however small: once the compiler has come to such
 * a method by itself, it does not inline it where a call looks rare, and from then on each vector
 * that crosses the call is an object. Nor is one vector or another chosen by a condition: what is
 * chosen is a factor, before the loop. {@code VectorFunctions} says what else makes objects.
 *
 * <p>This class is compiled by itself and loaded by name, since its module may not be there.
 */
final class VectorKernels extends Kernels {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final VectorSpecies<Byte> BYTES =
      LANES < 8 ? null : VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));

  private static final float MARGIN = 1e-7f; // as in Loss
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);
  private static final FloatVector SMALLEST = FloatVector.broadcast(SPECIES, MARGIN);
  private static final FloatVector LARGEST = FloatVector.broadcast(SPECIES, 1f - MARGIN);

  private final RowKernels rowKernels = new VectorRowKernels(this);

  @Override
  RowKernels rowKernels() {
    return rowKernels;
  }

  @Override
  String description() {
    return "Vector API, " + SPECIES.vectorBitSize() + " bits";
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

  @Override
  void exponentiate(Scratch scratch, int count, float[] a) {
    VectorFunctions.exponentiate(scratch, count, a);
  }

  @Override
  void activate(
      Scratch scratch, Activation activation, float[] bias, int rows, int columns, float[] out) {
    if (activation == Activation.SIGMOID) {
      VectorFunctions.sigmoid(bias, rows, columns, out);
      return;
    }
    if (activation == Activation.TANH) {
      super.activate(scratch, activation, bias, rows, columns, out);
      return;
    }
    float least = activation == Activation.RELU ? 0f : Float.NEGATIVE_INFINITY;
    FloatVector floor = FloatVector.broadcast(SPECIES, least);
    int whole = SPECIES.loopBound(columns);
    for (int i = 0; i < rows; i++) {
      int row = i * columns;
      for (int j = 0; j < whole; j += LANES) {
        fromArray(SPECIES, out, row + j)
            .add(fromArray(SPECIES, bias, j))
            .max(floor)
            .intoArray(out, row + j);
      }
      for (int j = whole; j < columns; j++) {
        out[row + j] = Math.max(out[row + j] + bias[j], least);
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
      FloatVector y = fromArray(SPECIES, out, i);
      fromArray(SPECIES, gradient, i).blend(ZERO, y.compare(LE, ZERO)).intoArray(gradient, i);
    }
    for (int i = whole; i < count; i++) {
      gradient[i] = out[i] <= 0f ? 0f : gradient[i];
    }
  }

  /** Vectors of four floats have no vector of four bytes. */
  @Override
  void widen(byte[] from, int place, int count, float[] to) {
    int whole = BYTES == null ? 0 : SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      ((FloatVector) ByteVector.fromArray(BYTES, from, place + i).convertShape(B2F, SPECIES, 0))
          .intoArray(to, i);
    }
    for (int i = whole; i < count; i++) {
      to[i] = from[place + i];
    }
  }

  @Override
  void addColumnSums(float[] matrix, int rows, int columns, float[] sums) {
    int whole = SPECIES.loopBound(columns);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector sum = fromArray(SPECIES, sums, j);
      for (int i = 0; i < rows; i++) {
        sum = fromArray(SPECIES, matrix, i * columns + j).add(sum);
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
    FloatVector common = FloatVector.broadcast(SPECIES, scale);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector s = fromArray(SPECIES, a, i).mul(fromArray(SPECIES, scales, i)).mul(common);
      s.intoArray(a, i);
      most = s.max(most);
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
    boolean softmax = steepness > 0;
    FloatVector shift = FloatVector.broadcast(SPECIES, softmax ? 1f : -1f);
    FloatVector factor = FloatVector.broadcast(SPECIES, softmax ? steepness : 1f);
    FloatVector floor = FloatVector.broadcast(SPECIES, softmax ? Float.NEGATIVE_INFINITY : 0f);
    for (int i = 0; i < columns; i += LANES) {
      FloatVector query = fromArray(SPECIES, queryScales, i);
      FloatVector most = fromArray(SPECIES, best, i);
      for (int j = 0; j < rows; j++) {
        FloatVector s =
            fromArray(SPECIES, a, j * columns + i).mul(query).mul(keyScales[firstKey + j]);
        most = s.max(most);
        s.sub(shift).mul(factor).max(floor).intoArray(a, j * columns + i);
      }
      most.intoArray(best, i);
    }
    if (softmax) {
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
    boolean softmax = steepness > 0;
    float[] shift = best;
    if (!softmax) {
      shift = scratch.tile(5, columns);
      Arrays.fill(shift, 0, columns, -1f);
    }
    FloatVector factor = FloatVector.broadcast(SPECIES, softmax ? steepness : 1f);
    FloatVector floor = FloatVector.broadcast(SPECIES, softmax ? Float.NEGATIVE_INFINITY : 0f);
    for (int j = 0; j < rows; j++) {
      float key = keyScales[firstKey + j];
      for (int i = 0; i < columns; i += LANES) {
        int place = j * columns + i;
        FloatVector s =
            fromArray(SPECIES, a, place).mul(fromArray(SPECIES, queryScales, i)).mul(key);
        s.intoArray(a, place);
        s.sub(fromArray(SPECIES, shift, i)).mul(factor).max(floor).intoArray(weight, place);
      }
    }
    if (softmax) {
      exponentiate(scratch, rows * columns, weight);
    }
    // ds is w (g - mean) steepness, or factor (g - mean)
    FloatVector ofWeight = FloatVector.broadcast(SPECIES, softmax ? steepness : 0f);
    FloatVector ofFactor = FloatVector.broadcast(SPECIES, softmax ? 0f : 1f);
    float[] lanes = scratch.lanes;
    for (int j = 0; j < rows; j++) {
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector all = FloatVector.zero(SPECIES);
      for (int i = 0; i < columns; i += LANES) {
        int place = j * columns + i;
        FloatVector f = fromArray(SPECIES, factors, i);
        FloatVector w = fromArray(SPECIES, weight, place).mul(f);
        FloatVector ds =
            fromArray(SPECIES, g, place)
                .sub(fromArray(SPECIES, means, i))
                .mul(w.mul(ofWeight).add(f.mul(ofFactor)));
        FloatVector along = ds.mul(fromArray(SPECIES, a, place));
        sum = along.add(sum);
        all = w.add(all);
        along.add(fromArray(SPECIES, querySums, i)).intoArray(querySums, i);
        ds.mul(fromArray(SPECIES, queryScales, i)).intoArray(a, place);
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
      sums = fromArray(SPECIES, a, i).add(sums);
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
      sums = fromArray(SPECIES, a, aFrom + i).fma(fromArray(SPECIES, b, bFrom + i), sums);
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
    FloatVector a = FloatVector.broadcast(SPECIES, along);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    int whole = SPECIES.loopBound(count);
    for (int i = from; i < from + whole; i += LANES) {
      fromArray(SPECIES, g, i).sub(fromArray(SPECIES, x, i).mul(a)).mul(factor).intoArray(g, i);
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
    FloatVector mKept = FloatVector.broadcast(SPECIES, 0.9f);
    FloatVector mTaken = FloatVector.broadcast(SPECIES, 0.1f);
    FloatVector mFlush = FloatVector.broadcast(SPECIES, 1e-20f);
    FloatVector vKept = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector vTaken = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector vFlush = FloatVector.broadcast(SPECIES, 1e-25f);
    FloatVector mFactor = FloatVector.broadcast(SPECIES, mScale * rate);
    FloatVector vFactor = FloatVector.broadcast(SPECIES, vScale);
    FloatVector epsilon = FloatVector.broadcast(SPECIES, 1e-8f);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector gradient = fromArray(SPECIES, g, i);
      FloatVector mOld = fromArray(SPECIES, m, i).mul(mKept);
      FloatVector mNew = mOld.add(gradient.mul(mTaken)).add(mFlush).sub(mFlush);
      FloatVector vOld = fromArray(SPECIES, v, i).mul(vKept);
      FloatVector vNew = vOld.add(gradient.mul(gradient).mul(vTaken)).add(vFlush).sub(vFlush);
      mNew.intoArray(m, i);
      vNew.intoArray(v, i);
      FloatVector step = mNew.mul(mFactor).div(vNew.mul(vFactor).sqrt().add(epsilon));
      fromArray(SPECIES, p, i).sub(step).intoArray(p, i);
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
    FloatVector scale = FloatVector.broadcast(SPECIES, factor);
    FloatVector sums = FloatVector.zero(SPECIES);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector error = fromArray(SPECIES, p, i).sub(fromArray(SPECIES, t, i));
      sums = error.fma(error, sums);
      error.mul(scale).intoArray(p, i);
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

  private double binaryCrossEntropy(float factor, int count, float[] p, float[] t) {
    int whole = SPECIES.loopBound(count);
    float[] logs = Scratch.own().tile(5, 2 * whole); // of predictions, then of what they leave to 1
    FloatVector scale = FloatVector.broadcast(SPECIES, factor);
    for (int i = 0; i < whole; i += LANES) {
      // NaN goes through max and min, so that a divergence stays visible.
      FloatVector prediction = fromArray(SPECIES, p, i);
      FloatVector q = prediction.max(SMALLEST).min(LARGEST);
      FloatVector rest = ONE.sub(prediction).max(SMALLEST).min(LARGEST);
      q.intoArray(logs, i);
      rest.intoArray(logs, whole + i);
      q.sub(fromArray(SPECIES, t, i)).div(q.mul(rest)).mul(scale).intoArray(p, i);
    }
    VectorFunctions.logarithm(2 * whole, logs);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector restLog = fromArray(SPECIES, logs, whole + i);
      FloatVector difference = fromArray(SPECIES, logs, i).sub(restLog);
      restLog.add(fromArray(SPECIES, t, i).mul(difference)).intoArray(logs, i);
    }
    double sum = -sum(logs, whole);
    for (int i = whole; i < count; i++) {
      sum += Loss.BINARY_CROSS_ENTROPY.value(p[i], t[i]);
      p[i] = (float) (Loss.BINARY_CROSS_ENTROPY.slope(p[i], t[i]) * factor);
    }
    return sum;
  }
}
