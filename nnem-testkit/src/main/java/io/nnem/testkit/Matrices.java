package io.nnem.testkit;

import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes matrices on one back end, and reads them out as arrays. */
final class Matrices<T> implements AutoCloseable {

  final Tensors<T> tensors;
  private final Scope<T> scope;
  private final SplittableRandom random;

  Matrices(Tensors<T> tensors, String purpose) {
    this.tensors = tensors;
    this.scope = tensors.newScope();
    this.random = TestSeed.random(purpose);
  }

  T zeros(int rows, int columns) {
    return scope.zeros(rows, columns);
  }

  T random(int rows, int columns, double low, double high) {
    float[] elements = new float[rows * columns];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) random.nextDouble(low, high);
    }
    return of(rows, columns, elements);
  }

  T of(int rows, int columns, float... elements) {
    T matrix = scope.zeros(rows, columns);
    tensors.copyIn(elements, matrix);
    return matrix;
  }

  T copy(T matrix) {
    T copy = scope.zeros(tensors.rows(matrix), tensors.columns(matrix));
    tensors.copy(matrix, copy);
    return copy;
  }

  /** All elements, bit for bit. */
  static <T> double[] elements(Tensors<T> tensors, T matrix) {
    double[] elements = new double[tensors.rows(matrix) * tensors.columns(matrix)];
    tensors.copyOut(matrix, elements);
    return elements;
  }

  double[] elements(T matrix) {
    return elements(tensors, matrix);
  }

  static <T> double[] values(Tensors<T> tensors, List<Parameter<T>> parameters) {
    return concatenated(parameters.stream().map(p -> elements(tensors, p.value())).toList());
  }

  static <T> double[] gradients(Tensors<T> tensors, List<Parameter<T>> parameters) {
    return concatenated(parameters.stream().map(p -> elements(tensors, p.gradient())).toList());
  }

  private static double[] concatenated(List<double[]> parts) {
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  static double largest(double[] elements) {
    return Arrays.stream(elements).map(Math::abs).max().orElse(0);
  }

  @Override
  public void close() {
    scope.close();
  }
}
