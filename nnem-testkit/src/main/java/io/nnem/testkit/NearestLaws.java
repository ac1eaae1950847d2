package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Addressing;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link TensorsContract} asks of the keys nearest to a query. */
abstract class NearestLaws<T> extends ReadingLaws<T> {

  @ParameterizedTest
  @CsvSource({
    "1,1,1,1",
    "1,13,207,13",
    "13,207,13,1",
    "3,4098,13,32",
    "9,1025,5,1025",
    "140,3001,3,7"
  })
  final void nearest_agreesWithTheReference(int b, int n, int d, int k) {
    for (boolean views : new boolean[] {false, true}) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), views, "nearest")) {
        Twin<T> queries = bench.random("queries", b, d, -1, 1);
        // Rows of zeros among them, and some that are there twice.
        float[] rows = new float[n * d];
        bench.mine.copyOut(bench.random("keys", n, d, -1, 1).mine(), rows);
        Twin<T> keys =
            bench.with("keys", n, d, i -> i / d % 11 == 5 ? 0 : rows[i / d % 19 == 7 ? i % d : i]);
        nearest(bench, queries, keys, k);
        bench.assertExactlySame(queries);
        bench.assertExactlySame(keys);
        bench.assertBordersUntouched();
      }
    }
  }

  private void nearest(BackendBench<T> bench, Twin<T> queries, Twin<T> keys, int k) {
    int b = bench.reference.rows(queries.reference());
    int n = bench.reference.rows(keys.reference());
    int d = bench.reference.columns(keys.reference());
    int[] indices = new int[b * k + 1];
    float[] similarities = new float[b * k + 1];
    int[] expectedIndices = new int[b * k];
    float[] expected = new float[b * k];
    indices[b * k] = -7;
    similarities[b * k] = -7;
    bench.mine.nearest(queries.mine(), keys.mine(), k, indices, similarities);
    bench.reference.nearest(queries.reference(), keys.reference(), k, expectedIndices, expected);
    assertThat(indices[b * k]).as("what comes after the indices").isEqualTo(-7);
    assertThat(similarities[b * k]).as("what comes after the similarities").isEqualTo(-7f);
    double[] q = Matrices.elements(bench.reference, queries.reference());
    double[] x = Matrices.elements(bench.reference, keys.reference());
    // Rows may change places where rounding made them equal: what is compared is how similar the
    // i-th best is, and whether each row is as similar as is said of it.
    double tolerance = bench.tolerance(d) + 1e-7; // they are floats
    for (int query = 0; query < b; query++) {
      boolean[] met = new boolean[n];
      for (int i = query * k; i < (query + 1) * k; i++) {
        String what = "number " + (i % k + 1) + " of the nearest to query " + query;
        assertThat(Math.abs(similarities[i] - expected[i]))
            .as("error of the similarity of %s, %s", what, expected[i])
            .isLessThanOrEqualTo((float) tolerance);
        assertThat(indices[i]).as("row of %s", what).isBetween(0, n - 1);
        assertThat(met[indices[i]]).as("row %d again, as %s", indices[i], what).isFalse();
        met[indices[i]] = true;
        assertThat(Math.abs(similarities[i] - similarity(q, query, x, indices[i], d)))
            .as("error of the similarity of row %d, %s", indices[i], what)
            .isLessThanOrEqualTo(tolerance);
        if (i > query * k) {
          assertThat(
                  similarities[i] < similarities[i - 1]
                      || (similarities[i] == similarities[i - 1] && indices[i] > indices[i - 1]))
              .as("order of %s and the one before", what)
              .isTrue();
        }
      }
    }
  }

  /** Candidates from all over the keys, in any order; now and then fewer than k, or none. */
  @ParameterizedTest
  @CsvSource({"1,13,207,4", "1,5003,16,32", "13,207,13,1", "33,1025,5,20", "140,301,64,7"})
  final void nearest_ofCandidates_agreesWithTheReference(int b, int n, int d, int k) {
    for (boolean views : new boolean[] {false, true}) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), views, "candidates")) {
        Twin<T> queries = bench.random("queries", b, d, -1, 1);
        Twin<T> keys = bench.random("keys", n, d, -1, 1);
        SplittableRandom random = TestSeed.random("candidates of " + b);
        int[] rows = new int[b * n + 3];
        int[] ends = new int[b];
        int place = 0;
        for (int query = 0; query < b; query++) {
          int many = query % 5 == 3 ? random.nextInt(k + 1) : random.nextInt(1, n + 1);
          int step = 1 + 2 * random.nextInt(n); // odd; rows of another order, each once
          while (gcd(step, n) > 1) {
            step++;
          }
          int first = random.nextInt(n);
          for (int i = 0; i < many; i++) {
            rows[place++] = (int) ((first + (long) i * step) % n);
          }
          ends[query] = place;
        }
        int[] indices = new int[b * k];
        float[] similarities = new float[b * k];
        int[] expectedIndices = new int[b * k];
        float[] expected = new float[b * k];
        bench.mine.nearest(queries.mine(), keys.mine(), rows, ends, k, indices, similarities);
        bench.reference.nearest(
            queries.reference(), keys.reference(), rows, ends, k, expectedIndices, expected);
        assertAlike(bench, k, d, indices, similarities, expectedIndices, expected);
        bench.assertExactlySame(queries);
        bench.assertExactlySame(keys);
        bench.assertBordersUntouched();
      }
    }
  }

  /** Rows may change places where rounding made them equal. */
  private static void assertAlike(
      BackendBench<?> bench,
      int k,
      int d,
      int[] indices,
      float[] similarities,
      int[] expectedIndices,
      float[] expected) {
    float tolerance = (float) (bench.tolerance(d) + 1e-7);
    for (int i = 0; i < indices.length; i++) {
      String what = "number " + (i % k + 1) + " of the candidates of query " + i / k;
      if (expectedIndices[i] < 0) {
        assertThat(indices[i]).as("row of %s, of which there is none", what).isEqualTo(-1);
        assertThat(similarities[i]).as("similarity of %s", what).isNaN();
        continue;
      }
      assertThat(similarities[i])
          .as("similarity of %s", what)
          .isCloseTo(expected[i], within(tolerance));
      boolean first = i % k == 0;
      boolean last = i % k == k - 1;
      if ((first || expected[i - 1] - expected[i] > 2 * tolerance)
          && !last
          && !(expected[i] - expected[i + 1] <= 2 * tolerance)) {
        assertThat(indices[i]).as("row of %s", what).isEqualTo(expectedIndices[i]);
      }
    }
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Test
  final void nearest_ofCandidates_comesInTheSameOrder() {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "order")) {
      T keys = bench.with("keys", 6, 1, i -> i == 4 ? Double.NaN : i == 1 ? -1 : 1).mine();
      T queries = bench.with("queries", 2, 1, i -> 1).mine();
      int[] indices = new int[10];
      bench.mine.nearest(
          queries, keys, new int[] {4, 5, 1, 0, 2, 3}, new int[] {5, 6}, 5, indices, new float[10]);
      assertThat(indices).containsExactly(0, 2, 5, 1, 4, 3, -1, -1, -1, -1);
    }
  }

  @Test
  final void nearest_ofCandidates_refusesWhatDoesNotFit() {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "misfits")) {
      T keys = bench.random("keys", 5, 3, -1, 1).mine();
      T queries = bench.random("queries", 2, 3, -1, 1).mine();
      refuses(bench, queries, keys, new int[] {0, 5}, new int[] {1, 2}, 1, "Row 5", "5 rows");
      refuses(bench, queries, keys, new int[] {-1, 4}, new int[] {1, 2}, 1, "Row -1");
      refuses(bench, queries, keys, new int[] {0, 1}, new int[] {1, 3}, 1, "query 1", "place 3");
      refuses(bench, queries, keys, new int[] {0, 1}, new int[] {2, 1}, 1, "query 1", "place 1");
      refuses(bench, queries, keys, new int[] {0, 1}, new int[] {1, 2}, 0, "0 were asked for");
      refuses(bench, queries, keys, new int[] {0, 1}, new int[] {1, 2}, 5, "8");
    }
  }

  private void refuses(
      BackendBench<T> bench, T queries, T keys, int[] rows, int[] ends, int k, String... says) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> bench.mine.nearest(queries, keys, rows, ends, k, new int[8], new float[8]))
        .satisfies(e -> assertThat(e.getMessage()).contains(says));
  }

  /** Blocks of rows of bytes, some of them empty, with more in them than their rows. */
  @ParameterizedTest
  @CsvSource({"1,3,1,1", "1,64,9,40", "7,64,3,12", "33,207,4,5", "2,17,30,600"})
  final void nearest_ofBytes_agreesWithTheReference(int b, int d, int each, int k) {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "bytes")) {
      Twin<T> queries = bench.random("queries", b, d, -1, 1);
      SplittableRandom random = TestSeed.random("bytes of " + d);
      byte[][] blocks = new byte[each + 3][];
      int[] sizes = new int[each + 4];
      for (int i = 0; i < blocks.length; i++) {
        sizes[i] = i % 4 == 1 ? 0 : random.nextInt(1, 90);
        blocks[i] = new byte[(sizes[i] + random.nextInt(3)) * d];
        random.nextBytes(blocks[i]);
        if (i % 3 == 2 && sizes[i] > 0) {
          Arrays.fill(blocks[i], 0, d, (byte) 0);
        }
      }
      int[] chosen = new int[b * each];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = (i % each * 2 + i / each) % blocks.length;
      }
      int[] places = new int[b * k];
      float[] similarities = new float[b * k];
      int[] expectedPlaces = new int[b * k];
      float[] expected = new float[b * k];
      bench.mine.nearest(queries.mine(), blocks, sizes, chosen, each, k, places, similarities);
      bench.reference.nearest(
          queries.reference(), blocks, sizes, chosen, each, k, expectedPlaces, expected);
      assertAlike(bench, k, d, places, similarities, expectedPlaces, expected);
      bench.assertExactlySame(queries);
    }
  }

  @Test
  final void nearest_ofBytes_refusesWhatDoesNotFit() {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "bytes that do not fit")) {
      T queries = bench.random("queries", 2, 3, -1, 1).mine();
      byte[][] blocks = {new byte[6], new byte[3]};
      refuses(bench, queries, blocks, new int[] {2, 1}, new int[] {0, 2}, 1, 1, "Block 2");
      refuses(bench, queries, blocks, new int[] {2, 1}, new int[] {-1, 0}, 1, 1, "Block -1");
      refuses(bench, queries, blocks, new int[] {2, 2}, new int[] {0, 1}, 1, 1, "6");
      refuses(bench, queries, blocks, new int[] {2, -1}, new int[] {0, 1}, 1, 1, "-1 rows");
      refuses(bench, queries, blocks, new int[] {2, 1}, new int[] {0, 1}, 1, 0, "0 of 1");
      refuses(bench, queries, blocks, new int[] {2, 1}, new int[] {0, 1}, 0, 1, "1 of 0");
      refuses(bench, queries, blocks, new int[] {2, 1}, new int[] {0, 1}, 2, 1, "4");
      refuses(bench, queries, blocks, new int[] {2, 1}, new int[] {0, 1}, 1, 5, "10");
    }
  }

  private void refuses(
      BackendBench<T> bench,
      T queries,
      byte[][] blocks,
      int[] sizes,
      int[] chosen,
      int each,
      int k,
      String says) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                bench.mine.nearest(
                    queries, blocks, sizes, chosen, each, k, new int[8], new float[8]))
        .satisfies(e -> assertThat(e.getMessage()).contains(says));
  }

  private static double similarity(double[] q, int query, double[] x, int key, int d) {
    double product = 0;
    double ofQuery = 0;
    double ofKey = 0;
    for (int j = 0; j < d; j++) {
      double a = q[query * d + j];
      double c = x[key * d + j];
      product += a * c;
      ofQuery += a * a;
      ofKey += c * c;
    }
    return product
        / Math.max(Math.sqrt(ofQuery), Addressing.SMALLEST_LENGTH)
        / Math.max(Math.sqrt(ofKey), Addressing.SMALLEST_LENGTH);
  }

  /** Along the axes products and lengths are exact, so that there are equals on every back end. */
  @Test
  final void nearest_ofEqualSimilarities_isTheLowerRow() {
    int n = 2 * 1024 + 5;
    for (int b : new int[] {1, 16}) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "equals")) {
        T keys = bench.with("keys", n, 3, i -> i % 3 == i / 3 % 3 ? 1 : 0).mine();
        T queries = bench.with("queries", b, 3, i -> i % 3 == i / 3 % 3 ? 2 : 0).mine();
        int[] indices = new int[b * n];
        float[] similarities = new float[b * n];
        for (int k : new int[] {4, n}) {
          bench.mine.nearest(queries, keys, k, indices, similarities);
          for (int query = 0; query < b; query++) {
            int axis = query % 3;
            int same = (n - axis + 2) / 3;
            int other = 0;
            for (int i = 0; i < k; i++) {
              if (i >= same && other % 3 == axis) {
                other++;
              }
              assertThat(indices[query * k + i])
                  .as("row of the nearest but %d of query %d", i, query)
                  .isEqualTo(i < same ? axis + 3 * i : other++);
              assertThat(similarities[query * k + i]).isEqualTo(i < same ? 1f : 0f);
            }
          }
        }
      }
    }
  }

  @Test
  final void nearest_toNaN_comeLast() {
    for (int b : new int[] {2, 16}) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "NaN")) {
        T keys = bench.with("keys", 5, 2, i -> i < 6 && i % 4 == 0 ? Double.NaN : -1).mine();
        T queries = bench.with("queries", b, 2, i -> i == 2 ? Double.NaN : 1).mine();
        int[] indices = new int[b * 5];
        float[] similarities = new float[b * 5];
        bench.mine.nearest(queries, keys, 5, indices, similarities);
        assertThat(Arrays.copyOf(indices, 5)).containsExactly(1, 3, 4, 0, 2);
        assertThat(similarities[2]).isCloseTo(-1f, within(1e-6f));
        assertThat(similarities[3]).isNaN();
        assertThat(Arrays.copyOfRange(indices, 5, 10)).containsExactly(0, 1, 2, 3, 4);
        assertThat(similarities[5]).isNaN();
      }
    }
  }
}
