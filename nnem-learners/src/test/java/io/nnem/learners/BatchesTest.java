package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.reference.ReferenceTensors;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Datasets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int SIZE = 12;
  private static final long SEED = 3;

  private final Dataset data =
      Datasets.of(
          "rows", 1, 2, 3, floats(2 * SIZE), IntStream.range(0, SIZE).map(i -> i % 3).toArray());

  private static float[] floats(int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = i;
    }
    return floats;
  }

  @Test
  void everyObservationComesOnceAnEpochWithItsLabel() {
    ReferenceTensors tensors = new ReferenceTensors();
    int[] seen = new int[SIZE];
    try (var batches = new Batches<>(tensors, data, 4, SEED);
        var again = new Batches<>(tensors, data, 4, SEED)) {
      for (int batch = 0; batch < SIZE / 4; batch++) {
        batches.next();
        again.next();
        assertThat(again.indices()).isEqualTo(batches.indices());
        for (int row = 0; row < 4; row++) {
          int index = batches.indices()[row];
          seen[index]++;
          assertThat(tensors.get(batches.observations(), row, 1)).isEqualTo(2 * index + 1);
          assertThat(tensors.get(batches.values(), row, index % 3)).isEqualTo(1);
          assertThat(tensors.get(batches.values(), row, (index + 1) % 3)).isZero();
        }
      }
    }
    assertThat(Arrays.stream(seen).distinct()).containsExactly(1);
  }

  @Test
  void aBatchOfNothingIsRefused() {
    assertThatThrownBy(() -> new Batches<>(new ReferenceTensors(), data, 0, SEED))
        .hasMessage("A batch has 1 observation or more, but was to have 0.");
  }
}
