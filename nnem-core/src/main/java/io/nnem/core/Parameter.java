package io.nnem.core;

import java.util.List;

/**
 * A matrix that learning changes.
 *
 * @param name what it is called within its network, as in {@code layer-1.weights}
 * @param value the parameter
 * @param gradient dLoss/dValue as accumulated since the last update, same shape
 * @param <T> the matrix type
 */
public record Parameter<T>(String name, T value, T gradient) {

  /**
   * The squared length of all gradients together; not finite if an element is not.
   *
   * @param tensors the back end
   * @param parameters of a network
   * @param <T> the matrix type
   * @return 0 of no parameters
   */
  public static <T> double squaredGradient(Tensors<T> tensors, List<Parameter<T>> parameters) {
    double sum = 0;
    for (int i = 0; i < parameters.size(); i++) {
      T gradient = parameters.get(i).gradient();
      sum += tensors.dot(gradient, gradient);
    }
    return sum;
  }

  /**
   * Writes the values, each under its parameter's name.
   *
   * @param out where to
   * @param tensors the back end
   * @param parameters of a network, with different names
   * @param <T> the matrix type
   */
  public static <T> void save(StateWriter out, Tensors<T> tensors, List<Parameter<T>> parameters) {
    for (Parameter<T> parameter : parameters) {
      out.matrix(parameter.name(), tensors, parameter.value());
    }
  }

  /**
   * Takes over values that {@link #save} has written, and clears the gradients.
   *
   * @param in where from
   * @param tensors the back end
   * @param parameters of a network built alike
   * @param <T> the matrix type
   * @throws StateException if a value is missing or has another shape
   */
  public static <T> void load(StateReader in, Tensors<T> tensors, List<Parameter<T>> parameters) {
    for (Parameter<T> parameter : parameters) {
      in.matrix(parameter.name(), tensors, parameter.value());
      tensors.fill(0, parameter.gradient());
    }
  }
}
