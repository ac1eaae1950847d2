package io.nnem.experiments.capacity;

import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnem capacity}: accuracy against capacity. */
@Command(
    name = "capacity",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Draw accuracy against capacity, bytes per memory and compute for each condition.",
    description =
        "%nTrains each condition with memories of several sizes, the smallest first, and leaves a"
            + " folder with capacity.csv, capacity-summary.csv, capacity.svg, capacity.png,"
            + " report.html, configuration and provenance. A condition may have settings of its"
            + " own, as in none+pretrain-steps=3000. Without --quick or --full: about ten minutes on"
            + " two cores.%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nnem capacity --quick",
      "  nnem capacity --capacities 500,2000:3,32000:1 --seeds 5",
      "  nnem capacity --resume results/capacity-20250102-030405",
      "  nnem capacity --conditions exact-reinstatement/stored,exact-reinstatement/code"
          + "+options.code-bits=8+pretrain-steps=3000"
    })
public final class CapacityCommand implements Callable<Integer> {
  private final Parts parts;

  @Spec private CommandSpec spec;

  /** At most one of them. */
  static final class PresetChoice {
    @Option(names = "--quick", description = "1 seed, at most 60 seconds on two cores.")
    private boolean quick;

    @Option(
        names = "--full",
        description =
            "5 seeds, 2500 steps, up to 32,000 memories: the setting of the report; hours.")
    private boolean full;
  }

  @ArgGroup private PresetChoice choice;

  @Option(
      names = "--capacities",
      paramLabel = "N[:SEEDS],...",
      description =
          "How many memories are held, with the number of seeds where it is not that of --seeds."
              + " Default: 500,2000,8000:1; with --quick 500,2000; with --full"
              + " 500,2000,8000,32000:2.")
  private String capacities;

  @Mixin private SettingOptions settings;

  /**
   * Made by the factory.
   *
   * @param parts what does the work
   */
  public CapacityCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Integer call() throws Exception {
    Resume resume = settings.resume(spec);
    Job job =
        job(
            resume.option("--capacities", capacities == null ? preset().capacities() : capacities),
            resume);
    return parts.get(Experiment.class).run(job, settings.out(), resume, spec.commandLine());
  }

  private Job job(String list, Resume resume) {
    List<String> problems = new ArrayList<>();
    if (settings.setsCapacity()) {
      problems.add("capacity is what is varied here; name it in --capacities");
    }
    CapacityPlan plan = CapacityPlan.parse(list, problems);
    ConfigResolver resolver = settings.resolver(preset(), resume);
    if (!plan.sizes().isEmpty()) {
      // so that the smallest is checked with all the rest
      String smallest = String.valueOf(plan.sizes().get(0).capacity());
      resolver.option("--capacities", "capacity", smallest);
    }
    ExperimentConfig resolved = null;
    try {
      resolved = resolver.resolve(CapacityPlan::violations, parts.get(ConfigRule.class));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    resume.require(resolved);
    ExperimentConfig its = resolved;
    return new Job(
        its,
        Map.of("--capacities", plan.toString()),
        plan.trials(its),
        parts.get(TrialRunner.class),
        Found.Ages.class,
        data -> {},
        (files, data) ->
            new CapacityReport(
                files, plan, data.training().classes(), data.training().observationSize()));
  }

  private Preset preset() {
    if (choice != null && choice.quick) {
      return Preset.CAPACITY_QUICK;
    }
    return choice != null && choice.full ? Preset.CAPACITY_FULL : Preset.CAPACITY;
  }
}
