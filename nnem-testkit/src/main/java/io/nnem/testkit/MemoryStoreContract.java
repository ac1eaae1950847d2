package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.Slots;
import io.nnem.memory.retention.FirstInFirstOut;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every memory store must do: keep each memory in its slot, with its value and its age, until
 * something names it; and take a write whole or not at all.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class MemoryStoreContract<T> extends StoreNotices<T> {

  /** For subclasses. */
  protected MemoryStoreContract() {}

  @Test
  final void anEmptyStore_saysSo() {
    assertThat(store.capacity()).isEqualTo(CAPACITY);
    assertThat(store.keySize()).isEqualTo(KEY);
    assertThat(store.valueSize()).isEqualTo(VALUE);
    assertThat(store.size()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(store::occupied)
        .withMessage("The memory is empty: write to it first.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.writtenAt(0))
        .withMessage("Slot 0 is not in use: the memory has 0 memories.");
  }

  @Test
  final void write_fillsAndThenGivesUpTheOldest() {
    assertThat(write(5, 1, 2, 3, 4)).isEqualTo(Slots.range(0, 4));
    assertThat(store.size()).isEqualTo(4);
    assertThat(store.occupied()).isEqualTo(Slots.range(0, 4));
    // Around the end: slots 4, 5, then 0.
    assertThat(write(8, 5, 6, 7)).isEqualTo(Slots.of(4, 5, 0));
    assertThat(store.size()).isEqualTo(6);
    assertThat(store.occupied()).isEqualTo(Slots.range(0, 6));
    int[] held = {7, 2, 3, 4, 5, 6};
    long[] versions = {8, 5, 5, 5, 8, 8};
    for (int slot = 0; slot < 6; slot++) {
      assertHolds(slot, held[slot], held[slot], versions[slot]);
    }
  }

  @Test
  final void slotsInAnyOrder_areGathered() {
    write(1, 1, 2, 3, 4, 5);
    assertThat(matrices.elements(store.keys(Slots.of(3, 0, 4))))
        .containsExactly(40, 41, 42, 10, 11, 12, 50, 51, 52);
    assertThat(matrices.elements(store.values(Slots.of(1, 0)))).containsExactly(20, 21, 10, 11);
    assertThat(matrices.elements(store.keys(Slots.range(1, 3))))
        .containsExactly(20, 21, 22, 30, 31, 32);
  }

  @Test
  final void keysStay_whileValuesAreAskedFor() {
    write(1, 1, 2, 3, 4, 5);
    for (Slots slots : new Slots[] {Slots.of(3, 1), Slots.range(0, 5)}) {
      T keys = store.keys(slots);
      double[] before = matrices.elements(keys);
      store.values(slots);
      store.values(Slots.of(4, 2));
      assertThat(matrices.elements(keys)).isEqualTo(before);
    }
  }

  @Test
  final void law6_replaceKeys_leavesValuesAgesAndTheOtherKeys() {
    write(1, 1, 2, 3, 4, 5);
    store.replaceKeys(Slots.of(4, 1), rows(KEY, 8, 9));
    int[] keys = {1, 9, 3, 4, 8};
    for (int slot = 0; slot < 5; slot++) {
      assertHolds(slot, keys[slot], slot + 1, 1);
    }
    assertThat(write(2, 6)).as("what comes next").isEqualTo(Slots.of(5));
  }

  @Test
  final void whatWasGivenToIt_isCopied() {
    T keys = rows(KEY, 1, 2);
    T values = rows(VALUE, 1, 2);
    store.write(keys, values, 3);
    matrices.tensors.fill(99, keys);
    matrices.tensors.fill(99, values);
    assertHolds(0, 1, 1, 3);
    assertHolds(1, 2, 2, 3);
  }

  @Test
  final void law6_everyMemorySurvives_whatDoesNotNameIt() {
    for (int capacity : new int[] {1, 13, 207}) {
      try (MemoryStore<T> tested =
          store(matrices.tensors, capacity, KEY, VALUE, new FirstInFirstOut(capacity))) {
        followRandomWrites(tested, capacity);
      }
    }
  }

  /** Keeps the same memories in plain arrays, and compares. */
  private void followRandomWrites(MemoryStore<T> tested, int capacity) {
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
      Slots slots = tested.write(rows(KEY, memories), rows(VALUE, memories), version);
      assertThat(slots.count()).isEqualTo(memories.length);
      for (int i = 0; i < memories.length; i++) {
        keys[slots.get(i)] = memories[i];
        values[slots.get(i)] = memories[i];
        versions[slots.get(i)] = version;
      }
      int named = random.nextInt(tested.size());
      tested.replaceKeys(Slots.of(named), rows(KEY, next));
      keys[named] = next++;
      Slots all = tested.occupied();
      double[] heldKeys = matrices.elements(tested.keys(all));
      double[] heldValues = matrices.elements(tested.values(all));
      for (int slot = 0; slot < tested.size(); slot++) {
        assertThat(heldKeys[slot * KEY]).as("key in slot %d", slot).isEqualTo(10 * keys[slot]);
        assertThat(heldValues[slot * VALUE]).as("value of %d", slot).isEqualTo(10 * values[slot]);
        assertThat(tested.writtenAt(slot)).as("version of %d", slot).isEqualTo(versions[slot]);
      }
    }
  }

  @Test
  final void law4_aWriteThatDoesNotFit_isRefusedWhole() {
    write(1, 1, 2, 3, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(2, 5, 6, 7, 8, 9, 10, 11))
        .withMessage(
            "7 memories cannot be written at once to a memory of capacity 6: write fewer, or make"
                + " it larger.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.write(rows(VALUE, 5), rows(VALUE, 5), 2))
        .withMessage("The keys must have 3 columns, but it is 1 x 2.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.write(rows(KEY, 5), rows(VALUE, 5, 6), 2))
        .withMessage("The values must be 1 x 2, but it is 2 x 2.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.replaceKeys(Slots.of(0, 1), rows(KEY, 5)))
        .withMessage("The keys must be 2 x 3, but it is 1 x 3.");
    assertUnchanged();
  }

  private void assertUnchanged() {
    assertThat(store.size()).as("size after a refused write").isEqualTo(4);
    for (int slot = 0; slot < 4; slot++) {
      assertHolds(slot, slot + 1, slot + 1, 1);
    }
    assertThat(write(2, 5)).as("what comes next").isEqualTo(Slots.of(4));
  }

  @Test
  final void slotsNotInUse_areRefused() {
    write(1, 1, 2, 3, 4);
    String message = "Slot 4 is not in use: the memory has 4 memories.";
    Slots slots = Slots.of(1, 4);
    assertThatIllegalArgumentException().isThrownBy(() -> store.keys(slots)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> store.values(slots)).withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.replaceKeys(slots, rows(KEY, 5, 6)))
        .withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> store.writtenAt(4)).withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.writtenAt(-1))
        .withMessage("Slot -1 is not in use: the memory has 4 memories.");
    assertUnchanged();
  }

  /** A policy that answers as it is told to. */
  private static final class Told implements Retention {
    private final IntFunction<Slots> answer;
    private int written;

    Told(IntFunction<Slots> answer) {
      this.answer = answer;
    }

    @Override
    public Slots choose(int count) {
      return answer.apply(count);
    }

    @Override
    public void written(Slots slots) {
      written++;
    }
  }

  @Test
  final void law4_aPolicyThatChoosesWrongly_isRefusedByName() {
    refuses(count -> Slots.of(1), 1, "Slots[1..1] for 1 memories, with 0 of 6 slots in use");
    refuses(count -> Slots.of(0), 2, "Slots[0..0] for 2 memories, with 0 of 6 slots in use");
    refuses(
        count -> Slots.of(IntStream.range(0, 7).toArray()),
        6,
        "Slots[0..6] for 6 memories, with 0 of 6 slots in use");
    refuses(count -> Slots.of(0, 2), 2, "Slots[0, 2] for 2 memories, with 0 of 6 slots in use");
  }

  private void refuses(IntFunction<Slots> answer, int count, String choice) {
    Told told = new Told(answer);
    try (MemoryStore<T> tested = store(matrices.tensors, CAPACITY, KEY, VALUE, told)) {
      int[] memories = IntStream.range(0, count).toArray();
      assertThatThrownBy(
              () -> tested.write(rows(KEY, memories), rows(VALUE, memories), 1),
              "refusal of a write by a policy that chose %s",
              choice)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "The retention policy "
                  + Told.class.getName()
                  + " chose "
                  + choice
                  + "; it must choose as many slots, free ones from the lowest on.");
      assertThat(tested.size()).as("size after a refused write").isZero();
      assertThat(told.written).as("policies told of a refused write").isZero();
    }
  }

  @Test
  final void canBeClosedTwice() {
    MemoryStore<T> tested = store(matrices.tensors, 2, KEY, VALUE, new FirstInFirstOut(2));
    tested.close();
    tested.close();
  }
}
