package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Plugins;
import io.nnem.core.reference.Matrix;
import io.nnem.memory.eviction.ClassBalanced;
import io.nnem.memory.eviction.FirstInFirstOut;
import io.nnem.memory.eviction.LeastCertain;
import io.nnem.memory.eviction.LeastRead;
import io.nnem.memory.eviction.LeastRecentlyRead;
import io.nnem.memory.eviction.Reservoir;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvictionPoliciesTest {

  private static final Slots ALL = Slots.range(0, 4);

  private static Plain full(Function<EvictionContext<Matrix>, EvictionPolicy<Matrix>> make) {
    Plain plain = new Plain(4, make);
    for (int i = 0; i < 4; i++) {
      plain.writeAlike(1);
    }
    return plain;
  }

  @Test
  void fifo_takesSlotsInTurn() {
    Plain plain = new Plain(5, FirstInFirstOut::new);
    int[][] expected = {{0, 1, 2}, {3, 4, 0}, {1, 2, 3}, {4, 0, 1}};
    for (int[] slots : expected) {
      assertThat(plain.writeAlike(3).toArray()).containsExactly(slots);
    }
    assertThat(plain.evict(5).toArray()).containsExactly(2, 3, 4, 0, 1);
  }

  @Test
  void fifo_goesByTheOrderOfWriting_whereSlotsWereCleared() {
    Plain plain = full(FirstInFirstOut::new);
    plain.memory.clear(Slots.of(1, 2));
    assertThat(plain.writeAlike(1)).as("the lowest free slot").isEqualTo(Slots.of(1));
    assertThat(plain.writeAlike(3))
        .as("the other one, then the oldest")
        .isEqualTo(Slots.of(2, 0, 3));
    assertThat(plain.evict(4)).isEqualTo(Slots.of(1, 2, 0, 3));
  }

  @Test
  void classBalanced_givesUpTheOldest_ofTheLargestClass() {
    Plain plain = new Plain(6, ClassBalanced::new);
    plain.write(0, 1, 0, 0, 1, 2);
    assertThat(plain.write(1))
        .as("where three of class 0 and two of class 1 are")
        .isEqualTo(Slots.of(0));
    // now two of class 0, three of class 1 and one of class 2
    assertThat(plain.write(2, 2))
        .as("one of class 1, and then one of class 2, for the new ones count")
        .isEqualTo(Slots.of(1, 5));
    plain.memory.replaceValues(Slots.of(2, 3), plain.oneHot(1, 1));
    assertThat(plain.evict(1))
        .as("four of class 1, of which slot 4 was written first")
        .isEqualTo(Slots.of(4));
  }

  /** However one class floods the memory, the others keep their share. */
  @Test
  void classBalanced_aRareClassStays() {
    Plain plain = new Plain(12, ClassBalanced::new);
    plain.write(2, 2, 2, 2);
    plain.write(1, 1, 1, 1);
    for (int i = 0; i < 50; i++) {
      plain.write(0, 0, 0);
    }
    double[] values = plain.values(plain.memory.occupied());
    double[] counts = new double[Plain.CLASSES];
    for (int i = 0; i < values.length; i++) {
      counts[i % Plain.CLASSES] += values[i];
    }
    assertThat(counts).containsExactly(4, 4, 4);
  }

  @Test
  void leastRecentlyRead_givesUpWhatWasNotRead_forTheLongestTime() {
    Plain plain = full(context -> new LeastRecentlyRead<>(context, 1));
    assertThat(plain.evict(4)).as("without readings, the oldest first").isEqualTo(ALL);
    plain.read(ALL, 5, 0.1, 0.1, 0.1); // the mean is 1.325
    assertThat(plain.evict(4)).isEqualTo(Slots.of(1, 2, 3, 0));
    plain.read(ALL, 0, 4, 0, 0);
    plain.read(Slots.of(3), 0.5); // of what is not named nothing is read
    assertThat(plain.evict(4)).isEqualTo(Slots.of(2, 0, 1, 3));
    plain.writeAlike(1);
    assertThat(plain.evict(4)).as("being written counts").isEqualTo(Slots.of(0, 1, 3, 2));
  }

  @Test
  void leastRecentlyRead_aReadingOfNothing_readsNothing() {
    Plain plain = full(context -> new LeastRecentlyRead<>(context, 1));
    plain.read(Slots.of(0), 1);
    plain.read(ALL, 0, 0, 0, 0);
    assertThat(plain.evict(3)).isEqualTo(Slots.of(1, 2, 3));
  }

  @Test
  void leastRead_goesByTheRunningMeanOfWeights() {
    Plain plain = full(context -> new LeastRead<>(context, 0.5));
    plain.read(ALL, 4, 3, 2, 1);
    assertThat(plain.evict(4)).isEqualTo(Slots.of(3, 2, 1, 0));
    // running means 1, 0.75, 0.5 and 1.25
    plain.read(Slots.of(3), 2);
    assertThat(plain.evict(4)).isEqualTo(Slots.of(2, 1, 0, 3));
    // the newcomer in slot 2 starts with the mean of all, 0.875
    plain.writeAlike(1);
    assertThat(plain.evict(4)).isEqualTo(Slots.of(1, 2, 0, 3));
  }

  @Test
  void leastCertain_givesUpTheLeastCertain_asScoredWithTheWrite() {
    Plain plain = new Plain(4, context -> new LeastCertain<>(context, 0));
    plain.writeUncertain(0.2, 0.3, 0.1, 0.2);
    assertThat(plain.evict(4)).as("of equals the oldest first").isEqualTo(Slots.of(1, 0, 3, 2));
    assertThat(plain.writeUncertain(0.25, 0.05)).isEqualTo(Slots.of(1, 0));
    assertThat(plain.evict(4))
        .as("what was known of the former memories is gone")
        .isEqualTo(Slots.of(1, 3, 2, 0));
  }

  @Test
  void leastCertain_scoresSomeOfTheOthersAgain_inTurn() {
    Plain plain = new Plain(4, context -> new LeastCertain<>(context, 2));
    plain.writeUncertain(0.1, 0.2, 0.3, 0.4);
    plain.memory.replaceKeys(
        Slots.of(0, 2), NewKeys.of(plain.rows(2, 0, 0.9, 0, 0.8))); // not scored yet
    assertThat(plain.writeUncertain(0)).as("the score of before").isEqualTo(Slots.of(3));
    assertThat(plain.evict(4)).as("0 and 1 were scored again").isEqualTo(Slots.of(0, 2, 1, 3));
    plain.writeUncertain(0);
    assertThat(plain.evict(3)).as("now 2 was too").isEqualTo(Slots.of(2, 1, 3));
  }

  @Test
  void manyMemories_areGivenUpInOrder() {
    Plain plain = new Plain(100, context -> new LeastCertain<>(context, 0));
    double[] scores = IntStream.range(0, 100).mapToDouble(i -> (i * 37) % 100).toArray();
    plain.writeUncertain(scores);
    int[] chosen = plain.evict(40).toArray();
    for (int i = 0; i < 40; i++) {
      assertThat(scores[chosen[i]]).as("score of choice %d", i).isEqualTo(99 - i);
    }
  }

  /**
   * After {@code t} memories, each of those that are no longer new is held with probability 12 of
   * {@code t - 4}; over 4,000 seeds that mean is met within five standard deviations.
   */
  @Test
  void reservoir_keepsAUniformSample_besideTheNewest() {
    int memories = 48;
    int[] held = new int[memories];
    int trials = 4000;
    for (int seed = 0; seed < trials; seed++) {
      Plain plain = new Plain(16, seed, Map.of(), Reservoir::new);
      int[] inSlot = new int[16];
      for (int first = 0; first < memories; first += 4) {
        Slots slots = plain.writeAlike(4);
        for (int i = 0; i < 4; i++) {
          inSlot[slots.get(i)] = first + i;
        }
      }
      for (int memory : inSlot) {
        held[memory]++;
      }
    }
    double expected = 12.0 / 44;
    double deviation = Math.sqrt(expected * (1 - expected) / trials);
    for (int memory = 0; memory < 44; memory++) {
      assertThat(held[memory] / (double) trials)
          .as("how often memory %d is held", memory)
          .isCloseTo(expected, within(5 * deviation));
    }
    for (int memory = 44; memory < 48; memory++) {
      assertThat(held[memory]).as("memory %d, one of the newest", memory).isEqualTo(trials);
    }
  }

  @Test
  void whatCannotBe_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plain(4, context -> new LeastRead<>(context, 1)))
        .withMessage(
            "The decay of what was read must be above 0 and below 1, but is 1.0; 0.99 remembers"
                + " about 100 readings.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plain(4, context -> new LeastRecentlyRead<>(context, 0)))
        .withMessage(
            "The share of the mean weight that counts as read must be a number above 0, but is"
                + " 0.0; 1 is usual.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plain(4, context -> new LeastCertain<>(context, -2)))
        .withMessageContaining("but is -2");
  }

  @Test
  void options_reachThePolicies() {
    EvictionPolicyProvider provider =
        Plugins.load(EvictionPolicyProvider.class).get("least-recently-read");
    Plain plain = new Plain(4, 1, Map.of("least-recently-read-share", "3"), provider::create);
    for (int i = 0; i < 4; i++) {
      plain.writeAlike(1);
    }
    plain.read(ALL, 1.4, 0.6, 0, 0); // less than three times the mean
    assertThat(plain.evict(1)).isEqualTo(Slots.of(0));
    plain.read(ALL, 1.6, 0.4, 0, 0);
    assertThat(plain.evict(1)).isEqualTo(Slots.of(1));
  }
}
