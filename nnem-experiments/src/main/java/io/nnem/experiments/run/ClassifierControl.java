package io.nnem.experiments.run;

import io.nnem.core.Embedder;
import io.nnem.core.Tensors;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.MemoryNetwork;
import io.nnem.memory.Slots;
import java.util.Optional;

/**
 * The condition {@code classifier}: no memory, but the same embedder with a linear layer to the
 * classes, taught by the labels of the same batches with the same optimiser and learning rate. It
 * tells what the embedder could do if credit had not to pass through a memory. In warm-up steps it
 * learns nothing, as the embedder of a memory network does not.
 */
final class ClassifierControl<T> implements Trained<T> {
  private final Owned parts = new Owned();
  private final Tensors<T> tensors;
  private final SoftmaxClassifier<T> classifier;
  private final int warmupSteps;
  private final int classes;
  private int steps;

  ClassifierControl(Tensors<T> tensors, Assembly<T> assembly, int classes) {
    this.tensors = tensors;
    this.classes = classes;
    this.warmupSteps = assembly.config().training().warmupSteps();
    Embedder<T> embedder = parts.own(assembly.embedder());
    classifier =
        parts.own(
            new SoftmaxClassifier<>(
                tensors,
                embedder,
                classes,
                assembly.optimiser(assembly.config().network().embedderLearningRate()),
                assembly.seed()));
  }

  @Override
  public Optional<Slots> step(T observations, T values) {
    if (steps >= warmupSteps) {
      float[] labels = new float[tensors.rows(values) * classes];
      tensors.copyOut(values, labels);
      try {
        classifier.learn(observations, labels);
      } catch (ArithmeticException e) {
        throw new DivergenceException(e.getMessage());
      }
    }
    steps++;
    return Optional.empty();
  }

  @Override
  public void answer(T observations, T out) {
    classifier.answer(observations, out);
  }

  @Override
  public Optional<MemoryNetwork<T>> network() {
    return Optional.empty();
  }

  @Override
  public void close() {
    parts.close();
  }
}
