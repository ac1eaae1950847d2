package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  /** Computed by another program. The order is so long that some random numbers are rejected. */
  @Test
  void rejectsWhatWouldNotBeUniform() {
    assertThat(Arrays.hashCode(Permutation.of(200_000, 1, 0))).isEqualTo(-1_499_266_657);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE})
  void allOrdersAreEquallyLikely(long seed) {
    System.out.println("PermutationTest.allOrdersAreEquallyLikely seed " + seed);
    Map<String, Integer> counts = new HashMap<>();
    for (int epoch = 0; epoch < 24_000; epoch++) {
      counts.merge(Arrays.toString(Permutation.of(4, seed, epoch)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    double chiSquare = 0;
    for (int count : counts.values()) {
      chiSquare += (count - 1000.0) * (count - 1000.0) / 1000;
    }
    // 23 degrees of freedom: mean 23, and beyond these bounds once in ten thousand either way.
    assertThat(chiSquare).isBetween(5.0, 56.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, -3})
  void consecutiveEpochsAndSeedsAreUnrelated(long seed) {
    System.out.println("PermutationTest.consecutiveEpochsAndSeedsAreUnrelated seed " + seed);
    int[] order = Permutation.of(10_000, seed, 0);
    // Two random orders agree in one place on average; six or more are a sign of kinship.
    assertThat(agreements(order, Permutation.of(10_000, seed, 1))).isLessThan(6);
    assertThat(agreements(order, Permutation.of(10_000, seed + 1, 0))).isLessThan(6);
    assertThat(Math.abs(correlation(order, Permutation.of(10_000, seed, 1)))).isLessThan(0.04);
    assertThat(Math.abs(correlation(order, Permutation.of(10_000, seed + 1, 0)))).isLessThan(0.04);
  }

  private static int agreements(int[] one, int[] other) {
    int same = 0;
    for (int i = 0; i < one.length; i++) {
      same += one[i] == other[i] ? 1 : 0;
    }
    return same;
  }

  private static double correlation(int[] one, int[] other) {
    double mean = (one.length - 1) / 2.0;
    double product = 0;
    double square = 0;
    for (int i = 0; i < one.length; i++) {
      product += (one[i] - mean) * (other[i] - mean);
      square += (one[i] - mean) * (one[i] - mean);
    }
    return product / square;
  }
}
