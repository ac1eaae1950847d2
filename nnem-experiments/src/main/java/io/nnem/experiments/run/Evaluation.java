package io.nnem.experiments.run;

import io.nnem.core.Loss;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.datasets.Dataset;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Images that a model is evaluated on, and room for its answers. */
public final class Evaluation<T> implements AutoCloseable {
  /**
   * What came out.
   *
   * @param accuracy share of right answers; NaN if an answer was not finite
   * @param loss mean cross-entropy, in nats
   */
  public record Score(double accuracy, double loss) {
    /** The same as a measurement of a trial. */
    public Measurement at(Trial trial, int step, String split) {
      return new Measurement(trial.condition().name(), trial.seed(), step, split, accuracy, loss);
    }
  }

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final T observations;
  private final T targets;
  private final T answers;
  private final T gradient;
  private final int[] labels;
  private final int[] chosen;

  /** Takes the first images of a data set, as many as there are. */
  public Evaluation(Tensors<T> tensors, Dataset data, int most) {
    int count = Math.min(most, data.size());
    this.tensors = tensors;
    scope = tensors.newScope();
    observations = scope.zeros(count, data.observationSize());
    targets = scope.zeros(count, data.classes());
    answers = scope.zeros(count, data.classes());
    gradient = scope.zeros(count, data.classes());
    int[] all = IntStream.range(0, count).toArray();
    float[] pixels = new float[Math.multiplyExact(count, data.observationSize())];
    data.copyObservations(all, 0, count, pixels);
    tensors.copyIn(pixels, observations);
    float[] oneHot = new float[count * data.classes()];
    data.copyOneHot(all, 0, count, oneHot);
    tensors.copyIn(oneHot, targets);
    labels = IntStream.range(0, count).map(data::label).toArray();
    chosen = new int[count];
  }

  /**
   * Lets a model answer: given observations, it writes how likely each class is, {@code n x
   * classes}.
   */
  public Score score(BiConsumer<T, T> model) {
    model.accept(observations, answers);
    double loss = tensors.loss(Loss.CROSS_ENTROPY, answers, targets, gradient);
    tensors.argMaxRows(answers, chosen);
    long right = IntStream.range(0, labels.length).filter(i -> chosen[i] == labels[i]).count();
    boolean finite = Double.isFinite(tensors.dot(answers, answers));
    return new Score(finite ? right / (double) labels.length : Double.NaN, loss);
  }

  @Override
  public void close() {
    scope.close();
  }
}
