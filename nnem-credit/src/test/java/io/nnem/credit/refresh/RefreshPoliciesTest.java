package io.nnem.credit.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.memory.Slots;
import org.junit.jupiter.api.Test;

class RefreshPoliciesTest {

  @Test
  void roundRobin_takesSlotsInTurn_whateverIsWritten() {
    RoundRobin policy = new RoundRobin();
    int[][] expected = {{0, 1}, {2, 3}, {4, 0}, {1, 2}};
    for (int[] slots : expected) {
      assertThat(policy.choose(2, Slots.range(0, 5), 9).toArray()).containsExactly(slots);
      policy.refreshed(policy.choose(2, Slots.range(0, 5), 9), 9);
      policy.written(Slots.of(4), 9);
    }
    assertThat(policy.choose(3, Slots.range(0, 7), 9))
        .as("a memory that has grown")
        .isEqualTo(Slots.of(3, 4, 5));
    assertThat(policy.choose(3, Slots.of(0, 2, 4, 6), 9))
        .as("a memory with slots cleared")
        .isEqualTo(Slots.of(4, 6, 0));
  }

  @Test
  void drift_takesWhatIsOldAndRead() {
    DriftTimesReads policy = new DriftTimesReads(4);
    Slots all = Slots.range(0, 4);
    for (int slot = 0; slot < 4; slot++) {
      policy.written(Slots.of(slot), 10L * slot);
    }
    policy.read(all, new float[] {1, 2, 2, 0}); // updates since times weight: 40, 60, 40, 0
    assertThat(policy.choose(3, all, 40)).isEqualTo(Slots.of(1, 0, 2));
    policy.refreshed(Slots.of(1), 40);
    assertThat(policy.choose(2, all, 41)).as("1 is fresh").isEqualTo(Slots.of(2, 0));
    assertThat(policy.choose(2, all, 400)).as("and will be stale").isEqualTo(Slots.of(2, 1));
    policy.written(Slots.of(2), 41);
    assertThat(policy.choose(2, all, 400)).as("2 is another memory").isEqualTo(Slots.of(1, 0));
  }
}
