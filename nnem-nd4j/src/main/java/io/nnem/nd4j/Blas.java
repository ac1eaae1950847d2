package io.nnem.nd4j;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.openblas.global.openblas;

/** Products of row-major matrices by their addresses. */
final class Blas {

  private Blas() {}

  /** The dot product of two vectors. */
  static float dot(Scratch s, int n, long a, long b) {
    return openblas.cblas_sdot(n, s.first.at(a), 1, s.second.at(b), 1);
  }

  /** {@code c = a b + beta c}; a is m x k, b is k x n. */
  static void multiply(Scratch s, int m, int n, int k, long a, long b, float beta, long c) {
    multiply(s, CblasNoTrans, CblasNoTrans, m, n, k, a, b, beta, c);
  }

  /** {@code c = a' b + beta c}; a is k x m, b is k x n. */
  static void multiplyFirstTransposed(
      Scratch s, int m, int n, int k, long a, long b, float beta, long c) {
    multiply(s, CblasTrans, CblasNoTrans, m, n, k, a, b, beta, c);
  }

  /** {@code c = a' b + c}; a is the first m of the columns of a k x columns matrix, b k x n. */
  static void addFirstTransposed(
      Scratch s, int m, int n, int k, long a, int columns, long b, long c) {
    multiply(s, CblasTrans, CblasNoTrans, m, n, k, a, columns, b, n, 1, c);
  }

  /** {@code c = a b' + beta c}; a is m x k, b is n x k. */
  static void multiplySecondTransposed(
      Scratch s, int m, int n, int k, long a, long b, float beta, long c) {
    multiply(s, CblasNoTrans, CblasTrans, m, n, k, a, b, beta, c);
  }

  private static void multiply(
      Scratch s, int first, int second, int m, int n, int k, long a, long b, float beta, long c) {
    int aColumns = first == CblasTrans ? m : k;
    int bColumns = second == CblasTrans ? k : n;
    multiply(s, first, second, m, n, k, a, aColumns, b, bColumns, beta, c);
  }

  private static void multiply(
      Scratch s,
      int first,
      int second,
      int m,
      int n,
      int k,
      long a,
      int aColumns,
      long b,
      int bColumns,
      float beta,
      long c) {
    openblas.cblas_sgemm(
        CblasRowMajor,
        first,
        second,
        m,
        n,
        k,
        1f,
        s.first.at(a),
        aColumns,
        s.second.at(b),
        bColumns,
        beta,
        s.third.at(c),
        n);
  }
}
