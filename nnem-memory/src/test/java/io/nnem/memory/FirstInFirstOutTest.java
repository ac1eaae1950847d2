package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.memory.retention.FirstInFirstOut;
import org.junit.jupiter.api.Test;

class FirstInFirstOutTest {
  @Test
  void slotsAreTakenInTurn() {
    FirstInFirstOut policy = new FirstInFirstOut(5);
    int[][] expected = {{0, 1, 2}, {3, 4, 0}, {1, 2, 3}, {4, 0, 1}};
    for (int[] slots : expected) {
      assertThat(policy.choose(3).toArray()).containsExactly(slots);
      policy.written(policy.choose(3));
    }
    assertThat(policy.choose(5).toArray()).containsExactly(2, 3, 4, 0, 1);
  }
}
