package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link MemoryStoreContract} asks of what a store passes on to its retention policy. */
abstract class StoreNotices<T> extends StoreClaims<T> {

  /** A policy that notes what it is told. */
  private static final class Notes implements Retention {
    private final List<String> notes = new ArrayList<>();

    @Override
    public Slots choose(int count) {
      return Slots.range(0, count);
    }

    @Override
    public void written(Slots slots) {}

    @Override
    public boolean usesReads() {
      return true;
    }

    @Override
    public void read(Slots slots, double[] weights) {
      notes.add("read " + slots + " " + Arrays.toString(weights));
    }

    @Override
    public void score(Slots slots, double[] uncertainties) {
      notes.add("score " + slots + " " + Arrays.toString(uncertainties));
    }
  }

  @Test
  final void thePolicyIsTold_ofReadingsAndScores() {
    Notes policy = new Notes();
    try (MemoryStore<T> tested = store(matrices.tensors, CAPACITY, KEY, VALUE, policy)) {
      int[] memories = IntStream.range(0, 4).toArray();
      tested.write(rows(KEY, memories), rows(VALUE, memories), 1);
      policy.notes.clear(); // a store that scores what is written has done so
      assertThat(tested.usesReads()).as("whether reads are used, as the policy says").isTrue();
      tested.read(Slots.of(2, 0), new double[] {0.25, 1.5});
      tested.score(Slots.of(3, 1), new double[] {7, -2});
      tested.read(Slots.range(0, 4), new double[] {1, 2, 3, 4});
    }
    assertThat(policy.notes)
        .as("what the policy was told")
        .containsExactly(
            "read Slots[2, 0] [0.25, 1.5]",
            "score Slots[3, 1] [7.0, -2.0]",
            "read Slots[0..3] [1.0, 2.0, 3.0, 4.0]");
  }

  @Test
  final void law6_readingsAndScores_changeNoMemory() {
    write(1, 1, 2, 3, 4);
    double[] weights = new double[] {0.25, 1.5};
    double[] uncertainties = {7, -2};
    store.read(Slots.of(2, 0), weights);
    store.score(Slots.of(3, 1), uncertainties);
    for (int slot = 0; slot < 4; slot++) {
      assertHolds(slot, slot + 1, slot + 1, 1);
    }
    assertThat(weights).as("the weights").containsExactly(0.25, 1.5);
    assertThat(uncertainties).as("the uncertainties").containsExactly(7, -2);
  }

  @Test
  final void law4_aNoticeThatDoesNotFit_isNotPassedOn() {
    Notes policy = new Notes();
    try (MemoryStore<T> tested = store(matrices.tensors, CAPACITY, KEY, VALUE, policy)) {
      int[] memories = IntStream.range(0, 4).toArray();
      tested.write(rows(KEY, memories), rows(VALUE, memories), 1);
      policy.notes.clear(); // a store that scores what is written has done so
      Slots two = Slots.of(2, 0);
      Slots free = Slots.of(2, 4);
      String notInUse = "Slot 4 is not in use: the memory has 4 memories.";
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tested.read(free, new double[2]))
          .withMessage(notInUse);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tested.read(two, new double[] {1}))
          .withMessage("There must be one weight for each of 2 memories, but there are 1.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tested.score(free, new double[2]))
          .withMessage(notInUse);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tested.score(two, new double[3]))
          .withMessage("There must be one uncertainty for each of 2 memories, but there are 3.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tested.score(two, new double[] {1, Double.NaN}))
          .withMessage(
              "The uncertainty of the memory in slot 0 is NaN; it must be a finite number.");
    }
    assertThat(policy.notes).as("what the policy was told").isEmpty();
  }
}
