package io.nnem.memory.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.StateException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CellsTest {

  private static final int CAPACITY = 60;

  @Test
  void randomOperations_asInPlainSets() {
    SplittableRandom random = new SplittableRandom(17);
    Cells cells = new Cells(CAPACITY, 2);
    float[] keys = new float[2 * CAPACITY];
    List<TreeSet<Integer>> plain = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int slot = random.nextInt(CAPACITY);
      int what = random.nextInt(10);
      if (what < 7 && !plain.isEmpty()) {
        int cell = random.nextInt(plain.size());
        plain.forEach(each -> each.remove(slot));
        plain.get(cell).add(slot);
        keys[2 * slot] = random.nextInt(-9, 10) / 10f;
        keys[2 * slot + 1] = random.nextBoolean() ? 1 : -1;
        cells.put(cell, slot, keys, slot);
      } else if (what == 7) {
        plain.forEach(each -> each.remove(slot));
        cells.remove(slot);
      } else if (what == 8 && plain.size() < 9) {
        assertThat(cells.make()).isEqualTo(plain.size());
        plain.add(new TreeSet<>());
      } else if (what == 9 && !plain.isEmpty()) {
        int cell = random.nextInt(plain.size());
        for (int each : plain.get(cell)) {
          cells.remove(each);
        }
        cells.drop(cell);
        TreeSet<Integer> last = plain.remove(plain.size() - 1);
        if (cell < plain.size()) {
          plain.set(cell, last);
        }
      }
      assertThat(cells.count()).isEqualTo(plain.size());
      for (int cell = 0; cell < plain.size(); cell++) {
        assertThat(cells.slots(cell))
            .as("cell %d after operation %d", cell, i)
            .isEqualTo(plain.get(cell).stream().mapToInt(each -> each).toArray());
        int place = 0;
        for (int each : plain.get(cell)) {
          assertThat(cells.of(each)).isEqualTo(cell);
          assertThat(cells.slot(cell, place)).isEqualTo(each);
          assertThat(cells.codes()[cell][2 * place])
              .as("code of slot %d", each)
              .isEqualTo((byte) Math.round(127 * keys[2 * each]));
          assertThat(cells.codes()[cell][2 * place + 1])
              .isEqualTo((byte) (127 * keys[2 * each + 1]));
          place++;
        }
      }
    }
  }

  @Test
  void damagedStates_areRefused() {
    refused(new int[] {0, 1, -2}, 2, "The memory in slot 2 is in cell -2 of 2.");
    refused(new int[] {0, 1, 2}, 2, "The memory in slot 2 is in cell 2 of 2.");
    refused(new int[] {0, -1, 0}, 2, "Cell 1 of 2 is empty.");
  }

  private static void refused(int[] state, int cells, String says) {
    assertThatThrownBy(() -> new Cells(3, 2).restore(state, cells))
        .isInstanceOf(StateException.class)
        .hasMessage(says);
  }
}
