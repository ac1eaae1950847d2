package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void aRangeIsARange_howeverItWasMade() {
    assertThat(Slots.range(2, 5)).isEqualTo(Slots.of(2, 3, 4)).hasSameHashCodeAs(Slots.of(2, 3, 4));
    assertThat(Slots.of(2, 3, 4).isRange()).isTrue();
    assertThat(Slots.of(7).isRange()).isTrue();
    assertThat(Slots.of(2, 4, 3).isRange()).isFalse();
    assertThat(Slots.of(3, 2).isRange()).isFalse();
  }

  @Test
  void theOrderIsPartOfIt() {
    assertThat(Slots.of(2, 3)).isNotEqualTo(Slots.of(3, 2));
    assertThat(Slots.of(3, 9, 2).get(1)).isEqualTo(9);
    assertThat(Slots.of(3, 9, 2).count()).isEqualTo(3);
  }

  @Test
  void aPartHasTheirOrder_andThePartThatIsAllIsTheSame() {
    Slots slots = Slots.of(3, 9, 2);
    assertThat(slots.part(1, 3)).isEqualTo(Slots.of(9, 2));
    assertThat(slots.part(0, 3)).isSameAs(slots);
    assertThatIllegalArgumentException().isThrownBy(() -> slots.part(1, 1));
  }

  @Test
  void whatOverflowsIsNoRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Slots.of(Integer.MAX_VALUE, Integer.MIN_VALUE));
  }

  @Test
  void areWrittenForPeople() {
    assertThat(Slots.range(2, 5)).hasToString("Slots[2..4]");
    assertThat(Slots.of(4, 2)).hasToString("Slots[4, 2]");
  }

  @Test
  void areImmutable() {
    int[] given = {1, 5};
    Slots slots = Slots.of(given);
    given[0] = 9;
    slots.toArray()[1] = 9;
    assertThat(slots.toArray()).containsExactly(1, 5);
  }

  @Test
  void whatIsNoSlot_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Slots.range(3, 3))
        .withMessage("Slots 3 to 3 (exclusive) are not a range of slots.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Slots.range(-1, 3))
        .withMessage("Slots -1 to 3 (exclusive) are not a range of slots.");
    assertThatIllegalArgumentException()
        .isThrownBy(Slots::of)
        .withMessage("Slots must be at least one, none negative, each at most once, but are [].");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Slots.of(1, -1))
        .withMessage(
            "Slots must be at least one, none negative, each at most once, but are [1, -1].");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Slots.of(2, 1, 2))
        .withMessage(
            "Slots must be at least one, none negative, each at most once, but are [2, 1, 2].");
  }

  @Test
  void placesOutsideOthers_areOfThisList() {
    Slots slots = Slots.of(7, 2, 9, 4);
    assertThat(slots.placesOutside(Slots.of(4, 7, 1))).containsExactly(1, 2);
    assertThat(slots.placesOutside(Slots.range(0, 2))).containsExactly(0, 1, 2, 3);
    assertThat(slots.placesOutside(Slots.range(0, 10))).isEmpty();
  }
}
