package io.nnem.nd4j;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.openblas.global.openblas;

/** Products of row-major matrices by their addresses. */
final class Blas {

  private Blas() {}

  /** {@code c = a b + beta c}; a is m x k, b is k x n. */
  static void multiply(Scratch s, int m, int n, int k, long a, long b, float beta, long c) {
    multiply(s, CblasNoTrans, CblasNoTrans, m, n, k, a, b, beta, c);
  }

  /** {@code c = a' b + beta c}; a is k x m, b is k x n. */
  static void multiplyFirstTransposed(
      Scratch s, int m, int n, int k, long a, long b, float beta, long c) {
    multiply(s, CblasTrans, CblasNoTrans, m, n, k, a, b, beta, c);
  }

  /** {@code c = a b' + beta c}; a is m x k, b is n x k. */
  static void multiplySecondTransposed(
      Scratch s, int m, int n, int k, long a, long b, float beta, long c) {
    multiply(s, CblasNoTrans, CblasTrans, m, n, k, a, b, beta, c);
  }

  private static void multiply(
      Scratch s, int first, int second, int m, int n, int k, long a, long b, float beta, long c) {
    openblas.cblas_sgemm(
        CblasRowMajor,
        first,
        second,
        m,
        n,
        k,
        1f,
        s.first.at(a),
        first == CblasTrans ? m : k,
        s.second.at(b),
        second == CblasTrans ? k : n,
        beta,
        s.third.at(c),
        n);
  }
}
