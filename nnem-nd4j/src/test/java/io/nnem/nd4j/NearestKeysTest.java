package io.nnem.nd4j;

import static io.nnem.nd4j.Matrices.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Scope;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** However many threads look for the nearest keys, they find the same, bit for bit. */
class NearestKeysTest {

  @ParameterizedTest(name = "{0} queries, {1} keys, k {2}, seed 5")
  @CsvSource({"1,70001,32", "7,40003,1", "8,40003,7", "33,9001,100", "300,3001,3001"})
  void theBitsDoNotDependOnTheNumberOfThreads(int b, int n, int k) {
    try (Nd4jTensors one = new Nd4jTensors(1);
        Scope<INDArray> scope = one.newScope()) {
      SplittableRandom random = new SplittableRandom(5);
      INDArray queries = random(one, scope.zeros(b, 20), random);
      INDArray keys = random(one, scope.zeros(n, 20), random);
      one.copy(one.rowRange(keys, 0, 500), one.rowRange(keys, n - 500, n)); // equals, far apart
      int[] expected = new int[b * k];
      float[] expectedSimilarities = new float[b * k];
      one.nearest(queries, keys, k, expected, expectedSimilarities);
      for (int threads = 2; threads <= 3; threads++) {
        int[] indices = new int[b * k];
        float[] similarities = new float[b * k];
        try (Nd4jTensors several = new Nd4jTensors(threads)) {
          several.nearest(queries, keys, k, indices, similarities);
        }
        assertThat(indices).isEqualTo(expected);
        assertThat(similarities).isEqualTo(expectedSimilarities);
      }
    }
  }

  @ParameterizedTest(name = "{0} queries, {1} candidates each, seed 6")
  @CsvSource({"1,5003", "1,700", "7,1501", "33,40"})
  void norDoTheBitsOfCandidates(int b, int each) {
    try (Nd4jTensors one = new Nd4jTensors(1);
        Scope<INDArray> scope = one.newScope()) {
      SplittableRandom random = new SplittableRandom(6);
      INDArray queries = random(one, scope.zeros(b, 20), random);
      INDArray keys = random(one, scope.zeros(9001, 20), random);
      one.copy(one.rowRange(keys, 0, 500), one.rowRange(keys, 8000, 8500)); // equals, far apart
      int[] rows = new int[b * each];
      int[] ends = new int[b];
      Arrays.setAll(rows, i -> (int) (i * 7919L % 9001));
      Arrays.setAll(ends, i -> (i + 1) * each);
      int[] expected = new int[b * 9];
      float[] expectedSimilarities = new float[b * 9];
      one.nearest(queries, keys, rows, ends, 9, expected, expectedSimilarities);
      for (int threads = 2; threads <= 3; threads++) {
        int[] indices = new int[b * 9];
        float[] similarities = new float[b * 9];
        try (Nd4jTensors several = new Nd4jTensors(threads)) {
          several.nearest(queries, keys, rows, ends, 9, indices, similarities);
        }
        assertThat(indices).isEqualTo(expected);
        assertThat(similarities).isEqualTo(expectedSimilarities);
      }
    }
  }

  @ParameterizedTest(name = "{0} queries, {1} blocks each, seed 7")
  @CsvSource({"1,40", "1,2", "9,7"})
  void norDoTheBitsOfRowsOfBytes(int b, int each) {
    SplittableRandom random = new SplittableRandom(7);
    byte[][] blocks = new byte[50][];
    int[] sizes = new int[50];
    for (int i = 0; i < 50; i++) {
      sizes[i] = random.nextInt(300);
      blocks[i] = new byte[20 * sizes[i]];
      random.nextBytes(blocks[i]);
    }
    int[] chosen = new int[b * each];
    Arrays.setAll(chosen, i -> i * 7 % 50);
    try (Nd4jTensors one = new Nd4jTensors(1);
        Scope<INDArray> scope = one.newScope()) {
      INDArray queries = random(one, scope.zeros(b, 20), random);
      int[] expected = new int[b * 9];
      float[] expectedSimilarities = new float[b * 9];
      one.nearest(queries, blocks, sizes, chosen, each, 9, expected, expectedSimilarities);
      for (int threads = 2; threads <= 3; threads++) {
        int[] places = new int[b * 9];
        float[] similarities = new float[b * 9];
        try (Nd4jTensors several = new Nd4jTensors(threads)) {
          several.nearest(queries, blocks, sizes, chosen, each, 9, places, similarities);
        }
        assertThat(places).isEqualTo(expected);
        assertThat(similarities).isEqualTo(expectedSimilarities);
      }
    }
  }
}
