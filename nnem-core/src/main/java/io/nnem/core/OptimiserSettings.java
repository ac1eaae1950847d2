package io.nnem.core;

import io.nnem.core.network.Adam;
import io.nnem.core.network.Sgd;
import java.util.List;

/**
 * How parameters learn.
 *
 * @param kind which rule
 * @param learningRate step size, above 0
 * @param clipNorm gradients together longer than this are shortened to it; 0 for never
 */
public record OptimiserSettings(Kind kind, double learningRate, double clipNorm) {

  /** The rules there are. */
  public enum Kind {
    /** Kingma and Ba 2014. */
    ADAM,
    /** Plain gradient descent. */
    SGD
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the rate is not above 0, or the norm below 0
   */
  public OptimiserSettings {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "The learning rate must be a finite number above 0, but it is " + learningRate + ".");
    }
    if (!(clipNorm >= 0)) {
      throw new IllegalArgumentException(
          "The norm to clip at must be 0 (never) or above, but it is " + clipNorm + ".");
    }
  }

  /**
   * Adam without clipping.
   *
   * @param learningRate step size
   * @return the settings
   */
  public static OptimiserSettings adam(double learningRate) {
    return new OptimiserSettings(Kind.ADAM, learningRate, 0);
  }

  /**
   * Gradient descent without clipping.
   *
   * @param learningRate step size
   * @return the settings
   */
  public static OptimiserSettings sgd(double learningRate) {
    return new OptimiserSettings(Kind.SGD, learningRate, 0);
  }

  /**
   * A new optimiser.
   *
   * @param tensors the back end
   * @param parameters what it updates
   * @param <T> the matrix type
   * @return the optimiser, to be closed by the caller
   */
  public <T> Optimiser<T> create(Tensors<T> tensors, List<Parameter<T>> parameters) {
    return switch (kind) {
      case ADAM -> new Adam<>(tensors, parameters, learningRate, clipNorm);
      case SGD -> new Sgd<>(tensors, parameters, learningRate, clipNorm);
    };
  }
}
