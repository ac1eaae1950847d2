package io.nnem.experiments.figure;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Preset;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Resume;
import io.nnem.experiments.engine.SettingOptions;
import io.nnem.experiments.run.TrialRunner;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nnem run}: one condition. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Train one condition.",
    description = {
      "%nLeaves the same folder as nnem figure. The configuration names exactly one condition.%n"
    },
    footerHeading = "%nA file:%n",
    footer = {"  conditions: [exact-reinstatement/decoded]", "  seeds: 1", "  capacity: 2000"})
public final class RunCommand implements Callable<Integer> {
  private final Parts parts;

  @Spec private CommandSpec spec;

  @Mixin private SettingOptions settings;

  /**
   * Made by the factory.
   *
   * @param parts what does the work
   */
  public RunCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Integer call() throws Exception {
    Resume resume = settings.resume(spec);
    Path file =
        resume
            .config()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "Missing required option: '--config=FILE'"));
    ExperimentConfig resolved =
        settings.resolve(Preset.STANDARD, resume, parts.get(ConfigRule.class));
    if (resolved.conditions().size() != 1) {
      throw new ConfigException(
          file
              + ": conditions has "
              + resolved.conditions().size()
              + " ("
              + resolved.conditions().stream()
                  .map(Condition::name)
                  .collect(Collectors.joining(", "))
              + "); nnem run trains exactly one, nnem figure trains several");
    }
    resume.require(resolved);
    return parts
        .get(Experiment.class)
        .run(
            FigureCommand.job(resolved, parts.get(TrialRunner.class)),
            settings.out(),
            resume,
            spec.commandLine());
  }
}
