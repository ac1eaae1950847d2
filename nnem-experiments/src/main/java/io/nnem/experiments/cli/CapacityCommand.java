package io.nnem.experiments.cli;

import io.nnem.experiments.capacity.CapacityPlan;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Preset;
import io.nnem.experiments.report.CapacityFolder;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.report.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML; goes over the preset, and options go over it.")
  private Path config;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Goes on with a folder of nnem capacity that was interrupted or failed: its configuration,"
              + " and only the trials that are not in it.")
  private Path resume;

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
    Optional<Path> file = Optional.ofNullable(config);
    CapacityJob job =
        resume == null
            ? job(preset(), file, capacities == null ? preset().capacities() : capacities)
            : resumed(new CapacityFolder(resume));
    return parts.get(Experiment.class).run(job, settings.out(), spec.commandLine());
  }

  private CapacityJob job(Preset preset, Optional<Path> file, String list) {
    List<String> problems = new ArrayList<>();
    if (settings.setsCapacity()) {
      problems.add("capacity is what is varied here; name it in --capacities");
    }
    CapacityPlan plan = CapacityPlan.parse(list, problems);
    ConfigResolver resolver = settings.resolver(preset, file);
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
    return new CapacityJob(
        resolved, plan, parts.get(TrialRunner.class), Optional.ofNullable(resume));
  }

  /** What the folder says, which options may repeat but not change. */
  private CapacityJob resumed(CapacityFolder folder) {
    if (choice != null || config != null || settings.out().isPresent()) {
      throw new ConfigException(
          "--resume goes on with the configuration that is in the folder, and in that folder; leave"
              + " --quick, --full, --config and --out out");
    }
    RunFolder.existing(resume);
    String list = folder.capacities();
    Optional<Path> file = Optional.of(folder.config());
    ExperimentConfig there = new ConfigResolver(Preset.CAPACITY).file(file.get()).resolve();
    CapacityJob job = job(Preset.CAPACITY, file, capacities == null ? list : capacities);
    List<String> problems = new ArrayList<>();
    if (!job.plan().toString().equals(list)) {
      problems.add(contradiction("capacities", list, job.plan().toString()));
    }
    ConfigWriter.differences(there, job.config())
        .forEach(
            (key, values) -> {
              boolean free = key.equals("jobs") || (key.equals("capacity") && !problems.isEmpty());
              if (!free) {
                problems.add(contradiction(key, values.get(0), values.get(1)));
              }
            });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return job;
  }

  private String contradiction(String key, String there, String here) {
    return "--resume "
        + resume
        + ": "
        + key
        + " is "
        + there
        + " there, but "
        + here
        + " here; leave that option out, or begin a new folder";
  }

  private Preset preset() {
    if (choice != null && choice.quick) {
      return Preset.CAPACITY_QUICK;
    }
    return choice != null && choice.full ? Preset.CAPACITY_FULL : Preset.CAPACITY;
  }
}
