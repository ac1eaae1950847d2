package io.nnem.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrices for tests: random ones, and whether two are the same. */
final class Matrices {

  private Matrices() {}

  /** Fills a matrix with numbers from -1 to 1. */
  static INDArray random(Nd4jTensors tensors, INDArray matrix, SplittableRandom random) {
    float[] floats = new float[tensors.rows(matrix) * tensors.columns(matrix)];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) random.nextDouble(-1, 1);
    }
    tensors.copyIn(floats, matrix);
    return matrix;
  }

  /** To a hundred-thousandth of the largest element. */
  static void same(Nd4jTensors tensors, INDArray expected, INDArray actual) {
    float[] x = new float[tensors.rows(expected) * tensors.columns(expected)];
    float[] y = new float[x.length];
    tensors.copyOut(expected, x);
    tensors.copyOut(actual, y);
    float most = 0;
    for (float element : x) {
      most = Math.max(most, Math.abs(element));
    }
    assertThat(most).isPositive();
    float worst = 0;
    for (int i = 0; i < x.length; i++) {
      worst = Math.max(worst, Math.abs(x[i] - y[i])); // NaN if there is one
    }
    assertThat(worst).isLessThan(1e-5f * most);
  }
}
