package io.nnem.experiments.stream;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Preset;
import io.nnem.experiments.run.Trials;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code nnem stream}: learning on line. */
@AutoService(Experiment.class)
public final class StreamExperiment implements Experiment {
  /** What follows from a stream that drifts: few memories, the latest, learned from quickly. */
  static final String RECENT = "capacity=1000+eviction=fifo+embedder-learning-rate=0.001";

  private static final Option<List<NamedStream>> STREAMS =
      Option.of(
          "streams",
          "names with commas between them, of " + String.join(", ", NamedStream.titles()),
          List.of(NamedStream.values()),
          "what is learned from",
          text -> Arrays.stream(text.split(",", -1)).map(NamedStream::of).distinct().toList());
  private static final Option<List<Condition>> LEARNERS =
      Option.of(
          "learners",
          "names with commas between them: memory or the name of a credit assigner, each with"
              + " +KEY=VALUE for settings of its own; "
              + String.join(", ", Baselines.BY_NAME.keySet()),
          learners(
              "memory,memory+" + RECENT + ",none+" + RECENT + ",neighbours,majority,no-change"),
          "what learns",
          StreamExperiment::learners);
  private static final Option<Integer> INSTANCES =
      Option.integer("instances", 20_000, "how long a stream is").where(n -> n >= 1, "1 or more");
  private static final Option<Integer> WINDOW =
      Option.integer("window", 1000, "instances that a line of stream.csv is about")
          .where(n -> n >= 1, "1 or more");
  private static final Option<Integer> DELAY =
      Option.integer("delay", 0, "instances until a label is known")
          .where(n -> n >= 0, "0 or more");

  private static List<Condition> learners(String text) {
    return Arrays.stream(text.split(",", -1)).map(Condition::parse).distinct().toList();
  }

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public Help help() {
    return new Help(
        "Learn on line from streams that drift: each instance is a question first.",
        "Each instance is predicted before it is learned from (prequential evaluation). Leaves a"
            + " folder with stream.csv (accuracy, kappa and kappa-temporal over a sliding window,"
            + " seconds of processor time and bytes), stream-summary.csv over whole streams, a"
            + " figure for each stream, and report.html. Streams are generated from their"
            + " published definitions. The learner memory is MemoryClassifier as it comes; it"
            + " learns 16 rows at a time. Of the configuration, only seeds and jobs count. Without"
            + " --quick: 3 seeds, some ten minutes.",
        List.of(
            "nnem stream --quick",
            "nnem stream --streams rbf,led --learners memory,neighbours --instances 100000",
            "nnem stream --delay 500"));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(STREAMS, LEARNERS, INSTANCES, WINDOW, DELAY);
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.usual("conditions=none seeds=3 evaluation-images=1"),
        new Preset(
            "quick",
            "1 seed, 3,000 instances of each stream; under a minute on two cores.",
            "conditions=none seeds=1 evaluation-images=1",
            Map.of("instances", "3000", "window", "500")));
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    StreamPlan plan =
        new StreamPlan(
            options.get(STREAMS),
            options.get(LEARNERS),
            options.get(INSTANCES),
            options.get(WINDOW),
            options.get(DELAY));
    return new Job(
        Trials.plan(plan.conditions(), config.seeds()),
        new StreamRunner(plan),
        Streamed.class,
        (files, data) -> new StreamReport(files, plan));
  }
}
