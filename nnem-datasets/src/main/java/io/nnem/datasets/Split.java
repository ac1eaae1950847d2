package io.nnem.datasets;

import java.util.Objects;

/**
 * A data set in three parts that do not overlap: one to learn from, one to choose by, one to report
 * on. All three have the same image size and the same number of classes.
 *
 * @param name the name of the whole, for example {@code mnist}
 * @param training the part to learn from
 * @param validation the part to tune and stop by
 * @param test the part to report on
 */
public record Split(String name, Dataset training, Dataset validation, Dataset test) {
  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException if the name is blank, or image sizes or classes differ
   */
  public Split {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A split needs a name, but it is blank.");
    }
    Objects.requireNonNull(training, "training");
    requireSameShape(training, Objects.requireNonNull(validation, "validation"));
    requireSameShape(training, Objects.requireNonNull(test, "test"));
  }

  private static void requireSameShape(Dataset one, Dataset other) {
    if (!shape(one).equals(shape(other))) {
      throw new IllegalArgumentException(
          "The parts of a split must agree, but %s has %s and %s has %s."
              .formatted(one.name(), shape(one), other.name(), shape(other)));
    }
  }

  private static String shape(Dataset dataset) {
    return "images of %d x %d in %d classes"
        .formatted(dataset.rows(), dataset.columns(), dataset.classes());
  }
}
