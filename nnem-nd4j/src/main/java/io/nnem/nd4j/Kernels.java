package io.nnem.nd4j;

import io.nnem.core.Activation;
import io.nnem.core.Loss;

/**
 * Loops over arrays, most of them simple enough for the compiler to vectorise. This is the path
 * that is always there; {@code VectorKernels} goes over what the compiler leaves scalar.
 */
class Kernels {

  private final RowKernels rowKernels = new RowKernels(this);

  /** What computes here, in words. */
  String description() {
    return "scalar loops";
  }

  /** The loops over the rows of a tile. */
  RowKernels rowKernels() {
    return rowKernels;
  }

  /** Adds a bias to each row, and applies the activation. */
  void activate(
      Scratch scratch, Activation activation, float[] bias, int rows, int columns, float[] out) {
    for (int i = 0; i < rows; i++) {
      int row = i * columns;
      for (int j = 0; j < columns; j++) {
        out[row + j] += bias[j];
      }
    }
    int count = rows * columns;
    switch (activation) {
      case LINEAR -> {}
      case RELU -> {
        for (int i = 0; i < count; i++) {
          out[i] = Math.max(out[i], 0f);
        }
      }
      case TANH -> {
        for (int i = 0; i < count; i++) {
          out[i] = (float) Math.tanh(out[i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < count; i++) {
          out[i] = -out[i];
        }
        exponentiate(scratch, count, out);
        for (int i = 0; i < count; i++) {
          out[i] = 1f / (1f + out[i]) + Exponential.FLUSH - Exponential.FLUSH;
        }
      }
    }
  }

  /** {@code a = exp(a)} for numbers that are at most 41, or NaN. */
  void exponentiate(Scratch scratch, int count, float[] a) {
    Exponential.apply(scratch, count, a);
  }

  /** Multiplies a gradient by the activation's slope, written in terms of its output. */
  void slope(Activation activation, float[] out, int count, float[] gradient) {
    switch (activation) {
      case LINEAR -> {}
      case RELU -> {
        for (int i = 0; i < count; i++) {
          gradient[i] = out[i] <= 0f ? 0f : gradient[i];
        }
      }
      case TANH -> {
        for (int i = 0; i < count; i++) {
          gradient[i] *= 1f - out[i] * out[i];
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < count; i++) {
          gradient[i] *= out[i] * (1f - out[i]);
        }
      }
    }
  }

  /** Adds each column's sum over the rows. */
  void addColumnSums(float[] matrix, int rows, int columns, float[] sums) {
    for (int i = 0; i < rows; i++) {
      int row = i * columns;
      for (int j = 0; j < columns; j++) {
        sums[j] += matrix[row + j];
      }
    }
  }

  /** {@code a = scale scales a}; gives the largest, or NaN if there is one. */
  float scaleAndMax(float scale, float[] scales, int count, float[] a) {
    scale(scale, scales, count, a);
    float m0 = Float.NEGATIVE_INFINITY;
    float m1 = m0;
    float m2 = m0;
    float m3 = m0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      m0 = Math.max(m0, a[i]);
      m1 = Math.max(m1, a[i + 1]);
      m2 = Math.max(m2, a[i + 2]);
      m3 = Math.max(m3, a[i + 3]);
    }
    for (; i < count; i++) {
      m0 = Math.max(m0, a[i]);
    }
    return Math.max(Math.max(m0, m1), Math.max(m2, m3));
  }

  /**
   * Products, a row for each key and a column for each query, become weights that are not
   * normalised yet: {@code exp((s - 1) steepness)}, or {@code max(1 + s, 0)}; takes the largest
   * similarity and the sum of each column along.
   *
   * @param steepness of the softmax; 0 for the plain normalisation
   * @param a the products; {@code rows x columns}
   * @param keyScales one over the length of each key, from {@code firstKey} on
   * @param queryScales one over the length of each query
   */
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
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        float s = a[j * columns + i] * keyScales[firstKey + j] * queryScales[i];
        best[i] = Math.max(best[i], s);
        a[j * columns + i] = steepness > 0 ? (s - 1f) * steepness : Math.max(1f + s, 0f);
      }
    }
    if (steepness > 0) {
      exponentiate(Scratch.own(), rows * columns, a);
    }
    addColumnSums(a, rows, columns, totals);
  }

  /**
   * The backward pass for the same layout: products become {@code ds / |q|}.
   *
   * @param steepness of the softmax; 0 for the plain normalisation
   * @param a the products, overwritten
   * @param g dLoss/dWeight
   * @param best of each query
   * @param factors one over the total of each query
   * @param means what each query's {@code g} are on average
   * @param keySums receives, from {@code firstKey} on, each key's sum of {@code ds s}
   * @param weights receives, likewise, each key's sum of weights
   * @param querySums each query's sum of {@code ds s} is added
   */
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
    float[] w = Scratch.own().tile(11, columns);
    for (int j = 0; j < rows; j++) {
      int row = j * columns;
      for (int i = 0; i < columns; i++) {
        a[row + i] *= keyScales[firstKey + j] * queryScales[i];
        w[i] = steepness > 0 ? (a[row + i] - best[i]) * steepness : Math.max(1f + a[row + i], 0f);
      }
      if (steepness > 0) {
        exponentiate(Scratch.own(), columns, w);
      }
      float sum = 0;
      float weight = 0;
      for (int i = 0; i < columns; i++) {
        float s = a[row + i];
        w[i] *= factors[i];
        float ds = (steepness > 0 ? w[i] * steepness : factors[i]) * (g[row + i] - means[i]);
        sum += ds * s;
        weight += w[i];
        querySums[i] += ds * s;
        a[row + i] = ds * queryScales[i];
      }
      keySums[firstKey + j] = sum;
      weights[firstKey + j] = weight;
    }
  }

  /** {@code a = scale scales a}. */
  void scale(float scale, float[] scales, int count, float[] a) {
    for (int j = 0; j < count; j++) {
      a[j] *= scale * scales[j];
    }
  }

  /** {@code a = exp((a - zero) factor)}, exponents being 0 at most; gives the sum. */
  double exponentials(Scratch scratch, float zero, float factor, int count, float[] a) {
    for (int j = 0; j < count; j++) {
      a[j] = (a[j] - zero) * factor;
    }
    exponentiate(scratch, count, a);
    return sum(a, count);
  }

  /** {@code a = max(1 + a, 0)}; gives the sum. */
  double aboveOpposite(int count, float[] a) {
    for (int j = 0; j < count; j++) {
      a[j] = Math.max(1 + a[j], 0f);
    }
    return sum(a, count);
  }

  /** {@code w = factor w; g = w (g - mean) steepness}. */
  void softmaxSlope(float factor, float mean, float steepness, int count, float[] w, float[] g) {
    for (int j = 0; j < count; j++) {
      w[j] *= factor;
      g[j] = w[j] * (g[j] - mean) * steepness;
    }
  }

  /** {@code w = factor w; g = factor (g - mean)}. */
  void sumSlope(float factor, float mean, int count, float[] w, float[] g) {
    for (int j = 0; j < count; j++) {
      w[j] *= factor;
      g[j] = factor * (g[j] - mean);
    }
  }

  /** {@code sums += ds s; weights += w; ds = scale ds}. */
  void gather(
      int count, float[] s, float[] w, float scale, float[] ds, float[] sums, float[] weights) {
    for (int j = 0; j < count; j++) {
      sums[j] += ds[j] * s[j];
      weights[j] += w[j];
      ds[j] *= scale;
    }
  }

  /** {@code g = (g - along x) scale}, of stretches. */
  void project(float[] x, int from, int count, float along, float scale, float[] g) {
    for (int j = from; j < from + count; j++) {
      g[j] = (g[j] - along * x[j]) * scale;
    }
  }

  /** The sum of an array; blocks in single, their sums in double precision. */
  double sum(float[] a, int count) {
    double sum = 0;
    for (int from = 0; from < count; from += Scratch.TILE) {
      int to = Math.min(from + Scratch.TILE, count);
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      int i = from;
      for (; i + 3 < to; i += 4) {
        s0 += a[i];
        s1 += a[i + 1];
        s2 += a[i + 2];
        s3 += a[i + 3];
      }
      for (; i < to; i++) {
        s0 += a[i];
      }
      sum += (s0 + s1) + (s2 + s3);
    }
    return sum;
  }

  /** The dot product of two stretches; four sums at once, since one would wait for itself. */
  float dot(float[] a, int aFrom, float[] b, int bFrom, int count) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      s0 += a[aFrom + i] * b[bFrom + i];
      s1 += a[aFrom + i + 1] * b[bFrom + i + 1];
      s2 += a[aFrom + i + 2] * b[bFrom + i + 2];
      s3 += a[aFrom + i + 3] * b[bFrom + i + 3];
    }
    for (; i < count; i++) {
      s0 += a[aFrom + i] * b[bFrom + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code to[i] = from[place + i]}. */
  void widen(byte[] from, int place, int count, float[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = from[place + i];
    }
  }

  void scale(float factor, int count, float[] a) {
    scale(factor, a, 0, count);
  }

  void scale(float factor, float[] a, int from, int count) {
    for (int i = from; i < from + count; i++) {
      a[i] *= factor;
    }
  }

  void addScaled(float factor, float[] source, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] += factor * source[i];
    }
  }

  void adam(
      float rate,
      float mScale,
      float vScale,
      int count,
      float[] g,
      float[] m,
      float[] v,
      float[] p) {
    for (int i = 0; i < count; i++) {
      // Adding and taking away rounds to 0 what is nothing beside epsilon, before it is denormal.
      float mNew = 0.9f * m[i] + 0.1f * g[i] + 1e-20f - 1e-20f;
      float vNew = 0.999f * v[i] + 0.001f * (g[i] * g[i]) + 1e-25f - 1e-25f;
      m[i] = mNew;
      v[i] = vNew;
      p[i] -= rate * (mNew * mScale) / ((float) Math.sqrt(vNew * vScale) + 1e-8f);
    }
  }

  /** Sums the loss of each element, and leaves {@code factor} times its slope in {@code p}. */
  double loss(Loss loss, float factor, int count, float[] p, float[] t) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += loss.value(p[i], t[i]);
      p[i] = (float) (loss.slope(p[i], t[i]) * factor);
    }
    return sum;
  }
}
