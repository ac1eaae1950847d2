package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Preset;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Resume;
import io.nnem.experiments.engine.SettingOptions;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.run.Pretraining;
import io.nnem.experiments.run.Trial;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnem audit}: how true each condition's credit is. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Measure how true each condition's credit is, by the age of memories.",
    description =
        "%nTrains one condition, and at some steps compares the gradient that each condition would"
            + " bring home with the true one: every memory embedded again from its observation, in"
            + " double precision. Leaves a folder with audit.csv, audit.svg, audit.png, report.html,"
            + " configuration and provenance. Without --quick: 3 seeds, a few minutes.%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nnem audit --quick",
      "  nnem audit --conditions backprop,my-assigner --at 0,1000",
      "  nnem audit --train exact-reinstatement/decoded --capacity 2000"
    })
public final class AuditCommand implements Callable<Integer> {
  private final Parts parts;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "1 seed, at most 60 seconds on two cores.")
  private boolean quick;

  @Option(
      names = "--train",
      paramLabel = "CONDITION",
      defaultValue = "exact-reinstatement/stored",
      description = "What is trained; --conditions are audited. Default: ${DEFAULT-VALUE}.")
  private String train;

  @Option(
      names = "--at",
      paramLabel = "N,N,...",
      description =
          "Training steps after which to audit; 0 is the end of the warm-up. Default: four, evenly"
              + " spaced.")
  private String at;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "Batches of queries in each audit. Default: " + AuditPlan.DRAWS + ".")
  private int draws = AuditPlan.DRAWS;

  @Mixin private SettingOptions settings;

  /**
   * Made by the factory.
   *
   * @param parts what does the work
   */
  public AuditCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Integer call() throws Exception {
    Resume resume = settings.resume(spec);
    ConfigRule rule = parts.get(ConfigRule.class);
    Preset preset = quick ? Preset.AUDIT_QUICK : Preset.AUDIT;
    ExperimentConfig resolved = settings.resolve(preset, resume, rule);
    Condition trained = trained(resume.option("--train", train));
    if (!resolved.conditions().contains(trained)) {
      // it must be there as well, though nobody asks for its credit
      String all =
          resolved.conditions().stream().map(Condition::name).collect(Collectors.joining(","));
      settings
          .resolver(preset, resume)
          .option("--train", "conditions", all + "," + trained)
          .resolve(rule);
    }
    AuditPlan plan =
        AuditPlan.of(
            resolved,
            trained,
            resume.option("--at", at),
            Integer.parseInt(resume.option("--draws", String.valueOf(draws))));
    resume.require(resolved);
    Catalogue catalogue = parts.get(Catalogue.class);
    ShadowSettings.require(catalogue, resolved, plan);
    Job job =
        new Job(
            resolved,
            plan.options(),
            LongStream.rangeClosed(1, resolved.seeds())
                .mapToObj(seed -> new Trial(plan.train(), seed))
                .toList(),
            new AuditRunner(catalogue, plan, parts.get(Pretraining.class)),
            Audited.class,
            data -> {},
            (files, data) -> new AuditReport(files, plan));
    return parts.get(Experiment.class).run(job, settings.out(), resume, spec.commandLine());
  }

  private static Condition trained(String train) {
    try {
      return Condition.parse(train);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--train: " + e.getMessage());
    }
  }
}
