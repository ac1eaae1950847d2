package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.LearningSettings;
import io.nnem.experiments.run.Owned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The true gradient, in double precision: every memory embedded again from its stored observation
 * with the present parameters, read, and differentiated. The backward pass is taken for each range
 * of ages by itself, with the gradients of those keys; the sum of all is the whole gradient.
 */
final class Reference implements AutoCloseable {
  private static final ReferenceTensors TENSORS = new ReferenceTensors();

  private final Embedder<Matrix> embedder;
  private final ParameterGradients<Matrix> gradients;
  private final LossReading<Matrix> reading;
  private final List<ForwardPass<Matrix>> passes = new ArrayList<>();
  private Owned parts = new Owned();
  private Matrix keys;
  private Matrix values;

  /** Takes over an embedder that is made as the one to be audited. */
  Reference(Embedder<Matrix> embedder, LearningSettings settings) {
    this.embedder = embedder;
    this.gradients = new ParameterGradients<>(TENSORS, embedder);
    this.reading = new LossReading<>(TENSORS, settings);
  }

  /** Takes exact copies of parameters, observations and values, and embeds the observations. */
  <T> void take(Tensors<T> tensors, Embedder<T> audited, MemoryGroups<T> groups) {
    copyParameters(tensors, audited);
    parts.close();
    parts = new Owned();
    passes.clear();
    Scope<Matrix> scope = parts.own(TENSORS.newScope());
    int count = groups.whole().slots().count();
    keys = scope.zeros(count, embedder.embeddingSize());
    values = scope.zeros(count, tensors.columns(groups.whole().values()));
    int row = 0;
    for (MemoryGroups.Group<T> group : groups.byAge()) {
      int end = row + group.slots().count();
      ForwardPass<Matrix> pass = parts.own(embedder.newPass(group.slots().count()));
      Matrix embeddings = embedder.forward(copy(tensors, group.observations(), scope), pass);
      TENSORS.copy(embeddings, TENSORS.rowRange(keys, row, end));
      Vectors.write(
          Vectors.of(tensors, group.values()), TENSORS, TENSORS.rowRange(values, row, end));
      passes.add(pass);
      row = end;
    }
  }

  private <T> void copyParameters(Tensors<T> tensors, Embedder<T> audited) {
    List<Parameter<T>> from = audited.parameters();
    List<Parameter<Matrix>> to = embedder.parameters();
    if (from.size() != to.size()) {
      throw new IllegalStateException(
          "The embedder has "
              + from.size()
              + " parameters, but made for the reference back end it has "
              + to.size()
              + "; it must have the same on every back end.");
    }
    for (int i = 0; i < from.size(); i++) {
      Vectors.write(Vectors.of(tensors, from.get(i).value()), TENSORS, to.get(i).value());
    }
  }

  private static <T> Matrix copy(Tensors<T> tensors, T matrix, Scope<Matrix> scope) {
    Matrix copy = scope.zeros(tensors.rows(matrix), tensors.columns(matrix));
    Vectors.write(Vectors.of(tensors, matrix), TENSORS, copy);
    return copy;
  }

  /**
   * The gradients of one reading, overwriting {@code out}: for each range of ages, then for the
   * whole.
   */
  <T> void gradients(Tensors<T> tensors, T observations, T targets, double[][] out) {
    try (Scope<Matrix> scope = TENSORS.newScope()) {
      Matrix queries = scope.zeros(tensors.rows(observations), embedder.embeddingSize());
      embedder.embed(copy(tensors, observations, scope), queries);
      Matrix keyGradient =
          reading.keyGradient(queries, keys, values, copy(tensors, targets, scope));
      double[] whole = out[passes.size()];
      Arrays.fill(whole, 0);
      embedder.clearGradients();
      int row = 0;
      for (int i = 0; i < passes.size(); i++) {
        int end = row + passes.get(i).rows();
        embedder.backward(passes.get(i), TENSORS.rowRange(keyGradient, row, end));
        Arrays.fill(out[i], 0);
        gradients.moveTo(out[i], 1);
        for (int k = 0; k < whole.length; k++) {
          whole[k] += out[i][k];
        }
        row = end;
      }
    }
  }

  @Override
  public void close() {
    parts.close();
    reading.close();
    gradients.close();
    embedder.close();
  }
}
