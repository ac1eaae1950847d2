package io.nnem.credit.assigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnchorTest {
  private static final int SIZE = 5;
  private static final int ROWS = 3;

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final SplittableRandom random = Seeds.random(3, "anchor");
  private final Matrix stored = random();
  private final Matrix fresh = random();
  private final Matrix gradient = random();

  AnchorTest() {
    for (int row = 0; row < ROWS; row++) { // a gradient of a cosine is orthogonal to its key
      double along = dot(gradient, stored, row) / dot(stored, stored, row);
      for (int j = 0; j < SIZE; j++) {
        double g = tensors.get(gradient, row, j) - along * tensors.get(stored, row, j);
        tensors.set(gradient, row, j, g);
      }
    }
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private Matrix random() {
    Matrix matrix = scope.zeros(ROWS, SIZE);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < SIZE; j++) {
        tensors.set(matrix, i, j, random.nextDouble(-1, 1));
      }
    }
    return matrix;
  }

  private double dot(Matrix a, Matrix b, int row) {
    double sum = 0;
    for (int j = 0; j < SIZE; j++) {
      sum += tensors.get(a, row, j) * tensors.get(b, row, j);
    }
    return sum;
  }

  private double length(Matrix a, int row) {
    return Math.sqrt(dot(a, a, row));
  }

  private double unit() {
    return Math.sqrt(tensors.dot(gradient, gradient) / ROWS);
  }

  private Matrix carry(double strength) {
    try (Anchor<Matrix> anchor = new Anchor<>(tensors, SIZE, strength)) {
      Matrix out = scope.zeros(ROWS, SIZE);
      tensors.copy(anchor.carry(stored, fresh, gradient, unit()), out);
      return out;
    }
  }

  @Test
  void withoutAnAnchor_theGradientIsTurned_andKeepsItsSizeForTheDirection() {
    Matrix carried = carry(0);
    for (int row = 0; row < ROWS; row++) {
      assertThat(dot(carried, fresh, row)).as("along the fresh key").isCloseTo(0, within(1e-12));
      assertThat(length(carried, row) * length(fresh, row))
          .as("what a step turns the direction by")
          .isCloseTo(length(gradient, row) * length(stored, row), within(1e-12));
    }
  }

  @Test
  void theTurn_isThatOfTheKeys() {
    // A gradient in the plane of both keys stays in it: here from the stored key to the fresh one.
    for (int row = 0; row < ROWS; row++) {
      double along = dot(fresh, stored, row) / dot(stored, stored, row);
      for (int j = 0; j < SIZE; j++) {
        double g = tensors.get(fresh, row, j) - along * tensors.get(stored, row, j);
        tensors.set(gradient, row, j, g);
      }
    }
    Matrix carried = carry(0);
    for (int row = 0; row < ROWS; row++) {
      double cosine = dot(stored, fresh, row) / length(stored, row) / length(fresh, row);
      double sine = Math.sqrt(1 - cosine * cosine);
      // turned on by the same angle, it points away from the stored key
      double expected = -sine * length(carried, row) * length(stored, row);
      assertThat(dot(carried, stored, row)).isCloseTo(expected, within(1e-12));
    }
  }

  /**
   * What the anchor adds is the gradient of {@code anchor r |k| (1 - c)}, by finite differences.
   */
  @Test
  void theAnchor_isTheGradientOfTheMismatch() {
    Matrix with = carry(0.7);
    Matrix without = carry(0);
    double unit = Math.sqrt(tensors.dot(gradient, gradient) / ROWS);
    double step = 1e-5;
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < SIZE; j++) {
        double there = tensors.get(fresh, row, j);
        tensors.set(fresh, row, j, there + step);
        double above = penalty(row, unit);
        tensors.set(fresh, row, j, there - step);
        double below = penalty(row, unit);
        tensors.set(fresh, row, j, there);
        assertThat(tensors.get(with, row, j) - tensors.get(without, row, j))
            .as("row %d, column %d", row, j)
            .isCloseTo((above - below) / (2 * step), within(1e-5));
      }
    }
  }

  private double penalty(int row, double unit) {
    double cosine = dot(stored, fresh, row) / length(stored, row) / length(fresh, row);
    return 0.7 * unit * length(stored, row) * (1 - cosine);
  }

  @Test
  void withoutMismatch_theGradientStaysAsItIs_toTheBit() {
    tensors.copy(stored, fresh);
    Matrix carried = carry(0.5);
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < SIZE; j++) {
        assertThat(tensors.get(carried, row, j)).isEqualTo(tensors.get(gradient, row, j));
      }
    }
  }

  @Test
  void keysThatPointTheOtherWay_orAreZero_giveFiniteGradients() {
    tensors.copy(stored, fresh);
    tensors.scale(-2, fresh);
    tensors.fill(0, tensors.rowRange(fresh, 1, 2));
    tensors.fill(0, tensors.rowRange(stored, 2, 3));
    assertThat(tensors.dot(carry(0.5), carry(0.5))).isFinite();
  }

  @Test
  void theMismatch_isTheMeanOverTheMemories() {
    try (Anchor<Matrix> anchor = new Anchor<>(tensors, SIZE, 0.5)) {
      assertThat(anchor.mismatch()).isZero();
      anchor.carry(stored, fresh, gradient, unit());
      double mean = 0;
      for (int row = 0; row < ROWS; row++) {
        double cosine = dot(stored, fresh, row) / length(stored, row) / length(fresh, row);
        mean += (cosine > 0 ? 1 - cosine * cosine : 1) / ROWS;
      }
      assertThat(anchor.mismatch() / ROWS).isCloseTo(mean, within(1e-12)).isPositive();
    }
  }
}
