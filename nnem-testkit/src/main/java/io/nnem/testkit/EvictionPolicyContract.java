package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What every eviction policy must do: choose as many memories as it is asked for, of those that are
 * in use, without changing anything until something happens to a slot; and forget what it knew of a
 * memory that is gone.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class EvictionPolicyContract<T> {

  /** For subclasses. */
  protected EvictionPolicyContract() {}

  /**
   * The back end to test on.
   *
   * @return any; the reference will do
   */
  protected abstract Tensors<T> tensors();

  /**
   * The policy's provider.
   *
   * @return the provider under test
   */
  protected abstract EvictionPolicyProvider provider();

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options optionValues() {
    return Options.none();
  }

  private MemoryRig<T> rig(int capacity) {
    MemoryStoreProvider store = Plugins.load(MemoryStoreProvider.class).get("fixed-capacity");
    return new MemoryRig<>(tensors(), store, provider(), optionValues(), capacity);
  }

  /** A life of writes, readings, replacements and clearances, which depends on its seed alone. */
  private final class Life {
    private final MemoryRig<T> rig;
    private final SplittableRandom random;
    private long version;

    Life(MemoryRig<T> rig, String purpose) {
      this.rig = rig;
      this.random = TestSeed.random(purpose);
    }

    Slots write(int count) {
      int[] memories = random.ints(count, 1, 100).toArray();
      return rig.write(version++, memories);
    }

    void tell() {
      Slots all = rig.memory.occupied();
      if (rig.memory.listensToReads()) {
        rig.memory.read(all, rig.matrices.of(all.count(), 1, weights(all.count())));
      }
      if (random.nextInt(5) == 0) {
        rig.memory.replaceValues(
            Slots.of(all.get(0)), rig.rows(MemoryRig.VALUE, random.nextInt(1, 100)));
      }
      if (random.nextInt(5) == 0 && all.count() > 2) {
        rig.memory.clear(Slots.of(all.get(random.nextInt(all.count()))));
      }
    }

    private float[] weights(int count) {
      float[] weights = new float[count];
      for (int i = 0; i < count; i++) {
        weights[i] = (float) random.nextDouble();
      }
      return weights;
    }
  }

  private static <T> Slots evict(MemoryRig<T> rig, int count) {
    int[] memories = new int[count];
    Arrays.fill(memories, 3);
    T keys = rig.rows(MemoryRig.KEY, memories);
    T values = rig.rows(MemoryRig.VALUE, memories);
    rig.policy.beforeWrite(NewKeys.of(keys), values);
    return rig.policy.evict(count, keys, values);
  }

  @Test
  final void choosesAsManyMemoriesAsAsked_ofThoseInUse() {
    for (int capacity : new int[] {1, 2, 13, 57}) {
      try (MemoryRig<T> rig = rig(capacity)) {
        Life life = new Life(rig, "eviction");
        for (int i = 0; i < 60; i++) {
          life.write(1 + i % capacity);
          life.tell();
          int count = 1 + life.random.nextInt(rig.memory.size());
          Slots slots = evict(rig, count);
          assertThat(slots.count()).as("slots given up of %d", count).isEqualTo(count);
          for (int slot : slots.toArray()) {
            assertThat(rig.memory.holds(slot))
                .as("whether slot %d, which is given up, is in use", slot)
                .isTrue();
          }
        }
      }
    }
  }

  @Law(number = 4, holds = "only what is written, read or replaced moves a policy on")
  final void choosingChangesNothing() {
    try (MemoryRig<T> asked = rig(7);
        MemoryRig<T> twin = rig(7)) {
      Life life = new Life(asked, "told");
      Life same = new Life(twin, "told");
      for (int i = 0; i < 40; i++) {
        assertThat(life.write(1 + i % 3))
            .as("where a policy that was asked writes")
            .isEqualTo(same.write(1 + i % 3));
        life.tell();
        same.tell();
        evict(asked, asked.memory.size());
        Slots slots = evict(asked, 1);
        assertThat(evict(asked, 1)).as("the same call again").isEqualTo(slots);
      }
    }
  }

  @Law(number = 5, holds = "50 writes")
  final void theSameSeedGivesTheSameSlots() {
    try (MemoryRig<T> first = rig(13);
        MemoryRig<T> twin = rig(13)) {
      Life life = new Life(first, "told");
      Life same = new Life(twin, "told");
      for (int i = 0; i < 60; i++) {
        assertThat(same.write(1 + i % 5))
            .as("slots of write %d, by a policy with the same seed", i + 1)
            .isEqualTo(life.write(1 + i % 5));
        life.tell();
        same.tell();
      }
    }
  }

  @Law(number = 5, holds = "the slots of the writes that follow")
  final void savedAndLoaded_itGoesOnAlike() {
    for (int writes : new int[] {0, 2, 30}) {
      try (MemoryRig<T> first = rig(13);
          MemoryRig<T> twin = rig(13)) {
        Life life = new Life(first, "saved");
        for (int i = 0; i < writes; i++) {
          life.write(1 + i % 5);
          life.tell();
        }
        SavedState saved = SavedState.of(first.memory);
        new Life(twin, "another life").write(9);
        saved.loadInto(twin.memory);
        Life on = new Life(first, "after");
        Life same = new Life(twin, "after");
        for (int i = 0; i < 40; i++) {
          assertThat(same.write(1 + i % 5))
              .as("slots of write %d after loading", i + 1)
              .isEqualTo(on.write(1 + i % 5));
          on.tell();
          same.tell();
        }
        assertThat(SavedState.of(twin.memory))
            .as("the state in the end")
            .isEqualTo(SavedState.of(first.memory));
      }
    }
  }

  @Law(number = 6, holds = "keys, values and weights that a policy is told")
  final void whatItIsTold_staysAsItIs() {
    try (MemoryRig<T> rig = rig(5)) {
      T keys = rig.rows(MemoryRig.KEY, 1, 2, 3);
      T values = rig.rows(MemoryRig.VALUE, 1, 2, 3);
      T weights = rig.matrices.of(3, 1, 0.5f, 0, 2);
      NewKeys<T> both = NewKeys.of(keys);
      rig.memory.write(both, values, 1);
      Slots slots = Slots.of(2, 0, 1);
      rig.policy.onRead(slots, weights);
      rig.policy.onReplaceKeys(slots, both);
      rig.policy.onReplaceValues(slots, values);
      assertThat(rig.matrices.elements(weights))
          .as("the weights that it was given")
          .containsExactly(0.5, 0, 2);
      assertThat(rig.matrices.elements(keys))
          .as("the keys that it was given")
          .containsExactly(10, 11, 12, 20, 21, 22, 30, 31, 32);
      assertThat(rig.matrices.elements(values))
          .as("the values that it was given")
          .containsExactly(10, 11, 20, 21, 30, 31);
    }
  }

  @Test
  final void readingsCount_onlyIfItListens() {
    try (MemoryRig<T> told = rig(8);
        MemoryRig<T> untold = rig(8)) {
      SplittableRandom random = TestSeed.random("readings");
      boolean differ = false;
      for (int step = 0; step < 40; step++) {
        int[] memories = random.ints(2, 1, 100).toArray();
        told.write(step, memories);
        untold.write(step, memories);
        if (told.memory.size() == 8) {
          float[] weights = new float[8];
          for (int i = 0; i < 8; i++) {
            weights[i] = (float) random.nextDouble();
          }
          told.policy.onRead(Slots.range(0, 8), told.matrices.of(8, 1, weights));
          differ |= !evict(told, 2).equals(evict(untold, 2));
        }
      }
      assertThat(told.policy.listensToReads() || !differ)
          .as("listensToReads() is false, yet readings change what is given up")
          .isTrue();
    }
  }

  @Law(number = 7, holds = "a name that can be asked for; options that are set are listed")
  final void hasAName_andOptionsWithNames() {
    Names.check(provider(), optionValues());
  }
}
