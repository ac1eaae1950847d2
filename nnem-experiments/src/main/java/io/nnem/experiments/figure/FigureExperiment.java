package io.nnem.experiments.figure;

import com.google.auto.service.AutoService;
import io.nnem.core.Options;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Preset;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Trials;
import java.util.List;

/** {@code nnem figure}: the paper's figure. */
@AutoService(Experiment.class)
public final class FigureExperiment implements Experiment {
  @Override
  public String name() {
    return "figure";
  }

  @Override
  public Help help() {
    return new Help(
        "Draw the paper's figure: accuracy against training steps for each way of credit.",
        "Trains a network with an external memory on MNIST, once for each condition and seed,"
            + " and leaves a folder with figure.svg, figure.png, report.html, tables,"
            + " configuration and provenance. Without --quick or --full: 3 seeds, at most 3"
            + " minutes on two cores.",
        List.of(
            "nnem figure --quick",
            "nnem figure --seeds 5 --conditions none,exact-reinstatement/decoded",
            "nnem figure --config results/figure-20250102-030405/config.yaml",
            "nnem figure --set temperature=0.05 --set embedder-hidden=256,128"));
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.usual(""),
        Preset.named(
            "quick",
            "1 seed, at most 45 seconds on two cores.",
            "seeds=1 steps=1000 evaluate-every=100 evaluation-images=2000"),
        Preset.named(
            "full",
            "10 seeds, 4000 steps: the setting of the report.",
            "seeds=10 steps=4000 evaluate-every=200 evaluation-images=10000"));
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    return job(config, parts);
  }

  /** Every condition with every seed, and the figure of their accuracies. */
  static Job job(ExperimentConfig config, Parts parts) {
    return new Job(
        Trials.plan(config),
        parts.training(),
        Found.Ages.class,
        (files, data) -> new RunReport(files));
  }
}
