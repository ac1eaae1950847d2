package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.reference.Matrix;
import io.nnem.memory.eviction.FirstInFirstOut;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NearestTest {

  private final Plain plain = new Plain(5, FirstInFirstOut::new);

  private Recall<Matrix> nearest(String k) {
    return Plugins.load(RecallProvider.class)
        .get("nearest")
        .create(
            new RecallContext<>(
                plain.tensors, plain.memory, 1, new Options(Map.of("nearest-k", k))));
  }

  @Test
  void theUnionOfEachQuerysNearest_isRecalled() {
    plain.memory.write(
        plain.rows(2, 1, 0, 0, 1, -1, 0, 1, 0.2, 0.1, 1), plain.oneHot(0, 1, 2, 0, 1), 0);
    try (Recall<Matrix> recall = nearest("2")) {
      assertThat(recall.recall(plain.rows(2, 5, 1))).isEqualTo(Slots.of(0, 3));
      assertThat(recall.recall(plain.rows(2, 0, 2))).isEqualTo(Slots.of(1, 4));
      assertThat(recall.recall(plain.rows(2, 5, 1, 0, 2))).isEqualTo(Slots.of(0, 1, 3, 4));
      plain.memory.clear(Slots.of(1));
      assertThat(recall.recall(plain.rows(2, 0, 2))).as("but slot 1").isEqualTo(Slots.of(3, 4));
      plain.memory.clear(Slots.of(0, 3));
      assertThat(recall.recall(plain.rows(2, 0, 2))).as("all there are").isEqualTo(Slots.of(2, 4));
    }
  }

  @Test
  void lessThanOne_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nearest("0"))
        .withMessage("Option nearest-k must be a whole number, 1 or more, but it is '0'.");
  }
}
