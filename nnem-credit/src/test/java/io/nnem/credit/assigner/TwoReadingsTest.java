package io.nnem.credit.assigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.Slots;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TwoReadingsTest {
  private static final int ROWS = 40;
  private static final int SIZE = 3;

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final SplittableRandom random = Seeds.random(4, "two readings");
  private final TwoReadings<Matrix> readings = new TwoReadings<>(tensors, SIZE);
  private final Matrix gradients = scope.zeros(ROWS, SIZE);
  private final Matrix predicted = scope.zeros(ROWS, SIZE);

  /** Gradients with mean 1 and much noise, and a prediction of the same for all, in units of 2. */
  private void read(double prediction) {
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < SIZE; j++) {
        tensors.set(gradients, i, j, 1 + 3 * random.nextGaussian());
      }
    }
    tensors.fill(prediction / 2, predicted);
    readings.propose(Slots.range(0, ROWS), gradients, predicted, 2);
  }

  @Test
  void theErrorIsThatOfTheMean_whateverTheNoise() {
    assertThat(readings.error()).as("before anything is known").isEqualTo(1);
    for (int i = 0; i < 2000; i++) {
      read(0.5); // |0.5 - 1|^2 / 1
      readings.commit();
    }
    assertThat(readings.error()).isCloseTo(0.25, within(0.15));
    for (int i = 0; i < 2000; i++) {
      read(1);
      readings.commit();
    }
    assertThat(readings.error()).isLessThan(0.15);
  }

  @Test
  void whatIsDiscarded_doesNotCount() {
    for (int i = 0; i < 50; i++) {
      read(0.5);
      readings.commit();
    }
    double before = readings.error();
    read(100);
    readings.discard();
    readings.commit();
    assertThat(readings.error()).isEqualTo(before);
  }

  /** Memories that take turns in their slots: what is in one says nothing of the next. */
  @Test
  void readingsOfDifferentMemories_areNotCompared() {
    for (int i = 0; i < 20; i++) {
      read(0.5);
      readings.rewritten(Slots.range(0, ROWS));
      readings.commit();
    }
    assertThat(readings.error()).isEqualTo(1);
  }
}
