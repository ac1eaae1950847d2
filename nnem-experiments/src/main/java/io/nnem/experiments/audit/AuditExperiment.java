package io.nnem.experiments.audit;

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
import java.util.List;

@AutoService(Experiment.class)
public final class AuditExperiment implements Experiment {
  private static final Option<Condition> TRAIN =
      Option.of(
          "train",
          "a condition, as in --conditions",
          Condition.parse("exact-reinstatement/stored"),
          "what is trained; --conditions are audited",
          Condition::parse);
  private static final Option<List<Integer>> AT =
      Option.integers(
          "at",
          List.of(),
          "training steps after which to audit, 0 being the end of the warm-up; without it four,"
              + " evenly spaced");
  private static final Option<Integer> DRAWS =
      Option.integer("draws", 8, "batches of queries in each audit")
          .where(draws -> draws >= 1, "1 or more");

  private static final String CONDITIONS =
      "conditions=none,backprop,synthetic-gradient,exact-reinstatement/decoded,"
          + "approximate-reinstatement/decoded,exact-reinstatement/stored,"
          + "approximate-reinstatement/stored";

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public Help help() {
    return new Help(
        "Measure how true each condition's credit is, by the age of memories.",
        "Trains one condition, and at some steps compares the gradient that each condition would"
            + " bring home with the true one: every memory embedded again from its observation, in"
            + " double precision. Leaves a folder with audit.csv, audit.svg, audit.png,"
            + " report.html, configuration and provenance. Without --quick: 3 seeds, a few"
            + " minutes.",
        List.of(
            "nnem audit --quick",
            "nnem audit --conditions backprop,my-assigner --at 0,1000",
            "nnem audit --train exact-reinstatement/decoded --capacity 2000"));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(TRAIN, AT, DRAWS);
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.usual(CONDITIONS),
        Preset.named(
            "quick",
            "1 seed, at most 60 seconds on two cores.",
            CONDITIONS + " seeds=1 steps=450 evaluation-images=2000"));
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    Condition train = options.get(TRAIN);
    parts.require("--train", train, config);
    AuditPlan plan = AuditPlan.of(config, train, options.get(AT), options.get(DRAWS));
    ShadowSettings.require(parts.catalogue(), config, plan);
    return new Job(
        Trials.plan(List.of(train), config.seeds()),
        new AuditRunner(parts.catalogue(), plan, parts.pretraining()),
        Audited.class,
        (files, data) -> new AuditReport(files, plan));
  }
}
