package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.GrowingRows;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every memory store must do: hold a key and a value in each slot until that slot is written
 * to. It is tried as a {@link io.nnem.memory.Memory} uses it.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class MemoryStoreContract<T> {

  private static final int CAPACITY = 6;

  private MemoryRig<T> rig;

  /** For subclasses. */
  protected MemoryStoreContract() {}

  /**
   * The back end to test on.
   *
   * @return any; the reference will do
   */
  protected abstract Tensors<T> tensors();

  /**
   * The store's provider.
   *
   * @return the provider under test
   */
  protected abstract MemoryStoreProvider provider();

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options optionValues() {
    return Options.none();
  }

  private MemoryRig<T> rig(int capacity) {
    EvictionPolicyProvider fifo = Plugins.load(EvictionPolicyProvider.class).get("fifo");
    return new MemoryRig<>(tensors(), provider(), fifo, optionValues(), capacity);
  }

  @BeforeEach
  final void open() {
    rig = rig(CAPACITY);
  }

  @AfterEach
  final void close() {
    rig.close();
  }

  @Test
  final void hasTheSizesThatItWasAskedFor() {
    assertThat(rig.store.capacity()).as("capacity()").isEqualTo(CAPACITY);
    assertThat(rig.store.keySize()).as("keySize()").isEqualTo(MemoryRig.KEY);
    assertThat(rig.store.valueSize()).as("valueSize()").isEqualTo(MemoryRig.VALUE);
    assertThat(rig.store.bytesPerSlot()).as("bytesPerSlot()").isPositive();
  }

  @Test
  final void slotsInAnyOrder_areGathered() {
    rig.write(1, 1, 2, 3, 4, 5);
    assertThat(rig.keys(Slots.of(3, 0, 4))).containsExactly(40, 41, 42, 10, 11, 12, 50, 51, 52);
    assertThat(rig.values(Slots.of(1, 0))).containsExactly(20, 21, 10, 11);
    assertThat(rig.keys(Slots.range(1, 3))).containsExactly(20, 21, 22, 30, 31, 32);
  }

  @Test
  final void keysStay_whileOthersAskForMore() {
    rig.write(1, 1, 2, 3, 4, 5);
    try (GrowingRows<T> mine = new GrowingRows<>(rig.matrices.tensors, MemoryRig.KEY)) {
      for (Slots slots : new Slots[] {Slots.of(3, 1), Slots.range(0, 5)}) {
        T keys = rig.memory.keys(slots, mine);
        double[] before = rig.matrices.elements(keys);
        rig.values(slots);
        rig.keys(Slots.of(4, 2));
        assertThat(rig.matrices.elements(keys)).as("keys in a room of one's own").isEqualTo(before);
      }
    }
  }

  @Law(number = 6, holds = "new keys and new values for some slots")
  final void replacedKeysAndValues_leaveTheOthers() {
    rig.write(1, 1, 2, 3, 4, 5);
    rig.memory.replaceKeys(Slots.of(4, 1), NewKeys.of(rig.rows(MemoryRig.KEY, 8, 9)));
    rig.memory.replaceValues(Slots.of(0, 3), rig.rows(MemoryRig.VALUE, 6, 7));
    int[] keys = {1, 9, 3, 4, 8};
    int[] values = {6, 2, 3, 7, 5};
    for (int slot = 0; slot < 5; slot++) {
      rig.assertHolds(slot, keys[slot], values[slot], 1);
    }
  }

  @Test
  final void theNearest_areAmongTheCandidates() {
    rig.write(1, 1, 2, 3, 4, 5); // their directions follow each other
    T queries = rig.rows(MemoryRig.KEY, 4, 2);
    int[] found = new int[6];
    float[] similarities = new float[6];
    int[] candidates = {4, 2, 0, 3, 1};
    rig.memory.nearest(queries, candidates, new int[] {3, 5}, 3, found, similarities);
    assertThat(found).as("slots found for two queries").containsExactly(4, 2, 0, 1, 3, -1);
    assertThat(similarities[3]).as("similarity of a key to itself").isCloseTo(1f, within(1e-6f));
    assertThat(similarities[5]).as("similarity of what there is not").isNaN();
  }

  @Test
  final void whatIsWritten_isCopied() {
    T keys = rig.rows(MemoryRig.KEY, 1, 2);
    T values = rig.rows(MemoryRig.VALUE, 1, 2);
    rig.memory.write(keys, values, 3);
    rig.matrices.tensors.fill(99, keys);
    rig.matrices.tensors.fill(99, values);
    rig.assertHolds(0, 1, 1, 3);
    rig.assertHolds(1, 2, 2, 3);
  }

  @Law(number = 6, holds = "random writes and new keys against plain arrays, three capacities")
  final void everyMemorySurvives_whatDoesNotNameIt() {
    for (int capacity : new int[] {1, 13, 207}) {
      try (MemoryRig<T> tested = rig(capacity)) {
        followRandomWrites(tested, capacity);
      }
    }
  }

  /** Keeps the same memories in plain arrays, and compares. */
  private static <T> void followRandomWrites(MemoryRig<T> tested, int capacity) {
    SplittableRandom random = TestSeed.random("memories of " + capacity);
    int[] keys = new int[capacity];
    int[] values = new int[capacity];
    long[] versions = new long[capacity];
    int next = 1;
    for (int version = 0; version < 30; version++) {
      int[] memories = new int[random.nextInt(1, capacity + 1)];
      for (int i = 0; i < memories.length; i++) {
        memories[i] = next++;
      }
      Slots slots = tested.write(version, memories);
      for (int i = 0; i < memories.length; i++) {
        keys[slots.get(i)] = memories[i];
        values[slots.get(i)] = memories[i];
        versions[slots.get(i)] = version;
      }
      int named = slots.get(random.nextInt(slots.count()));
      tested.memory.replaceKeys(Slots.of(named), NewKeys.of(tested.rows(MemoryRig.KEY, next)));
      keys[named] = next++;
      if (version % 3 == 2) {
        tested.memory.clear(Slots.of(named));
      }
      if (tested.memory.size() == 0) {
        continue;
      }
      Slots all = tested.memory.occupied();
      double[] heldKeys = tested.keys(all);
      double[] heldValues = tested.values(all);
      for (int i = 0; i < all.count(); i++) {
        int slot = all.get(i);
        assertThat(heldKeys[i * MemoryRig.KEY])
            .as("key in slot %d", slot)
            .isEqualTo(10 * keys[slot]);
        assertThat(heldValues[i * MemoryRig.VALUE])
            .as("value of %d", slot)
            .isEqualTo(10 * values[slot]);
        assertThat(tested.memory.writtenAt(slot))
            .as("version of %d", slot)
            .isEqualTo(versions[slot]);
      }
    }
  }

  @Law(number = 5, holds = "keys and values")
  final void savedAndLoaded_itHoldsTheSame() {
    rig.write(1, 1, 2, 3, 4);
    rig.memory.clear(Slots.of(1));
    try (MemoryRig<T> twin = rig(CAPACITY)) {
      twin.write(9, 5, 6, 7, 8, 9);
      SavedState saved = SavedState.of(rig.memory);
      saved.loadInto(twin.memory);
      assertThat(SavedState.of(twin.memory)).as("the state when loaded").isEqualTo(saved);
      for (int slot : new int[] {0, 2, 3}) {
        twin.assertHolds(slot, slot + 1, slot + 1, 1);
      }
      assertThat(twin.write(2, 5, 6, 7, 8)).isEqualTo(rig.write(2, 5, 6, 7, 8));
      assertThat(SavedState.of(twin.memory))
          .as("the state after a further write")
          .isEqualTo(SavedState.of(rig.memory));
    }
  }

  @Law(number = 7, holds = "a name that can be asked for; options that are set are listed")
  final void hasAName_andOptionsWithNames() {
    Names.check(provider(), optionValues());
  }

  @Test
  final void canBeClosedTwice() {
    MemoryRig<T> tested = rig(2);
    tested.store.close();
    tested.close();
  }
}
