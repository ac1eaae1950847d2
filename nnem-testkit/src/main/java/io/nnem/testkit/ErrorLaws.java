package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link TensorsContract} asks where shapes do not fit: one wording for every back end. */
abstract class ErrorLaws<T> extends NearestLaws<T> {

  private Tensors<T> tensors;
  private Scope<T> scope;

  private T m(int rows, int columns) {
    if (scope == null) {
      tensors = tensors();
      scope = tensors.newScope();
    }
    return scope.zeros(rows, columns);
  }

  @AfterEach
  final void closeMatrices() {
    if (scope != null) {
      scope.close();
    }
  }

  private static void refused(String message, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  final void shapes_ofNoSize_areRefused() {
    m(1, 1);
    refused(
        "A matrix must have at least one row and one column, but 0 x 3 was asked for.",
        () -> m(0, 3));
    refused(
        "A matrix must have at least one row and one column, but 3 x -1 was asked for.",
        () -> m(3, -1));
    refused(
        "A matrix can have at most 2147483647 elements, but 65536 x 32768 was asked for.",
        () -> m(65536, 32768));
  }

  @Test
  final void shapes_ofRangesAndElements_areChecked() {
    T a = m(4, 3);
    refused(
        "Rows 2 to 5 (exclusive) are not a range within 4 rows.", () -> tensors.rowRange(a, 2, 5));
    refused(
        "Rows -1 to 2 (exclusive) are not a range within 4 rows.",
        () -> tensors.rowRange(a, -1, 2));
    refused(
        "Rows 2 to 2 (exclusive) are not a range within 4 rows.", () -> tensors.rowRange(a, 2, 2));
    String outside = "Element (4, 0) is not within a 4 x 3 matrix.";
    refused(outside, () -> tensors.get(a, 4, 0));
    refused(outside, () -> tensors.set(a, 4, 0, 1));
    refused("Element (1, 3) is not within a 4 x 3 matrix.", () -> tensors.get(a, 1, 3));
    String room = "An array for a 4 x 3 matrix must have at least 12 elements, but it has 11.";
    refused(room, () -> tensors.copyIn(new float[11], a));
    refused(room, () -> tensors.copyOut(a, new float[11]));
    refused(room, () -> tensors.copyIn(new double[11], a));
    refused(room, () -> tensors.copyOut(a, new double[11]));
    refused(
        "An array for a 4 x 1 matrix must have at least 4 elements, but it has 3.",
        () -> tensors.argMaxRows(a, new int[3]));
  }

  @Test
  final void shapes_ofCopies_areChecked() {
    T a = m(4, 3);
    T b = m(3, 4);
    String destination = "The destination must be 4 x 3, but it is 3 x 4.";
    refused(destination, () -> tensors.copy(a, b));
    refused(destination, () -> tensors.addScaled(1, a, b));
    refused("The second factor must be 4 x 3, but it is 3 x 4.", () -> tensors.dot(a, b));
    String width = "The destination must have 3 columns, but it is 3 x 4.";
    refused(width, () -> tensors.gatherRows(a, new int[] {0, 1, 2}, b));
    refused(width, () -> tensors.scatterRows(a, new int[] {0, 1, 2, 3}, b));
    T c = m(2, 3);
    refused(
        "There must be 2 row indices, one for each row, but there are 3.",
        () -> tensors.gatherRows(a, new int[3], c));
    refused(
        "Row 4 is not within the matrix's 4 rows.",
        () -> tensors.gatherRows(a, new int[] {0, 4}, c));
    refused(
        "Row -1 is not within the matrix's 4 rows.",
        () -> tensors.scatterRows(c, new int[] {0, -1}, a));
    refused(
        "Columns 2 to 5 (exclusive) are not within the destination's 4 columns.",
        () -> tensors.copyColumns(m(3, 3), 2, b));
    refused(
        "Columns -1 to 2 (exclusive) are not within the destination's 4 columns.",
        () -> tensors.copyColumns(m(3, 3), -1, b));
    refused("The destination must be 4 x 4, but it is 3 x 4.", () -> tensors.copyColumns(a, 0, b));
  }

  @Test
  final void shapes_ofDenseLayers_areChecked() {
    T x = m(5, 3);
    T w = m(3, 2);
    T bias = m(1, 2);
    T out = m(5, 2);
    Activation relu = Activation.RELU;
    refused(
        "The input must have 3 columns, but it is 5 x 2.",
        () -> tensors.affine(out, w, bias, relu, out));
    refused(
        "The bias must be 1 x 2, but it is 2 x 1.", () -> tensors.affine(x, w, m(2, 1), relu, out));
    refused(
        "The output must be 5 x 2, but it is 4 x 2.",
        () -> tensors.affine(x, w, bias, relu, m(4, 2)));
    refused(
        "The output's gradient must be 5 x 2, but it is 5 x 3.",
        () -> tensors.affineBackward(x, w, relu, out, m(5, 3), m(3, 2), bias, null));
    refused(
        "The weights' gradient must be 3 x 2, but it is 2 x 3.",
        () -> tensors.affineBackward(x, w, relu, out, m(5, 2), m(2, 3), bias, null));
    refused(
        "The input's gradient must be 5 x 3, but it is 5 x 2.",
        () -> tensors.affineBackward(x, w, relu, out, m(5, 2), m(3, 2), bias, m(5, 2)));
  }

  @Law(number = 4, holds = "shapes are checked before anything is added")
  final void aRefusedWayBack_addsToNoGradient() {
    T x = m(5, 3);
    T w = m(3, 2);
    T out = m(5, 2);
    T outGradient = m(5, 2);
    T wGradient = m(3, 2);
    T biasGradient = m(1, 2);
    tensors.fill(1, x);
    tensors.fill(1, out);
    tensors.fill(1, outGradient);
    refused(
        "The input's gradient must be 5 x 3, but it is 4 x 3.",
        () ->
            tensors.affineBackward(
                x, w, Activation.LINEAR, out, outGradient, wGradient, biasGradient, m(4, 3)));
    assertThat(tensors.dot(wGradient, wGradient)).as("weights' gradient").isZero();
    assertThat(tensors.dot(biasGradient, biasGradient)).as("bias's gradient").isZero();
  }

  @Test
  final void shapes_ofReadings_areChecked() {
    T q = m(2, 3);
    T k = m(5, 3);
    T v = m(5, 4);
    T s = m(2, 2);
    T out = m(2, 4);
    T w = m(5, 1);
    Addressing sum = Addressing.sum();
    refused(
        "The queries must have 3 columns, but it is 2 x 4.",
        () -> tensors.read(sum, out, k, v, s, out));
    refused(
        "The values must be 5 x 4, but it is 2 x 4.", () -> tensors.read(sum, q, k, out, s, out));
    refused(
        "The summary must be 2 x 2, but it is 5 x 3.", () -> tensors.read(sum, q, k, v, k, out));
    refused("The output must be 2 x 4, but it is 2 x 2.", () -> tensors.read(sum, q, k, v, s, s));
    refused(
        "The output's gradient must be 2 x 4, but it is 5 x 1.",
        () -> tensors.readBackward(sum, q, k, v, s, out, w, m(5, 3), w, null));
    refused(
        "The keys' gradient must be 5 x 3, but it is 5 x 4.",
        () -> tensors.readBackward(sum, q, k, v, s, out, m(2, 4), m(5, 4), w, null));
    refused(
        "The keys' weights must be 5 x 1, but it is 2 x 2.",
        () -> tensors.readBackward(sum, q, k, v, s, out, m(2, 4), m(5, 3), s, null));
    refused(
        "The queries' gradient must be 2 x 3, but it is 5 x 3.",
        () -> tensors.readBackward(sum, q, k, v, s, out, m(2, 4), m(5, 3), w, m(5, 3)));
  }

  @Test
  final void shapes_ofTheNearest_areChecked() {
    T q = m(2, 3);
    T k = m(5, 3);
    refused(
        "The queries must have 3 columns, but it is 2 x 4.",
        () -> tensors.nearest(m(2, 4), k, 1, new int[2], new float[2]));
    for (int count : new int[] {0, 6}) {
      refused(
          "Of 5 keys, 1 to 5 can be the nearest, but " + count + " were asked for.",
          () -> tensors.nearest(q, k, count, new int[12], new float[12]));
    }
    String room = "An array for a 2 x 4 matrix must have at least 8 elements, but it has 7.";
    refused(room, () -> tensors.nearest(q, k, 4, new int[7], new float[8]));
    refused(room, () -> tensors.nearest(q, k, 4, new int[8], new float[7]));
  }

  @Test
  final void shapes_ofLossesAndUpdates_areChecked() {
    T a = m(4, 3);
    T b = m(3, 4);
    for (Loss loss : Loss.values()) {
      refused(
          "The target must be 4 x 3, but it is 3 x 4.", () -> tensors.loss(loss, a, b, m(4, 3)));
      refused(
          "The gradient must be 4 x 3, but it is 3 x 4.", () -> tensors.loss(loss, a, m(4, 3), b));
    }
    refused(
        "The gradient must be 4 x 3, but it is 3 x 4.",
        () -> tensors.adam(0.1, 1, b, m(4, 3), m(4, 3), a));
    refused(
        "The first moment must be 4 x 3, but it is 3 x 4.",
        () -> tensors.adam(0.1, 1, m(4, 3), b, m(4, 3), a));
    refused(
        "The second moment must be 4 x 3, but it is 3 x 4.",
        () -> tensors.adam(0.1, 1, m(4, 3), m(4, 3), b, a));
  }
}
