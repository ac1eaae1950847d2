package io.nnem.learners;

import io.nnem.core.StateException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Learns to label rows of numbers from a stream of labelled ones, and names the memories that speak
 * for what it says.
 *
 * <pre>{@code
 * try (MemoryClassifier classifier = MemoryClassifier.builder().build()) {
 *   classifier.partialFit(rows, labels);               // float[][], and String[] or int[]; again and again
 *   Prediction prediction = classifier.predict(row);   // from any number of threads
 *   prediction.label();
 *   prediction.evidence();
 *   classifier.save(path);
 * }
 * }</pre>
 *
 * <p>How long rows are is fixed by the first batch. Labels may be new at any time, up to {@link
 * Builder#maximumLabels}; a label that is a number is the text of its digits.
 *
 * <p>Unless the options {@code assigner} and {@code reinstatement} say otherwise, each memory keeps
 * its row, so that it can be embedded again and teach the network what it has become; a saved file
 * has these rows too.
 *
 * <p><b>Threads.</b> {@link #predict} and {@link #score} may be called from any number of threads,
 * also while another one learns. What changes the classifier takes turns by itself.
 *
 * <p><b>Failures.</b> A batch with a row or a label that cannot be used is refused as a whole, with
 * the row and the column, and nothing is learned of it.
 */
public final class MemoryClassifier implements AutoCloseable {

  private static final String KIND = "classifier";

  final Learner<?> learner;
  private final int most;
  private volatile Labels labels = Labels.NONE;

  /** The labels, beside what every learner has. */
  final class State implements Stateful {
    @Override
    public void save(StateWriter out) {
      labels.save(out);
      out.part("learner", learner);
    }

    @Override
    public void load(StateReader in) {
      boolean learned = learner.network() != null;
      if (learned && most != learner.valueSize()) { // a value's places are labels
        throw new StateException(
            "There is said to be room for "
                + most
                + " labels, but the network has values for "
                + learner.valueSize()
                + ".");
      }
      labels = Labels.load(in, most);
      if (learned && labels.count() == 0) {
        throw new StateException("A classifier that has learned has a label or more.");
      }
      in.part("learner", learner);
    }
  }

  /** Sets up a {@link MemoryClassifier}. */
  public static final class Builder extends LearnerBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * How many different labels there is room for: 64 unless said. Each takes room in every memory.
     *
     * @param count at least 1
     * @return this
     */
    public Builder maximumLabels(int count) {
      return option(Settings.LABELS.name(), Integer.toString(count));
    }

    /**
     * Makes a classifier that has learned nothing yet.
     *
     * @return the classifier, to be closed by the caller
     * @throws IllegalArgumentException if a name that was set is not that of a plug-in
     */
    public MemoryClassifier build() {
      return new MemoryClassifier(settings());
    }
  }

  private MemoryClassifier(Settings settings) {
    this(settings, Learner.of(settings, LearningSettings.classification()));
  }

  private MemoryClassifier(Settings settings, Learner<?> learner) {
    this.learner = learner;
    this.most = settings.get(Settings.LABELS);
  }

  /** What a durable folder keeps. */
  static Kept.Origin<MemoryClassifier> kept(Builder builder) {
    return new Kept.Origin<>() {
      @Override
      public Kept<MemoryClassifier> create() {
        return builder.build().kept();
      }

      @Override
      public Kept<MemoryClassifier> load(Path checkpoint) throws IOException {
        return MemoryClassifier.load(checkpoint).kept().require(builder.settings());
      }
    };
  }

  private KeptLearner<MemoryClassifier> kept() {
    return new KeptLearner<>(this, learner, KIND, new State(), this::replay);
  }

  private void replay(CallReader reader) {
    float[][] rows = KeptLearner.rows(reader);
    String[] names = new String[rows.length];
    for (int row = 0; row < names.length; row++) {
      names[row] = reader.text();
    }
    reader.requireEnd();
    partialFit(rows, names);
  }

  /**
   * Starts to set up a classifier.
   *
   * @return a builder, all of whose settings have defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Loads a classifier.
   *
   * @param path a file that {@link #save} has written
   * @return a classifier that goes on with the same bits, to be closed by the caller
   * @throws IOException if the file cannot be read
   * @throws io.nnem.core.StateException if it is damaged, or something else
   * @throws IllegalArgumentException if a plug-in that it names is not there
   */
  public static MemoryClassifier load(Path path) throws IOException {
    try (StateFile file = StateFile.open(path)) {
      MemoryClassifier classifier = new MemoryClassifier(Learner.settings(file, KIND, path));
      try {
        classifier.learner.build(file);
        file.load(classifier.new State(), false);
        return classifier;
      } catch (RuntimeException | Error | IOException e) {
        classifier.close();
        throw e;
      }
    }
  }

  /**
   * Learns from labelled rows, in the order in which they come: 16 at a time, unless the option
   * {@code batch-size} says otherwise. More rows in a batch than that give the same as several
   * calls.
   *
   * @param rows numbers, as many in each as in the first row ever
   * @param names the label of each
   * @throws IllegalArgumentException if a row or a label cannot be used, or is one too many;
   *     nothing was learned
   * @throws io.nnem.credit.DivergenceException if a loss or a gradient is not finite; what was
   *     learned before stays
   */
  public void partialFit(float[][] rows, String[] names) {
    learner.changing.lock();
    try {
      learner.begin();
      learner.require(rows, names.length, "labels");
      Labels before = labels;
      Labels now = before.with(names, most);
      labels = now; // before a memory has one of the new ones
      long steps = learner.steps();
      try {
        learner.learn(
            rows,
            most,
            (row, out, at) -> out[at + now.number(names[row])] = 1,
            () -> KeptLearner.labelled(rows, names));
      } finally {
        labels = learner.steps() == steps ? before : now;
      }
    } finally {
      learner.changing.unlock();
    }
  }

  /**
   * The same with labels that are numbers.
   *
   * @param rows numbers, as many in each as in the first row ever
   * @param numbers the label of each
   * @throws IllegalArgumentException if a row or a label cannot be used; nothing was learned
   * @throws io.nnem.credit.DivergenceException if a loss or a gradient is not finite
   */
  public void partialFit(float[][] rows, int[] numbers) {
    partialFit(rows, names(numbers));
  }

  /**
   * The same with one row.
   *
   * @param row numbers, as many as in the first row ever
   * @param name its label
   * @throws IllegalArgumentException if the row or the label cannot be used; nothing was learned
   * @throws io.nnem.credit.DivergenceException if a loss or a gradient is not finite
   */
  public void partialFit(float[] row, String name) {
    partialFit(new float[][] {row}, new String[] {name});
  }

  /**
   * The same with one row and a label that is a number.
   *
   * @param row numbers, as many as in the first row ever
   * @param number its label
   * @throws IllegalArgumentException if the row or the label cannot be used; nothing was learned
   * @throws io.nnem.credit.DivergenceException if a loss or a gradient is not finite
   */
  public void partialFit(float[] row, int number) {
    partialFit(new float[][] {row}, new int[] {number});
  }

  private static String[] names(int[] numbers) {
    return Arrays.stream(numbers).mapToObj(Integer::toString).toArray(String[]::new);
  }

  /**
   * Says what a row is. Changes nothing.
   *
   * @param row numbers
   * @return label, probabilities, familiarity and evidence
   * @throws IllegalArgumentException if the row cannot be used
   * @throws IllegalStateException if nothing was learned yet
   */
  public Prediction predict(float[] row) {
    return predict(new float[][] {row}).get(0);
  }

  /**
   * Says what rows are. Changes nothing. With the recall {@code nearest}, the default, rows that
   * are asked together also read the memories that others of them are near to; so what is said of a
   * row may differ a little from what is said of it alone.
   *
   * @param rows numbers
   * @return for each row label, probabilities, familiarity and evidence
   * @throws IllegalArgumentException if a row cannot be used; names the first
   * @throws IllegalStateException if nothing was learned yet
   */
  public List<Prediction> predict(float[][] rows) {
    return learner.answer(rows, evidence(), this::prediction);
  }

  private Prediction prediction(
      double[] answers, int at, double familiarity, List<Neighbour> memories) {
    Labels known = labels; // those of all memories that were read, and perhaps later ones
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < known.count(); i++) {
      probabilities.put(known.name(i), answers[at + i]);
    }
    List<Prediction.Evidence> evidence =
        memories.stream()
            .map(
                memory ->
                    new Prediction.Evidence(
                        best(known, memory.value()::get),
                        memory.similarity(),
                        memory.age(),
                        memory.slot()))
            .toList();
    String best = best(known, i -> answers[at + i]);
    return new Prediction(best, probabilities, familiarity, evidence);
  }

  private static String best(Labels known, IntToDoubleFunction answers) {
    int best = 0;
    for (int i = 1; i < known.count(); i++) {
      best = answers.applyAsDouble(i) > answers.applyAsDouble(best) ? i : best;
    }
    return known.name(best);
  }

  /**
   * How often it is right. A label that it has never seen is never right.
   *
   * @param rows numbers
   * @param names the label of each
   * @return the share of rows whose most probable label is theirs, 0 to 1; NaN of no rows
   * @throws IllegalArgumentException if a row cannot be used, or rows and labels are not as many
   * @throws IllegalStateException if nothing was learned yet
   */
  public double score(float[][] rows, String[] names) {
    learner.require(rows, names.length, "labels");
    List<String> said =
        learner.answer(
            rows, 0, (answers, at, familiarity, none) -> best(labels, i -> answers[at + i]));
    int right = 0;
    for (int row = 0; row < rows.length; row++) {
      right += said.get(row).equals(names[row]) ? 1 : 0;
    }
    return (double) right / rows.length;
  }

  /**
   * The same with labels that are numbers.
   *
   * @param rows numbers
   * @param numbers the label of each
   * @return the share of rows whose most probable label is theirs, 0 to 1; NaN of no rows
   * @throws IllegalArgumentException if a row cannot be used, or rows and labels are not as many
   * @throws IllegalStateException if nothing was learned yet
   */
  public double score(float[][] rows, int[] numbers) {
    return score(rows, names(numbers));
  }

  /**
   * The labels that were seen so far.
   *
   * @return in the order of their first appearance
   */
  public List<String> labels() {
    return labels.names();
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
   * How many memories a prediction names, if there are as many: the option {@code evidence}.
   *
   * @return 0 or more
   */
  public int evidence() {
    return learner.settings.get(Settings.EVIDENCE);
  }

  /**
   * What the memory takes: keys, values, and what is kept beside them, as allocated for all that
   * there is room for.
   *
   * @return the bytes; 0 before the first batch
   */
  public long memoryBytes() {
    return learner.memoryBytes();
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
   * Saves a network that was trained by itself as a classifier, in place of a file that was there:
   * {@link #load} goes on with it, and {@link #learned} counts from there.
   *
   * @param path the file
   * @param network built of plug-ins by name; its values are one-hot labels; it stays the caller's
   * @param backend the back end that the file will be loaded with, of the network's precision
   * @param labels the label of each number of a value
   * @param inputs what rows become before the network sees them
   * @param notes anything else, as texts by name: {@link #notes}
   * @throws IOException if it cannot be written; a file that was there is as it was
   * @throws IllegalArgumentException if labels or rows have other sizes than the network
   */
  public static void save(
      Path path,
      MemoryNetwork<?> network,
      String backend,
      List<String> labels,
      Inputs inputs,
      Map<String, String> notes)
      throws IOException {
    requireSame("labels", labels.size(), network.memory().valueSize());
    requireSame("columns", inputs.width(), network.embedder().observationSize());
    Map<String, String> values = inputs.settings();
    values.put(Settings.BACKEND.name(), backend);
    values.put(Settings.LABELS.name(), Integer.toString(labels.size()));
    Settings settings = new Settings(values);
    MemoryClassifier classifier =
        new MemoryClassifier(settings, Learner.around(network, settings, inputs, notes));
    classifier.labels = Labels.NONE.with(labels.toArray(String[]::new), labels.size());
    requireSame("different labels", classifier.labels.count(), labels.size());
    classifier.save(path);
  }

  private static void requireSame(String what, int there, int wanted) {
    if (there != wanted) {
      throw new IllegalArgumentException(
          "There are " + there + " " + what + ", but the network needs " + wanted + ".");
    }
  }

  /**
   * What was noted when it was saved as a network.
   *
   * @return texts by name
   */
  public Map<String, String> notes() {
    return learner.notes();
  }

  /**
   * Its network, to look at: it is this classifier's, and only to be read while nobody changes it.
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
