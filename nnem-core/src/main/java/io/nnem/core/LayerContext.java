package io.nnem.core;

import java.util.SplittableRandom;

/**
 * What a layer is made from.
 *
 * @param tensors the back end
 * @param scope the owner of its parameters
 * @param name what the layer is called within its network, as in {@code layer-1}
 * @param inputs what its input rows are
 * @param random where its parameters are drawn from
 * @param <T> the matrix type
 */
public record LayerContext<T>(
    Tensors<T> tensors, Scope<T> scope, String name, RowShape inputs, SplittableRandom random) {

  /**
   * A parameter that is drawn uniformly from {@code [-bound, bound]}.
   *
   * @param part what it is called within the layer, as in {@code weights}
   * @param rows its rows
   * @param columns its columns
   * @param bound the bound, above 0
   * @return the parameter
   */
  public Parameter<T> drawn(String part, int rows, int columns, double bound) {
    float[] draws = new float[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = (float) random.nextDouble(-bound, bound);
    }
    Parameter<T> parameter = filled(part, rows, columns, 0);
    tensors.copyIn(draws, parameter.value());
    return parameter;
  }

  /**
   * A parameter that starts as one number.
   *
   * @param part what it is called within the layer, as in {@code bias}
   * @param rows its rows
   * @param columns its columns
   * @param value of each element
   * @return the parameter
   */
  public Parameter<T> filled(String part, int rows, int columns, double value) {
    T matrix = scope.zeros(rows, columns);
    tensors.fill(value, matrix);
    return new Parameter<>(name + "." + part, matrix, scope.zeros(rows, columns));
  }
}
