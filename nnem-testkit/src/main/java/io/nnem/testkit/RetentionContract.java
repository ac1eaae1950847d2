package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Options;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every retention policy must do: choose as many slots as it is asked for, free ones from the
 * lowest on, without changing anything until they are written, whatever it is told of readings and
 * uncertainties.
 */
public abstract class RetentionContract {

  /** For subclasses. */
  protected RetentionContract() {}

  /**
   * The policy's provider.
   *
   * @return the provider under test
   */
  protected abstract RetentionProvider provider();

  private Retention policy(int capacity) {
    return provider().create(new RetentionContext(capacity, TestSeed.get(), Options.none()));
  }

  @Test
  final void readingsCount_onlyIfItSaysSo() {
    SplittableRandom random = new SplittableRandom(TestSeed.get());
    Retention told = policy(8);
    Retention untold = policy(8);
    boolean differ = false;
    for (int step = 0; step < 40; step++) {
      Slots slots = untold.choose(2);
      differ |= !told.choose(2).toString().equals(slots.toString());
      untold.written(slots);
      told.written(slots);
      if (step >= 4) {
        told.read(Slots.range(0, 8), random.doubles(8).toArray());
      }
    }
    assertThat(told.usesReads() || !differ)
        .as("usesReads() is false, yet readings change what is given up: nobody would tell it")
        .isTrue();
  }

  /** Tells of a reading of all memories, and scores a few, with numbers of the given draws. */
  private static void tell(Retention policy, int size, SplittableRandom random) {
    double[] weights = random.doubles(size).map(x -> x * x).toArray();
    policy.read(Slots.range(0, size), weights);
    int scored = random.nextInt(size);
    policy.score(Slots.of(scored), new double[] {random.nextDouble()});
  }

  @Test
  final void law7_hasAName_andOptionsWithNames() {
    Names.check(provider(), Options.none());
  }

  @Test
  final void fillsFreeSlots_fromTheLowestOn() {
    Retention policy = policy(13);
    int size = 0;
    for (int count : new int[] {1, 4, 5, 3}) {
      Slots slots = policy.choose(count);
      assertThat(Arrays.stream(slots.toArray()).sorted().toArray())
          .as("slots for %d memories, with %d in use", count, size)
          .isEqualTo(IntStream.range(size, size + count).toArray());
      policy.written(slots);
      size += count;
    }
  }

  @Test
  final void choosesAsManySlotsAsAsked_withinTheCapacity() {
    for (int capacity : new int[] {1, 2, 13, 207}) {
      Retention policy = policy(capacity);
      SplittableRandom random = TestSeed.random("retention");
      int size = 0;
      for (int i = 0; i < 100; i++) {
        int count = random.nextInt(1, capacity + 1);
        Slots slots = policy.choose(count);
        assertThat(slots.count()).isEqualTo(count);
        assertThat(Arrays.stream(slots.toArray()).max().orElseThrow())
            .as("highest slot, with %d of %d in use", size, capacity)
            .isLessThan(Math.min(capacity, size + count));
        policy.written(slots);
        size = Math.max(size, Arrays.stream(slots.toArray()).max().orElseThrow() + 1);
        tell(policy, size, random);
      }
      assertThat(size).as("slots in use in the end").isEqualTo(capacity);
    }
  }

  @Test
  final void law4_choosingChangesNothing() {
    Retention asked = policy(7);
    Retention twin = policy(7);
    SplittableRandom random = TestSeed.random("told");
    SplittableRandom same = TestSeed.random("told");
    int size = 0;
    for (int i = 0; i < 20; i++) {
      asked.choose(1 + i % 7);
      asked.choose(7);
      Slots slots = asked.choose(1 + i % 3);
      assertThat(asked.choose(1 + i % 3)).as("the same call again").isEqualTo(slots);
      assertThat(twin.choose(1 + i % 3)).as("a twin that was not asked").isEqualTo(slots);
      asked.written(slots);
      twin.written(slots);
      size = Math.min(7, size + 1 + i % 3);
      tell(asked, size, random);
      asked.choose(2);
      tell(twin, size, same);
    }
  }

  @Test
  final void law5_theSameSeedGivesTheSameSlots() {
    Retention first = policy(13);
    Retention twin = policy(13);
    SplittableRandom random = TestSeed.random("told");
    SplittableRandom same = TestSeed.random("told");
    int size = 0;
    for (int i = 0; i < 50; i++) {
      Slots slots = first.choose(1 + i % 5);
      assertThat(twin.choose(1 + i % 5))
          .as("slots of choice %d, by a policy with the same seed", i + 1)
          .isEqualTo(slots);
      first.written(slots);
      twin.written(slots);
      size = Math.min(13, size + 1 + i % 5);
      tell(first, size, random);
      tell(twin, size, same);
    }
  }

  @Test
  final void law6_whatItIsTold_staysAsItIs() {
    Retention policy = policy(5);
    policy.written(policy.choose(3));
    double[] weights = {0.5, 0, 2};
    double[] uncertainties = {3, -1, 0};
    policy.read(Slots.of(2, 0, 1), weights);
    policy.score(Slots.of(1, 2, 0), uncertainties);
    assertThat(weights).as("the weights that it was given").containsExactly(0.5, 0, 2);
    assertThat(uncertainties).as("the uncertainties that it was given").containsExactly(3, -1, 0);
  }
}
