package io.nnem.experiments.capacity;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Preset;
import io.nnem.experiments.run.Found;
import java.util.List;

@AutoService(Experiment.class)
public final class CapacityExperiment implements Experiment {
  static final Option<CapacityPlan> CAPACITIES =
      Option.of(
          "capacities",
          "N or N:SEEDS, whole numbers from 1 on, each N once, with commas between them, as in"
              + " 500,2000,32000:2",
          CapacityPlan.parse("500,2000,8000:1"),
          "how many memories are held, with the number of seeds where it is not that of --seeds",
          CapacityPlan::parse);

  /** From a start that an autoencoder learned, without labels. */
  private static final String PRETRAINED = "+pretrain-steps=3000";

  /** With keys that are carried along with the embedder. */
  private static final String TRANSPORTED = "+freshening=transport";

  private static final String COMPARED =
      "conditions="
          + String.join(
              ",",
              "none",
              "synthetic-gradient",
              "exact-reinstatement/stored",
              "exact-reinstatement/code+options.code-bits=8+pretrain-steps=3000+pretrained-parts=none",
              "exact-reinstatement/decoded",
              "approximate-reinstatement/decoded",
              "synthetic-gradient" + TRANSPORTED,
              "exact-reinstatement/decoded" + TRANSPORTED,
              "anchored-reinstatement/decoded" + TRANSPORTED,
              "hybrid/decoded" + TRANSPORTED,
              "none" + PRETRAINED,
              "exact-reinstatement/stored" + PRETRAINED,
              "exact-reinstatement/decoded" + PRETRAINED + "+decoder-learning=fixed",
              "none+embedder=random-projection",
              "none+embedder=identity+embedding-size=784+temperature=0.001",
              "classifier");

  private static final String COMPARED_QUICKLY =
      "conditions=none,exact-reinstatement/stored,exact-reinstatement/code+options.code-bits=8"
          + "+pretrain-steps=300+pretrained-parts=none,exact-reinstatement/decoded,hybrid/decoded"
          + TRANSPORTED;

  private static final String SETTINGS = " temperature=0.1 warmup-steps=300 ";

  @Override
  public String name() {
    return "capacity";
  }

  @Override
  public Help help() {
    return new Help(
        "Draw accuracy against capacity, bytes per memory and compute for each condition.",
        "Trains each condition with memories of several sizes, the smallest first, and leaves a"
            + " folder with capacity.csv, capacity-summary.csv, capacity.svg, capacity.png,"
            + " report.html, configuration and provenance. A condition may have settings of its"
            + " own, as in none+pretrain-steps=3000. Without --quick or --full: about ten minutes"
            + " on two cores.",
        List.of(
            "nnem capacity --quick",
            "nnem capacity --capacities 500,2000:3,32000:1 --seeds 5",
            "nnem capacity --resume results/capacity-20250102-030405",
            "nnem capacity --conditions exact-reinstatement/stored,exact-reinstatement/code"
                + "+options.code-bits=8+pretrain-steps=3000"));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(CAPACITIES);
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.usual(
            COMPARED + SETTINGS + "seeds=2 steps=800 evaluate-every=400 evaluation-images=2000"),
        Preset.named(
                "quick",
                "1 seed, at most 60 seconds on two cores.",
                COMPARED_QUICKLY
                    + SETTINGS
                    + "seeds=1 steps=300 evaluate-every=300 evaluation-images=1000")
            .with(CAPACITIES.name(), "500,2000"),
        Preset.named(
                "full",
                "5 seeds, 2500 steps, up to 32,000 memories: the setting of the report; hours.",
                COMPARED
                    + SETTINGS
                    + "seeds=5 steps=2500 evaluate-every=500 evaluation-images=5000")
            .with(CAPACITIES.name(), "500,2000,8000,32000:2"));
  }

  /** The smallest is the configuration's, so that it is checked with all the rest. */
  @Override
  public void settle(ConfigResolver resolver, Options options) {
    int smallest = options.get(CAPACITIES).sizes().get(0).capacity();
    resolver
        .refuse(CapacityPlan.KEY, "capacity is what is varied here; name it in --capacities")
        .option("--capacities", CapacityPlan.KEY, String.valueOf(smallest));
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    CapacityPlan plan = options.get(CAPACITIES);
    return new Job(
        plan.trials(config),
        parts.training(),
        Found.Ages.class,
        (files, data) ->
            new CapacityReport(
                files, plan, data.training().classes(), data.training().observationSize()));
  }
}
