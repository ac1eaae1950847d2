package io.nnem.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient descent: {@code v = momentum * v + g}, {@code p = p - rate * v}; without momentum {@code
 * p = p - rate * g}.
 *
 * @param <T> the matrix type
 */
final class Sgd<T> implements Optimiser<T> {

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final List<Parameter<T>> parameters;
  private final LearningRate learningRate;
  private final double momentum;
  private final double clipNorm;
  private final List<T> velocities = new ArrayList<>(); // none without momentum
  private long steps;

  /**
   * Creates the optimiser.
   *
   * @param tensors the back end
   * @param parameters what it updates
   * @param learningRate {@code rate}
   * @param momentum from 0, for none, to less than 1
   * @param clipNorm gradients together longer than this are shortened to it; 0 for never
   */
  public Sgd(
      Tensors<T> tensors,
      List<Parameter<T>> parameters,
      LearningRate learningRate,
      double momentum,
      double clipNorm) {
    this.tensors = tensors;
    this.scope = tensors.newScope();
    this.parameters = List.copyOf(parameters);
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.clipNorm = clipNorm;
    if (momentum > 0) {
      for (Parameter<T> parameter : parameters) {
        T value = parameter.value();
        velocities.add(scope.zeros(tensors.rows(value), tensors.columns(value)));
      }
    }
  }

  @Override
  public void step() {
    GradientClip.apply(tensors, parameters, clipNorm);
    steps++;
    double rate = learningRate.at(steps);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter<T> parameter = parameters.get(i);
      T direction = parameter.gradient();
      if (momentum > 0) {
        direction = velocities.get(i);
        tensors.scale(momentum, direction);
        tensors.addScaled(1, parameter.gradient(), direction);
      }
      tensors.addScaled(-rate, direction, parameter.value());
      tensors.fill(0, parameter.gradient());
    }
  }

  @Override
  public void save(StateWriter out) {
    out.longs("steps", steps);
    for (int i = 0; i < velocities.size(); i++) {
      out.matrix(parameters.get(i).name() + ".velocity", tensors, velocities.get(i));
    }
  }

  @Override
  public void load(StateReader in) {
    steps = in.number("steps", 0, Long.MAX_VALUE);
    for (int i = 0; i < velocities.size(); i++) {
      in.matrix(parameters.get(i).name() + ".velocity", tensors, velocities.get(i));
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
