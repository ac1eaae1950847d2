package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SplitTest {
  private final Dataset training = dataset("training", 1, 6, 2);

  @Test
  void holdsThreeParts() {
    Dataset validation = dataset("validation", 1, 6, 2);
    Dataset test = dataset("test", 1, 6, 2);
    Split split = new Split("all", training, validation, test);
    assertThat(split.name()).isEqualTo("all");
    assertThat(split.training()).isSameAs(training);
    assertThat(split.validation()).isSameAs(validation);
    assertThat(split.test()).isSameAs(test);
  }

  @Test
  void refusesPartsThatDiffer() {
    assertThatThrownBy(() -> new Split("all", training, dataset("v", 6, 1, 2), training))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The parts of a split must agree, but training has images of 1 x 6 in 2 classes"
                + " and v has images of 6 x 1 in 2 classes.");
    assertThatThrownBy(() -> new Split("all", training, training, dataset("t", 1, 6, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The parts of a split must agree, but training has images of 1 x 6 in 2 classes"
                + " and t has images of 1 x 6 in 3 classes.");
  }

  @Test
  void refusesABlankName() {
    assertThatThrownBy(() -> new Split(" ", training, training, training))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A split needs a name, but it is blank.");
  }

  private static Dataset dataset(String name, int rows, int columns, int classes) {
    return Datasets.of(name, rows, columns, classes, new byte[rows * columns], new byte[1]);
  }
}
