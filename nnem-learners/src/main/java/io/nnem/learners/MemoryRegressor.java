package io.nnem.learners;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.state.StateFile;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.Neighbour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Learns to estimate one number, or several, from rows of numbers, and names the memories that
 * speak for what it says: like {@link MemoryClassifier} in everything else.
 *
 * <p>How long rows are and how many targets they have is fixed by the first batch. So are the
 * targets' centre and scale, by their mean and deviation there: let the first batch be typical. A
 * wrong scale costs learning, never truth.
 */
public final class MemoryRegressor implements AutoCloseable {

  private static final String KIND = "regressor";

  final Learner<?> learner;
  private volatile Scale scale; // null until the first batch

  /** The scale beside what every learner has. */
  final class State implements Stateful {
    @Override
    public void save(StateWriter out) {
      if (scale != null) {
        scale.save(out);
      }
      out.part("learner", learner);
    }

    @Override
    public void load(StateReader in) {
      scale = learner.network() == null ? null : Scale.load(in, learner.valueSize());
      in.part("learner", learner);
    }
  }

  /** Sets up a {@link MemoryRegressor}. */
  public static final class Builder extends LearnerBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes a regressor that has learned nothing yet.
     *
     * @return the regressor, to be closed by the caller
     * @throws IllegalArgumentException if a name that was set is not that of a plug-in
     */
    public MemoryRegressor build() {
      return new MemoryRegressor(settings());
    }
  }

  private MemoryRegressor(Settings settings) {
    this.learner = Learner.of(settings, LearningSettings.regression());
  }

  /** What a durable folder keeps. */
  static Kept.Origin<MemoryRegressor> kept(Builder builder) {
    return new Kept.Origin<>() {
      @Override
      public Kept<MemoryRegressor> create() {
        return builder.build().kept();
      }

      @Override
      public Kept<MemoryRegressor> load(Path checkpoint) throws IOException {
        return MemoryRegressor.load(checkpoint).kept().require(builder.settings());
      }
    };
  }

  private KeptLearner<MemoryRegressor> kept() {
    return new KeptLearner<>(this, learner, KIND, new State(), this::replay);
  }

  private void replay(CallReader reader) {
    float[][] rows = KeptLearner.rows(reader);
    float[][] targets = KeptLearner.rows(reader);
    reader.requireEnd();
    partialFit(rows, targets);
  }

  /**
   * Starts to set up a regressor.
   *
   * @return a builder, all of whose settings have defaults
   */
  public static Builder builder() {
    return new Builder().option(Settings.EVICTION.name(), "reservoir");
  }

  /**
   * Loads a regressor.
   *
   * @param path a file that {@link #save} has written
   * @return a regressor that goes on with the same bits, to be closed by the caller
   * @throws IOException if the file cannot be read
   * @throws io.nnem.core.StateException if it is damaged, or something else
   * @throws IllegalArgumentException if a plug-in that it names is not there
   */
  public static MemoryRegressor load(Path path) throws IOException {
    try (StateFile file = StateFile.open(path)) {
      MemoryRegressor regressor = new MemoryRegressor(Learner.settings(file, KIND, path));
      try {
        regressor.learner.build(file);
        file.load(regressor.new State(), false);
        return regressor;
      } catch (RuntimeException | Error | IOException e) {
        regressor.close();
        throw e;
      }
    }
  }

  /**
   * Learns from rows with targets, in the order in which they come: 16 at a time, unless the option
   * {@code batch-size} says otherwise.
   *
   * @param rows numbers, as many in each as in the first row ever
   * @param targets of each row, as many as the first row ever had
   * @throws IllegalArgumentException if a row or a target cannot be used; nothing was learned
   * @throws io.nnem.credit.DivergenceException if a loss or a gradient is not finite; what was
   *     learned before stays
   */
  public void partialFit(float[][] rows, float[][] targets) {
    learner.changing.lock();
    try {
      learner.begin();
      learner.require(rows, targets.length, "rows of targets");
      if (rows.length == 0) {
        return;
      }
      Scale known = scale == null ? Scale.of(targets) : scale;
      known.require(targets);
      scale = known; // before anybody can be answered
      try {
        learner.learn(
            rows,
            known.size(),
            (row, out, at) -> known.store(targets[row], out, at),
            () -> KeptLearner.targeted(rows, targets));
      } finally {
        scale = learner.network() == null ? null : known;
      }
    } finally {
      learner.changing.unlock();
    }
  }

  /**
   * The same with one target of each row.
   *
   * @param rows numbers, as many in each as in the first row ever
   * @param targets of each row
   * @throws IllegalArgumentException if a row or a target cannot be used; nothing was learned
   * @throws io.nnem.credit.DivergenceException if a loss or a gradient is not finite
   */
  public void partialFit(float[][] rows, float[] targets) {
    partialFit(rows, column(targets));
  }

  /**
   * The same with one row of one target.
   *
   * @param row numbers, as many as in the first row ever
   * @param target its target
   * @throws IllegalArgumentException if the row or the target cannot be used; nothing was learned
   * @throws io.nnem.credit.DivergenceException if a loss or a gradient is not finite
   */
  public void partialFit(float[] row, float target) {
    partialFit(new float[][] {row}, new float[][] {{target}});
  }

  private static float[][] column(float[] targets) {
    float[][] rows = new float[targets.length][1];
    for (int i = 0; i < targets.length; i++) {
      rows[i][0] = targets[i];
    }
    return rows;
  }

  /**
   * Estimates the targets of a row. Changes nothing.
   *
   * @param row numbers
   * @return estimates, familiarity and evidence
   * @throws IllegalArgumentException if the row cannot be used
   * @throws IllegalStateException if nothing was learned yet
   */
  public Estimate predict(float[] row) {
    return predict(new float[][] {row}).get(0);
  }

  /**
   * Estimates the targets of rows. Changes nothing.
   *
   * @param rows numbers
   * @return for each row estimates, familiarity and evidence
   * @throws IllegalArgumentException if a row cannot be used; names the first
   * @throws IllegalStateException if nothing was learned yet
   */
  public List<Estimate> predict(float[][] rows) {
    return learner.answer(rows, learner.settings.get(Settings.EVIDENCE), this::estimate);
  }

  private Estimate estimate(
      double[] answers, int at, double familiarity, List<Neighbour> memories) {
    List<Estimate.Evidence> evidence =
        memories.stream()
            .map(
                memory ->
                    new Estimate.Evidence(
                        scale.targets(memory.value()),
                        memory.similarity(),
                        memory.age(),
                        memory.slot()))
            .toList();
    return new Estimate(scale.targets(answers, at), familiarity, evidence);
  }

  /**
   * How much of the targets' variance is explained: 1 is perfect, 0 is what their mean does. Of
   * several targets it is the average.
   *
   * @param rows numbers
   * @param targets of each row
   * @return the coefficient of determination; NaN of no rows
   * @throws IllegalArgumentException if a row or a target cannot be used
   * @throws IllegalStateException if nothing was learned yet
   */
  public double score(float[][] rows, float[][] targets) {
    learner.require(rows, targets.length, "rows of targets");
    List<List<Double>> said =
        learner.answer(rows, 0, (answers, at, familiarity, none) -> scale.targets(answers, at));
    if (rows.length > 0) {
      scale.require(targets);
    }
    double sum = 0;
    for (int i = 0; i < scale.size(); i++) {
      int column = i;
      double mean = Arrays.stream(targets).mapToDouble(row -> row[column]).average().orElse(0);
      double wrong = 0;
      double all = 0;
      for (int row = 0; row < rows.length; row++) {
        wrong += Math.pow(targets[row][column] - said.get(row).get(column), 2);
        all += Math.pow(targets[row][column] - mean, 2);
      }
      sum += 1 - wrong / all;
    }
    return sum / scale.size();
  }

  /**
   * The same with one target of each row.
   *
   * @param rows numbers
   * @param targets of each row
   * @return the coefficient of determination; NaN of no rows
   * @throws IllegalArgumentException if a row or a target cannot be used
   * @throws IllegalStateException if nothing was learned yet
   */
  public double score(float[][] rows, float[] targets) {
    return score(rows, column(targets));
  }

  /**
   * How many rows it has learned from, in all processes that it was saved in and loaded: who reads
   * a stream goes on after so many.
   *
   * @return 0 or more
   */
  public long learned() {
    return learner.learned();
  }

  /**
   * Saves everything that its future depends on into one file, in place of one that was there:
   * written beside it, synced and renamed. Other threads may predict meanwhile.
   *
   * @param path the file
   * @throws IOException if it cannot be written; a file that was there is as it was
   * @throws IllegalStateException if nothing was learned yet
   */
  public void save(Path path) throws IOException {
    learner.changing.lock();
    try {
      learner.save(path, KIND, new State());
    } finally {
      learner.changing.unlock();
    }
  }

  /**
   * Its network, to look at: it is this regressor's, and only to be read while nobody changes it.
   *
   * @return the network; null until something was learned
   */
  public MemoryNetwork<?> network() {
    return learner.network();
  }

  /** Waits for who learns or predicts, and releases everything. Closing twice is safe. */
  @Override
  public void close() {
    learner.close();
  }
}
