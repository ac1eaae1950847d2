package io.nnem.experiments.figure;

import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Preset;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Resume;
import io.nnem.experiments.engine.SettingOptions;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.experiments.run.Trials;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnem figure}: the paper's figure. */
@Command(
    name = "figure",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Draw the paper's figure: accuracy against training steps for each way of credit.",
    description =
        "%nTrains a network with an external memory on MNIST, once for each condition and seed,"
            + " and leaves a folder with figure.svg, figure.png, report.html, tables,"
            + " configuration and provenance. Without --quick or --full: 3 seeds, at most 3"
            + " minutes on two cores.%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nnem figure --quick",
      "  nnem figure --seeds 5 --conditions none,exact-reinstatement/decoded",
      "  nnem figure --config results/figure-20250102-030405/config.yaml",
      "  nnem figure --set temperature=0.05 --set embedder-hidden=256,128"
    })
public final class FigureCommand implements Callable<Integer> {
  private final Parts parts;

  @Spec private CommandSpec spec;

  /** At most one of them. */
  static final class PresetChoice {
    @Option(names = "--quick", description = "1 seed, at most 45 seconds on two cores.")
    private boolean quick;

    @Option(names = "--full", description = "10 seeds, 4000 steps: the setting of the report.")
    private boolean full;
  }

  @ArgGroup private PresetChoice choice;

  @Mixin private SettingOptions settings;

  /**
   * Made by the factory.
   *
   * @param parts what does the work
   */
  public FigureCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Integer call() throws Exception {
    Resume resume = settings.resume(spec);
    ExperimentConfig resolved = settings.resolve(preset(), resume, parts.get(ConfigRule.class));
    resume.require(resolved);
    return parts
        .get(Experiment.class)
        .run(
            job(resolved, parts.get(TrialRunner.class)),
            settings.out(),
            resume,
            spec.commandLine());
  }

  /** Every condition with every seed, and the figure of their accuracies. */
  static Job job(ExperimentConfig config, TrialRunner runner) {
    return new Job(
        config,
        Map.of(),
        Trials.plan(config),
        runner,
        Found.Ages.class,
        data -> {},
        (files, data) -> new RunReport(files));
  }

  private Preset preset() {
    if (choice != null && choice.quick) {
      return Preset.QUICK;
    }
    return choice != null && choice.full ? Preset.FULL : Preset.STANDARD;
  }
}
