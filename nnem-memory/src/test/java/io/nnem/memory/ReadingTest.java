package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Addressing;
import io.nnem.core.Scope;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final Reading<Matrix> reading = new Reading<>(tensors, Addressing.softmax(0.5));
  private final Matrix queries = matrix(new float[] {1, 0, 3, 4}, 2, 2);
  private final Matrix keys = matrix(new float[] {2, 0, 0, 7, -1, 0}, 3, 2);
  private final Matrix values = matrix(new float[] {1, 0, 0, 1, 0, 0}, 3, 2);
  private final Matrix outputGradient = matrix(new float[] {1, 0, 0, -1}, 2, 2);

  private Matrix matrix(float[] elements, int rows, int columns) {
    Matrix matrix = scope.zeros(rows, columns);
    tensors.copyIn(elements, matrix);
    return matrix;
  }

  @AfterEach
  void close() {
    reading.close();
    scope.close();
  }

  @Test
  void readsAsComputedByHand() {
    Matrix out = reading.read(queries, keys, values);
    // The first query is like the keys by 1, 0 and -1, the second by 0.6, 0.8 and -0.6.
    double first = Math.exp(2) + 1 + Math.exp(-2);
    double second = Math.exp(1.2) + Math.exp(1.6) + Math.exp(-1.2);
    assertThat(tensors.get(out, 0, 0)).isCloseTo(Math.exp(2) / first, within(1e-12));
    assertThat(tensors.get(out, 1, 1)).isCloseTo(Math.exp(1.6) / second, within(1e-12));
    assertThat(reading.bestSimilarities()).containsExactly(new double[] {1, 0.8}, within(1e-12));
  }

  @Test
  void tellsHowMuchWasReadOfEachKey() {
    reading.read(queries, keys, values);
    reading.backward(outputGradient, false);
    double first = Math.exp(2) + 1 + Math.exp(-2);
    double second = Math.exp(1.2) + Math.exp(1.6) + Math.exp(-1.2);
    assertThat(tensors.rows(reading.keyWeights())).isEqualTo(3);
    assertThat(tensors.get(reading.keyWeights(), 0, 0))
        .isCloseTo(Math.exp(2) / first + Math.exp(1.2) / second, within(1e-12));
    assertThat(tensors.get(reading.keyWeights(), 2, 0))
        .isCloseTo(Math.exp(-2) / first + Math.exp(-1.2) / second, within(1e-12));
  }

  @Test
  void nothingCanBeAskedBeforeTheFirstReading() {
    assertNothingRead();
  }

  private void assertNothingRead() {
    String message = "Nothing was read: call read first.";
    assertThatIllegalStateException().isThrownBy(reading::bestSimilarities).withMessage(message);
    assertThatIllegalStateException()
        .isThrownBy(() -> reading.backward(outputGradient, false))
        .withMessage(message);
    assertThatIllegalStateException()
        .isThrownBy(reading::keyWeights)
        .withMessage("The keys' weights come with the backward pass: call backward first.");
  }

  @Test
  void aReadingThatFailedCannotBeDifferentiated() {
    reading.read(queries, keys, values);
    Matrix narrow = scope.zeros(3, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reading.read(queries, narrow, values))
        .withMessage("The queries must have 1 columns, but it is 2 x 2.");
    assertNothingRead();
  }

  @Test
  void theGradientMustFitTheOutput() {
    reading.read(queries, keys, values);
    Matrix other = scope.zeros(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reading.backward(other, false))
        .withMessage("The output's gradient must be 2 x 2, but it is 1 x 2.");
    assertThat(reading.backward(outputGradient, false)).isNotNull();
  }

  @Test
  void theQueriesGradientMustBeAskedFor() {
    reading.read(queries, keys, values);
    reading.backward(outputGradient, false);
    assertThatIllegalStateException()
        .isThrownBy(reading::queryGradient)
        .withMessage(
            "There is no gradient of the queries: call backward with withQueries = true first.");
    reading.read(queries, keys, values);
    reading.backward(outputGradient, true);
    assertThat(reading.queryGradient()).isNotNull();
    reading.close();
    assertThatIllegalStateException().isThrownBy(reading::queryGradient);
  }

  @Test
  void usesItsBuffersAgainWhileShapesStay() {
    Matrix first = reading.read(queries, keys, values);
    assertThat(reading.read(queries, keys, values)).isSameAs(first);
    Matrix gradient = reading.backward(outputGradient, true);
    reading.read(queries, keys, values);
    assertThat(reading.backward(outputGradient, true)).isSameAs(gradient);
    Matrix fewer = tensors.rowRange(queries, 0, 1);
    Matrix second = reading.read(fewer, keys, values);
    assertThat(tensors.rows(second)).isEqualTo(1);
    Matrix some = tensors.rowRange(outputGradient, 0, 1);
    assertThat(tensors.rows(reading.backward(some, true))).isEqualTo(3);
    assertThat(tensors.rows(reading.queryGradient())).isEqualTo(1);
  }

  @Test
  void takesMoreKeysAndFewer() {
    for (int n : new int[] {1, 3, 2, 3}) {
      reading.read(queries, tensors.rowRange(keys, 0, n), tensors.rowRange(values, 0, n));
      assertThat(tensors.rows(reading.backward(outputGradient, false))).isEqualTo(n);
      assertThat(tensors.rows(reading.keyWeights())).isEqualTo(n);
    }
  }

  @Test
  void canBeUsedAgainAfterBeingClosed() {
    reading.read(queries, keys, values);
    reading.close();
    reading.close();
    assertNothingRead();
    assertThat(reading.read(queries, keys, values)).isNotNull();
  }
}
