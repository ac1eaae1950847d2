package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.memory.retention.LeastCertain;
import io.nnem.memory.retention.LeastRead;
import io.nnem.memory.retention.LeastRecentlyRead;
import io.nnem.memory.retention.Reservoir;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionPoliciesTest {

  private static final Slots ALL = Slots.range(0, 4);

  private static <R extends Retention> R full(R policy) {
    for (int i = 0; i < 4; i++) {
      policy.written(policy.choose(1));
    }
    return policy;
  }

  @Test
  void leastRecentlyRead_givesUpWhatWasNotRead_forTheLongestTime() {
    LeastRecentlyRead policy = full(new LeastRecentlyRead(4, 1));
    assertThat(policy.choose(4)).as("without readings, the oldest first").isEqualTo(ALL);
    policy.read(ALL, new double[] {5, 0.1, 0.1, 0.1}); // the mean is 1.325
    assertThat(policy.choose(4)).isEqualTo(Slots.of(1, 2, 3, 0));
    policy.read(ALL, new double[] {0, 4, 0, 0});
    policy.read(Slots.of(3), new double[] {0.5}); // of what is not named nothing is read
    assertThat(policy.choose(4)).isEqualTo(Slots.of(2, 0, 1, 3));
    policy.written(policy.choose(1));
    assertThat(policy.choose(4)).as("being written counts").isEqualTo(Slots.of(0, 1, 3, 2));
  }

  @Test
  void leastRecentlyRead_aReadingOfNothing_readsNothing() {
    LeastRecentlyRead policy = full(new LeastRecentlyRead(4, 1));
    policy.read(Slots.of(0), new double[] {1});
    policy.read(ALL, new double[4]);
    assertThat(policy.choose(3)).isEqualTo(Slots.of(1, 2, 3));
  }

  @Test
  void leastRead_goesByTheRunningMeanOfWeights() {
    LeastRead policy = full(new LeastRead(4, 0.5));
    policy.read(ALL, new double[] {4, 3, 2, 1});
    assertThat(policy.choose(4)).isEqualTo(Slots.of(3, 2, 1, 0));
    // running means 1, 0.75, 0.5 and 1.25
    policy.read(Slots.of(3), new double[] {2});
    assertThat(policy.choose(4)).isEqualTo(Slots.of(2, 1, 0, 3));
    // the newcomer in slot 2 starts with the mean of all, 0.875
    policy.written(policy.choose(1));
    assertThat(policy.choose(4)).isEqualTo(Slots.of(1, 2, 0, 3));
  }

  @Test
  void leastCertain_givesUpTheLeastCertain_andTheUnscoredLast() {
    LeastCertain policy = full(new LeastCertain(4));
    assertThat(policy.choose(4)).as("without scores, the oldest first").isEqualTo(ALL);
    policy.score(Slots.of(2, 1), new double[] {0.1, 0.3});
    assertThat(policy.choose(4)).isEqualTo(Slots.of(1, 2, 0, 3));
    policy.score(Slots.of(3), new double[] {0.2});
    assertThat(policy.choose(4)).isEqualTo(Slots.of(1, 3, 2, 0));
    policy.written(policy.choose(2));
    assertThat(policy.choose(4))
        .as("what was known of 1 and 3 is gone")
        .isEqualTo(Slots.of(2, 0, 1, 3));
  }

  @Test
  void manyMemories_areGivenUpInOrder() {
    LeastCertain policy = new LeastCertain(100);
    policy.written(policy.choose(100));
    double[] scores = IntStream.range(0, 100).mapToDouble(i -> (i * 37) % 100).toArray();
    policy.score(Slots.range(0, 100), scores);
    int[] chosen = policy.choose(40).toArray();
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
      Retention policy = new Reservoir(16, seed);
      int[] inSlot = new int[16];
      for (int first = 0; first < memories; first += 4) {
        Slots slots = policy.choose(4);
        for (int i = 0; i < 4; i++) {
          inSlot[slots.get(i)] = first + i;
        }
        policy.written(slots);
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
        .isThrownBy(() -> new LeastRead(4, 1))
        .withMessage(
            "The decay of what was read must be above 0 and below 1, but is 1.0; 0.99 remembers"
                + " about 100 readings.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeastRecentlyRead(4, 0))
        .withMessage(
            "The share of the mean weight that counts as read must be a number above 0, but is"
                + " 0.0; 1 is usual.");
  }

  @Test
  void options_reachThePolicies() {
    Retention policy =
        Plugins.load(RetentionProvider.class)
            .get("least-recently-read")
            .create(
                new RetentionContext(4, 1, new Options(Map.of("least-recently-read-share", "3"))));
    full(policy);
    policy.read(ALL, new double[] {1.4, 0.6, 0, 0}); // less than three times the mean
    assertThat(policy.choose(1)).isEqualTo(Slots.of(0));
    policy.read(ALL, new double[] {1.6, 0.4, 0, 0});
    assertThat(policy.choose(1)).isEqualTo(Slots.of(1));
  }
}
