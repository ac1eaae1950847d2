package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import org.junit.jupiter.api.Test;

class RowBufferTest {
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final RowBuffer<Matrix> buffer = new RowBuffer<>(tensors, tensors.newScope(), 5, 3);

  @Test
  void firstRowsShareTheRoom() {
    tensors.fill(2, buffer.first(2));
    assertThat(tensors.get(buffer.all(), 1, 2)).isEqualTo(2);
    assertThat(tensors.get(buffer.all(), 2, 0)).isZero();
    assertThat(tensors.rows(buffer.first(4))).isEqualTo(4);
    assertThat(tensors.get(buffer.first(4), 1, 0)).isEqualTo(2);
    assertThat(buffer.first(5)).isSameAs(buffer.all());
  }

  @Test
  void theSameNumberGivesTheSameView() {
    assertThat(buffer.first(3)).isSameAs(buffer.first(3));
  }

  @Test
  void twoNumbersByTurns_giveTheSameTwoViews() {
    Matrix three = buffer.first(3);
    Matrix two = buffer.first(2);
    for (int i = 0; i < 3; i++) {
      assertThat(buffer.first(3)).isSameAs(three);
      assertThat(buffer.first(2)).isSameAs(two);
    }
    assertThat(tensors.rows(buffer.first(1))).isEqualTo(1);
  }

  @Test
  void moreThanThereIsRoomFor_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buffer.first(6))
        .withMessage("Rows 0 to 6 (exclusive) are not a range within 5 rows.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buffer.first(0))
        .withMessage("Rows 0 to 0 (exclusive) are not a range within 5 rows.");
  }
}
