package io.nnem.credit.freshening;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.memory.Slots;
import org.junit.jupiter.api.Test;

class FresheningPoliciesTest {

  @Test
  void roundRobin_takesSlotsInTurn_whateverIsWritten() {
    RoundRobin policy = new RoundRobin();
    int[][] expected = {{0, 1}, {2, 3}, {4, 0}, {1, 2}};
    for (int[] slots : expected) {
      assertThat(policy.choose(2, 5, 9).toArray()).containsExactly(slots);
      policy.renewed(policy.choose(2, 5, 9), 9, true);
      policy.renewed(Slots.of(4), 9, false);
    }
    assertThat(policy.choose(3, 7, 9)).as("a memory that has grown").isEqualTo(Slots.of(3, 4, 5));
  }

  @Test
  void drift_takesWhatIsOldAndRead() {
    DriftTimesReads policy = new DriftTimesReads(4);
    Slots all = Slots.range(0, 4);
    for (int slot = 0; slot < 4; slot++) {
      policy.renewed(Slots.of(slot), 10L * slot, false);
    }
    policy.read(all, new double[] {1, 2, 2, 0}); // updates since times weight: 40, 60, 40, 0
    assertThat(policy.choose(3, 4, 40)).isEqualTo(Slots.of(1, 0, 2));
    policy.renewed(Slots.of(1), 40, true);
    assertThat(policy.choose(2, 4, 41)).as("1 is fresh").isEqualTo(Slots.of(2, 0));
    assertThat(policy.choose(2, 4, 400)).as("and will be stale").isEqualTo(Slots.of(2, 1));
    policy.renewed(Slots.of(2), 41, false);
    assertThat(policy.choose(2, 4, 400)).as("2 is another memory").isEqualTo(Slots.of(1, 0));
  }
}
