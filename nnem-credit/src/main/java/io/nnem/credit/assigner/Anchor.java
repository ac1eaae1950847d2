package io.nnem.credit.assigner;

import io.nnem.core.GrowingRows;
import io.nnem.core.Tensors;
import java.util.Arrays;

/**
 * Carries gradients from stored keys to fresh ones, and keeps the fresh ones near. For a memory
 * with stored key {@code k}, fresh key {@code f}, their directions {@code a} and {@code b}, {@code
 * c = a . b}, and dLoss/dKey {@code g} (which is orthogonal to {@code a}):
 *
 * <pre>{@code
 * R g = g - (g . b) / (1 + c) (a + b)                       turned as a is turned into b
 * h   = |k|/|f| (R g - anchor r (a - c b)),                 r^2 = mean over the memories of |g|^2
 * }</pre>
 *
 * <p>{@code h} is orthogonal to {@code b}. Its last part is the gradient, with respect to {@code
 * f}, of {@code anchor r |k| (1 - c)}.
 */
final class Anchor<T> implements AutoCloseable {

  /** Of keys that differ by no more than rounding, the gradient is taken as it is, to the bit. */
  private static final double SAME = 1e-9;

  private static final double SAME_LENGTH = 1e-6;

  /** Opposite directions have no turn; what is nearly opposite is turned a little less. */
  private static final double LEAST = 1e-3;

  private static final double SHORTEST = 1e-8; // as in a reading

  private final Tensors<T> tensors;
  private final int size;
  private final double anchor;
  private final GrowingRows<T> carried;
  private final GrowingRows<T> changes;
  private double mismatch;
  private double[] k = new double[0];
  private double[] f;
  private double[] g;

  Anchor(Tensors<T> tensors, int keySize, double anchor) {
    this.tensors = tensors;
    this.size = keySize;
    this.anchor = anchor;
    this.carried = new GrowingRows<>(tensors, keySize);
    this.changes = new GrowingRows<>(tensors, keySize);
  }

  /**
   * The gradients at the fresh keys.
   *
   * @param stored {@code n x d}
   * @param fresh {@code n x d}
   * @param gradient dLoss/dStored, {@code n x d}
   * @param unit {@code r}
   * @return {@code n x d}, valid until the next call
   */
  T carry(T stored, T fresh, T gradient, double unit) {
    int rows = tensors.rows(stored);
    if (k.length < rows * size) {
      k = new double[rows * size];
      f = new double[rows * size];
      g = new double[rows * size];
    }
    tensors.copyOut(stored, k);
    tensors.copyOut(fresh, f);
    tensors.copyOut(gradient, g);
    mismatch = 0;
    for (int row = 0; row < rows; row++) {
      replaceByChange(row * size, unit);
    }
    // The gradient itself keeps all its digits.
    T change = changes.first(rows);
    tensors.copyIn(g, change);
    T out = carried.first(rows);
    tensors.copy(gradient, out);
    tensors.addScaled(1, change, out);
    return out;
  }

  /** Puts {@code h - g} in place of {@code g}. */
  private void replaceByChange(int from, double unit) {
    int to = from + size;
    double keyLength = Math.max(Math.sqrt(dot(k, k, from, to)), SHORTEST);
    double freshLength = Math.max(Math.sqrt(dot(f, f, from, to)), SHORTEST);
    double cosine = dot(k, f, from, to) / (keyLength * freshLength);
    mismatch += mismatch(cosine);
    double ratio = keyLength / freshLength;
    if (1 - cosine < SAME && Math.abs(1 - ratio) < SAME_LENGTH) {
      Arrays.fill(g, from, to, 0);
      return;
    }
    double turn = dot(g, f, from, to) / freshLength / Math.max(1 + cosine, LEAST);
    double pull = anchor * unit;
    for (int j = from; j < to; j++) {
      double a = k[j] / keyLength;
      double b = f[j] / freshLength;
      double h = ratio * (g[j] - turn * (a + b) - pull * (a - cosine * b));
      g[j] = h - g[j];
    }
  }

  /** Of the latest {@link #carry}: the sum of {@link #mismatch(double)}; 0 before there was one. */
  double mismatch() {
    return mismatch;
  }

  /** The part of a unit vector's square that is not along another: {@code 1 - c^2}. */
  static double mismatch(double cosine) {
    return cosine > 0 ? 1 - cosine * cosine : 1;
  }

  static double cosine(double[] x, double[] y, int from, int to) {
    double lengths = Math.sqrt(dot(x, x, from, to)) * Math.sqrt(dot(y, y, from, to));
    return dot(x, y, from, to) / Math.max(lengths, SHORTEST * SHORTEST);
  }

  private static double dot(double[] x, double[] y, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += x[j] * y[j];
    }
    return sum;
  }

  @Override
  public void close() {
    carried.close();
    changes.close();
  }
}
