package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.List;

/** The gradients that an embedder has accumulated: read them, or put them back as they were. */
final class ParameterGradients<T> implements AutoCloseable {
  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Scope<T> scope;
  private final List<T> held = new ArrayList<>();
  private final int size;

  ParameterGradients(Tensors<T> tensors, Embedder<T> embedder) {
    this.tensors = tensors;
    this.embedder = embedder;
    this.scope = tensors.newScope();
    int elements = 0;
    for (Parameter<T> parameter : embedder.parameters()) {
      int rows = tensors.rows(parameter.gradient());
      int columns = tensors.columns(parameter.gradient());
      held.add(scope.zeros(rows, columns));
      elements += rows * columns;
    }
    this.size = elements;
  }

  int size() {
    return size;
  }

  void hold() {
    List<Parameter<T>> parameters = embedder.parameters();
    for (int i = 0; i < held.size(); i++) {
      tensors.copy(parameters.get(i).gradient(), held.get(i));
    }
  }

  /** Makes them what they were when they were held. */
  void restore() {
    List<Parameter<T>> parameters = embedder.parameters();
    for (int i = 0; i < held.size(); i++) {
      tensors.copy(held.get(i), parameters.get(i).gradient());
    }
  }

  /** {@code sum += factor * all gradients}, and clears them. */
  void moveTo(double[] sum, double factor) {
    int offset = 0;
    for (Parameter<T> parameter : embedder.parameters()) {
      offset = Vectors.add(factor, tensors, parameter.gradient(), sum, offset);
    }
    embedder.clearGradients();
  }

  @Override
  public void close() {
    scope.close();
  }
}
