package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.reference.Matrix;
import io.nnem.memory.eviction.FirstInFirstOut;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {

  private final Plain plain = new Plain(6, FirstInFirstOut::new);
  private final Memory<Matrix> memory = plain.memory;

  /** Notes all news, and objects when told to. */
  private final class Notes implements SlotListener<Matrix> {
    private final List<String> notes = new ArrayList<>();
    private boolean objects;

    @Override
    public void beforeWrite(NewKeys<Matrix> keys, Matrix values) {
      if (objects) {
        throw new IllegalArgumentException("no");
      }
      notes.add("before " + plain.tensors.rows(values));
    }

    @Override
    public void onWrite(Slots slots, NewKeys<Matrix> keys, Matrix values) {
      notes.add("write " + slots);
    }

    @Override
    public void onReplaceKeys(Slots slots, NewKeys<Matrix> keys) {
      notes.add("keys " + slots);
    }

    @Override
    public void onReplaceValues(Slots slots, Matrix values) {
      notes.add("values " + slots);
    }

    @Override
    public boolean listensToReads() {
      return true;
    }

    @Override
    public void onRead(Slots slots, Matrix weights) {
      notes.add("read " + slots + " " + plain.tensors.get(weights, 0, 0));
    }

    @Override
    public void onClear(Slots slots) {
      notes.add("clear " + slots);
    }
  }

  @Test
  void anEmptyMemory_saysSo() {
    assertThat(memory.capacity()).isEqualTo(6);
    assertThat(memory.size()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(memory::occupied)
        .withMessage("The memory is empty: write to it first.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory.writtenAt(0))
        .withMessage("Slot 0 is not in use: the memory has 0 memories.");
  }

  @Test
  void allNews_reachTheListeners() {
    Notes notes = new Notes();
    assertThat(memory.listensToReads()).as("before somebody listens").isFalse();
    memory.addListener(notes);
    assertThat(memory.listensToReads()).isTrue();
    plain.write(0, 1, 2, 0);
    memory.read(Slots.of(2, 0), plain.rows(1, 0.25, 1.5));
    memory.replaceKeys(Slots.of(3), NewKeys.of(plain.rows(2, 1, 1)));
    memory.replaceValues(Slots.of(1), plain.oneHot(2));
    memory.clear(Slots.of(0, 2));
    plain.write(1, 1, 1);
    assertThat(notes.notes)
        .containsExactly(
            "before 4",
            "write Slots[0..3]",
            "read Slots[2, 0] 0.25",
            "keys Slots[3..3]",
            "values Slots[1..1]",
            "clear Slots[0, 2]",
            "before 3",
            "write Slots[0, 2, 4]");
  }

  @Test
  void clearedSlots_areFree_andTakenFirst() {
    plain.write(0, 1, 2, 0, 1);
    memory.clear(Slots.of(1, 4));
    assertThat(memory.size()).isEqualTo(3);
    assertThat(memory.occupied()).isEqualTo(Slots.of(0, 2, 3));
    assertThat(memory.holds(1)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain.keys(Slots.of(0, 1)))
        .withMessage("Slot 1 is not in use: the memory has 3 memories.");
    assertThat(plain.write(2, 2)).isEqualTo(Slots.of(1, 4));
    assertThat(memory.occupied()).isEqualTo(Slots.range(0, 5));
    memory.clear(memory.occupied());
    assertThat(memory.size()).isZero();
    assertThatIllegalStateException().isThrownBy(memory::occupied);
    assertThat(plain.write(1)).isEqualTo(Slots.of(0));
  }

  @Test
  void replacedValues_leaveKeysAndAges() {
    memory.write(plain.rows(2, 1, 2, 3, 4), plain.oneHot(0, 1), 7);
    memory.replaceValues(Slots.of(1), plain.oneHot(2));
    assertThat(plain.values(Slots.range(0, 2))).containsExactly(1, 0, 0, 0, 0, 1);
    assertThat(plain.keys(Slots.range(0, 2))).containsExactly(1, 2, 3, 4);
    assertThat(memory.writtenAt(1)).isEqualTo(7);
  }

  private void refused(Runnable change, String message) {
    long before = memory.changes();
    double[] keys = plain.keys(memory.occupied());
    assertThatIllegalArgumentException().isThrownBy(change::run).withMessage(message);
    assertThat(memory.changes()).as("changes").isEqualTo(before);
    assertThat(plain.keys(memory.occupied())).as("keys after what was refused").isEqualTo(keys);
  }

  @Test
  void whatDoesNotFit_isRefusedWhole() {
    plain.write(0, 1, 2, 0);
    refused(
        () -> plain.write(0, 0, 0, 0, 0, 0, 0),
        "7 memories cannot be written at once to a memory of capacity 6: write fewer, or make it"
            + " larger.");
    refused(
        () -> memory.write(plain.rows(3, 1, 2, 3), plain.oneHot(0), 1),
        "The keys must have 2 columns, but it is 1 x 3.");
    refused(
        () -> memory.write(plain.rows(2, 1, 2), plain.oneHot(0, 1), 1),
        "The values must be 1 x 3, but it is 2 x 3.");
    refused(
        () -> memory.replaceKeys(Slots.of(0, 1), NewKeys.of(plain.rows(2, 1, 2))),
        "The keys must be 2 x 2, but it is 1 x 2.");
    refused(() -> memory.clear(Slots.of(1, 4)), "Slot 4 is not in use: the memory has 4 memories.");
    refused(
        () -> memory.read(Slots.of(1, 4), plain.rows(1, 1, 1)),
        "Slot 4 is not in use: the memory has 4 memories.");
    assertThat(plain.write(2)).as("what comes next").isEqualTo(Slots.of(4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFinite_isRefused(double bad) {
    plain.write(0, 1);
    for (Runnable change :
        List.<Runnable>of(
            () -> memory.write(plain.rows(2, 1, bad), plain.oneHot(0), 1),
            () -> memory.write(plain.rows(2, 1, 1), plain.rows(3, 0, bad, 0), 1),
            () -> memory.replaceKeys(Slots.of(0), NewKeys.of(plain.rows(2, bad, 1))),
            () -> memory.replaceValues(Slots.of(0), plain.rows(3, 0, bad, 0)),
            () -> memory.read(Slots.of(0), plain.rows(1, bad)))) {
      long before = memory.changes();
      assertThatThrownBy(change::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be finite numbers");
      assertThat(memory.changes()).isEqualTo(before);
    }
  }

  @Test
  void aListenerThatObjects_keepsTheMemoryAsItWas() {
    Notes notes = new Notes();
    memory.addListener(notes);
    plain.write(0, 1);
    notes.objects = true;
    refused(() -> plain.write(2), "no");
    notes.objects = false;
    assertThat(plain.write(2)).isEqualTo(Slots.of(2));
  }

  /** A policy that answers as it is told to. */
  private record Told(Slots answer) implements EvictionPolicy<Matrix> {
    @Override
    public Slots evict(int count, Matrix keys, Matrix values) {
      return answer;
    }

    @Override
    public void save(StateWriter out) {}

    @Override
    public void load(StateReader in) {}
  }

  @Test
  void aPolicyThatChoosesWrongly_isRefusedByName() {
    for (Slots answer : new Slots[] {Slots.of(0), Slots.range(0, 3), Slots.of(1, 9)}) {
      Plain told = new Plain(3, context -> new Told(answer));
      told.write(0, 1, 2);
      long before = told.memory.changes();
      assertThatIllegalStateException()
          .isThrownBy(() -> told.write(0, 0))
          .withMessage(
              "The eviction policy "
                  + Told.class.getName()
                  + " chose "
                  + answer
                  + " where 2 of the 3 memories had to be given up; it must choose as many slots that"
                  + " are in use.");
      assertThat(told.memory.changes()).isEqualTo(before);
    }
  }

  @Test
  void keysWithoutTheirObservations_areRefusedWhereTheseAreNeeded() {
    assertThatIllegalStateException()
        .isThrownBy(() -> NewKeys.of(plain.rows(2, 1, 2)).requirePass())
        .withMessageContaining("write the embedder's pass instead of its keys");
  }
}
