package io.nnem.core.network;

import io.nnem.core.Optimiser;
import io.nnem.core.Parameter;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import java.util.List;

/**
 * Gradient descent: {@code p = p - rate * g}.
 *
 * @param <T> the matrix type
 */
public final class Sgd<T> implements Optimiser<T> {

  private final Tensors<T> tensors;
  private final List<Parameter<T>> parameters;
  private final double learningRate;
  private final double clipNorm;

  /**
   * Creates the optimiser.
   *
   * @param tensors the back end
   * @param parameters what it updates
   * @param learningRate {@code rate}
   * @param clipNorm gradients together longer than this are shortened to it; 0 for never
   */
  public Sgd(
      Tensors<T> tensors, List<Parameter<T>> parameters, double learningRate, double clipNorm) {
    this.tensors = tensors;
    this.parameters = List.copyOf(parameters);
    this.learningRate = learningRate;
    this.clipNorm = clipNorm;
  }

  @Override
  public void step() {
    GradientClip.apply(tensors, parameters, clipNorm);
    for (Parameter<T> parameter : parameters) {
      tensors.addScaled(-learningRate, parameter.gradient(), parameter.value());
      tensors.fill(0, parameter.gradient());
    }
  }

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void close() {}
}
