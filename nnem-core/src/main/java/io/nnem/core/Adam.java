package io.nnem.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Adam (Kingma and Ba 2014); the formula stands at {@link Tensors#adam}. With weight decay, which
 * is decoupled (Loshchilov and Hutter 2017), each step begins with {@code p = p - rate * decay *
 * p}.
 *
 * @param <T> the matrix type
 */
final class Adam<T> implements Optimiser<T> {

  private record Moments<T>(T first, T second) {}

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final List<Parameter<T>> parameters;
  private final LearningRate learningRate;
  private final double weightDecay;
  private final double clipNorm;
  private final List<Moments<T>> moments = new ArrayList<>();
  private long steps;
  private boolean moved;

  /**
   * Creates the optimiser.
   *
   * @param tensors the back end
   * @param parameters what it updates
   * @param learningRate {@code rate}
   * @param weightDecay {@code decay}, 0 for none
   * @param clipNorm gradients together longer than this are shortened to it; 0 for never
   */
  public Adam(
      Tensors<T> tensors,
      List<Parameter<T>> parameters,
      LearningRate learningRate,
      double weightDecay,
      double clipNorm) {
    this.tensors = tensors;
    this.parameters = List.copyOf(parameters);
    this.scope = tensors.newScope();
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.clipNorm = clipNorm;
    for (Parameter<T> parameter : parameters) {
      moments.add(new Moments<>(zerosLike(parameter.value()), zerosLike(parameter.value())));
    }
  }

  @Override
  public void step() {
    GradientClip.apply(tensors, parameters, clipNorm);
    steps++;
    double rate = learningRate.at(steps);
    if (weightDecay > 0) {
      for (Parameter<T> parameter : parameters) {
        tensors.scale(1 - rate * weightDecay, parameter.value());
      }
    }
    // Until the first gradient there are no moments either: nothing would change, and it is much
    // work.
    moved = moved || !allZero();
    if (!moved) {
      return;
    }
    for (int i = 0; i < parameters.size(); i++) {
      Parameter<T> parameter = parameters.get(i);
      Moments<T> state = moments.get(i);
      tensors.adam(
          rate, steps, parameter.gradient(), state.first(), state.second(), parameter.value());
      tensors.fill(0, parameter.gradient());
    }
  }

  private boolean allZero() {
    for (Parameter<T> parameter : parameters) {
      if (tensors.dot(parameter.gradient(), parameter.gradient()) != 0) { // true of NaN too
        return false;
      }
    }
    return true;
  }

  private T zerosLike(T matrix) {
    return scope.zeros(tensors.rows(matrix), tensors.columns(matrix));
  }

  @Override
  public void save(StateWriter out) {
    out.longs("steps", steps);
    out.longs("moved", moved ? 1 : 0);
    for (int i = 0; i < parameters.size(); i++) {
      out.matrix(parameters.get(i).name() + ".first", tensors, moments.get(i).first());
      out.matrix(parameters.get(i).name() + ".second", tensors, moments.get(i).second());
    }
  }

  @Override
  public void load(StateReader in) {
    steps = in.number("steps", 0, Long.MAX_VALUE);
    moved = in.number("moved", 0, 1) == 1;
    for (int i = 0; i < parameters.size(); i++) {
      in.matrix(parameters.get(i).name() + ".first", tensors, moments.get(i).first());
      in.matrix(parameters.get(i).name() + ".second", tensors, moments.get(i).second());
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
