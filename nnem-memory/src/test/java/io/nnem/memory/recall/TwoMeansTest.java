package io.nnem.memory.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TwoMeansTest {

  @Test
  void twoDirections_areTold() {
    int n = 40;
    float[] rows = new float[2 * n];
    for (int i = 0; i < n; i++) {
      double angle = (i % 3 == 0 ? 2 : 0) + .01 * i;
      rows[2 * i] = (float) Math.cos(angle);
      rows[2 * i + 1] = (float) Math.sin(angle);
    }
    int[] order = new int[n];
    int first = TwoMeans.divide(rows, 2, order);
    int[] group =
        IntStream.range(0, first).map(i -> order[i] % 3 == 0 ? 1 : 0).distinct().toArray();
    int[] rest = IntStream.range(first, n).map(i -> order[i] % 3 == 0 ? 1 : 0).distinct().toArray();
    assertThat(group).hasSize(1);
    assertThat(rest).hasSize(1).isNotEqualTo(group);
  }

  @Test
  void neitherGroup_isLessThanAQuarter() {
    float[] equal = new float[3 * 20];
    Arrays.fill(equal, 0.5f);
    float[] oneApart = equal.clone();
    oneApart[0] = -0.5f;
    for (float[] rows :
        new float[][] {equal, oneApart, new float[3 * 20], new float[] {1, 1, 1, 0}}) {
      int size = rows.length == 4 ? 2 : 3;
      int[] order = new int[rows.length / size];
      int first = TwoMeans.divide(rows, size, order);
      assertThat(first).isBetween(order.length / 4, order.length - Math.max(1, order.length / 4));
      assertThat(first).isPositive();
      assertThat(Arrays.stream(order).sorted())
          .containsExactly(IntStream.range(0, order.length).boxed().toArray(Integer[]::new));
    }
  }
}
