package io.nnem.learners;

import io.nnem.core.Addressing;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.StateException;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a learner is set to, by name, as text: what is not among these is a plug-in's own. */
record Settings(Options values) {

  static final Option<String> BACKEND =
      Option.text("backend", "nd4j", "what computes: nd4j, or reference, which is slow");
  static final Option<Integer> THREADS =
      atLeastOne("threads", 1, "threads that one operation may use");
  static final Option<List<Integer>> IMAGE =
      Option.integers("image", List.of(), "height, width and channels of rows that are images")
          .where(sizes -> sizes.isEmpty() || sizes.size() == 3, "three of them");
  static final Option<String> EMBEDDER =
      Option.text("embedder", "mlp", "the network that embeds rows: mlp, conv for images");
  static final Option<List<Integer>> HIDDEN =
      Option.integers("hidden", List.of(256), "units of its hidden layers");
  static final Option<Integer> EMBEDDING =
      atLeastOne("embedding-size", 64, "floats of a memory's key");
  static final Option<Double> LEARNING_RATE =
      Option.number("learning-rate", 5e-4, "of Adam").where(rate -> rate > 0, "above 0");
  static final Option<Integer> BATCH =
      atLeastOne("batch-size", 16, "rows of a training step; a longer batch is several steps");
  static final Option<Integer> CAPACITY =
      atLeastOne("capacity", 10_000, "memories there is room for");
  static final Option<String> EVICTION =
      Option.text("eviction", "class-balanced", "which memories are given up for new ones");
  static final Option<String> RECALL =
      Option.text(
          "recall",
          "nearest",
          "which memories a row is compared with: all, nearest, or partitioned");
  static final Option<Double> TEMPERATURE =
      Option.number("temperature", 0.03, "the lower, the more the most similar memories count")
          .where(t -> t >= Addressing.LOWEST_TEMPERATURE, "above 0")
          .where(t -> t <= Addressing.HIGHEST_TEMPERATURE, "at most 1e37");
  static final Option<String> ASSIGNER =
      Option.text(
          "assigner", "exact-reinstatement", "how credit reaches the network through old memories");
  static final Option<String> REINSTATEMENT =
      Option.text(
          "reinstatement", "stored", "where old rows come from, if the assigner needs them");
  static final Option<Integer> LABELS =
      atLeastOne("maximum-labels", 64, "different labels that there is room for");
  static final Option<Boolean> STANDARDISE =
      Option.flag("standardise", true, "columns are brought to mean 0 and variance 1 on line");
  static final Option<Boolean> IMPUTE =
      Option.flag("impute-missing", false, "a value that is not a number counts as its mean");
  static final Option<Integer> EVIDENCE =
      Option.integer("evidence", 5, "memories that a prediction names")
          .where(count -> count >= 0, "0 or more");
  static final Option<Integer> SEED = Option.integer("seed", 1, "where all randomness comes from");

  static final List<Option<?>> ALL =
      List.of(
          BACKEND,
          THREADS,
          IMAGE,
          EMBEDDER,
          HIDDEN,
          EMBEDDING,
          LEARNING_RATE,
          BATCH,
          CAPACITY,
          EVICTION,
          RECALL,
          TEMPERATURE,
          ASSIGNER,
          REINSTATEMENT,
          LABELS,
          STANDARDISE,
          IMPUTE,
          EVIDENCE,
          SEED);

  /** What a file says; what the network was built with is in the network's own description. */
  private static final List<Option<?>> SAVED =
      List.of(BACKEND, THREADS, BATCH, LABELS, STANDARDISE, IMPUTE, EVIDENCE);

  private static final String PREFIX = "setting.";

  private static Option<Integer> atLeastOne(String name, int fallback, String description) {
    return Option.integer(name, fallback, description).where(number -> number >= 1, "1 or more");
  }

  Settings(Map<String, String> values) {
    this(new Options(values));
    ALL.forEach(this.values::get); // a bad value is refused before anything is made
  }

  <V> V get(Option<V> option) {
    return values.get(option);
  }

  /** What shape rows have, of which the first has so many floats. */
  RowShape shape(int width) {
    List<Integer> image = get(IMAGE);
    if (image.isEmpty()) {
      return RowShape.flat(width);
    }
    RowShape shape = new RowShape(image.get(0), image.get(1), image.get(2));
    if (shape.size() != width) {
      throw new IllegalArgumentException(
          "Row 0 (counted from 0) has "
              + width
              + " values, but an image of "
              + shape
              + " has "
              + shape.size()
              + ".");
    }
    return shape;
  }

  <T> MemoryNetwork<T> network(
      Tensors<T> tensors, int width, int valueSize, LearningSettings learning) {
    MemoryNetworkBuilder<T> builder =
        MemoryNetwork.builder(tensors)
            .embedder(get(EMBEDDER), shape(width), get(EMBEDDING))
            .hidden(get(HIDDEN).stream().mapToInt(Integer::intValue).toArray())
            .optimiser(OptimiserSettings.adam(get(LEARNING_RATE)))
            .capacity(get(CAPACITY))
            .valueSize(valueSize)
            .eviction(get(EVICTION))
            .recall(get(RECALL))
            .assigner(get(ASSIGNER))
            .settings(learning.withAddressing(Addressing.softmax(get(TEMPERATURE))))
            .seed(get(SEED));
    boolean reinstates = Plugins.load(CreditAssignerProvider.class).get(get(ASSIGNER)).reinstates();
    if (reinstates && !get(REINSTATEMENT).isEmpty()) {
      builder.reinstatement(get(REINSTATEMENT));
    }
    values
        .values()
        .forEach(
            (name, value) -> {
              if (ALL.stream().noneMatch(option -> option.name().equals(name))) {
                builder.option(name, value);
              }
            });
    return builder.build();
  }

  /** For the file of a network that describes itself. */
  Map<String, String> entries() {
    return entries(SAVED);
  }

  /** For the file of a network that is still to be made. */
  Map<String, String> all() {
    Map<String, String> all = entries(ALL);
    values.values().forEach((name, value) -> all.put(PREFIX + name, value));
    return all;
  }

  /** Defaults too, so that a later version's do not change what was saved. */
  private Map<String, String> entries(List<Option<?>> options) {
    Map<String, String> entries = new TreeMap<>();
    options.forEach(
        option ->
            entries.put(
                PREFIX + option.name(),
                values.values().getOrDefault(option.name(), option.fallbackText())));
    return entries;
  }

  static Settings of(Map<String, String> entries) {
    Map<String, String> values = new TreeMap<>();
    entries.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            values.put(name.substring(PREFIX.length()), value);
          }
        });
    try {
      return new Settings(values);
    } catch (IllegalArgumentException e) {
      throw new StateException("The learner's settings cannot be used: " + e.getMessage(), e);
    }
  }
}
