package io.nnem.experiments.engine;

import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Preset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that change the setting of an experiment. Their values are checked as a file's. */
public final class SettingOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML; goes over the preset, and options go over it.")
  private Path config;

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds: 1 to N.")
  private String seeds;

  @Option(names = "--steps", paramLabel = "N", description = "Training steps of each trial.")
  private String steps;

  @Option(
      names = "--conditions",
      paramLabel = "A,B/C,...",
      description =
          "What to train: credit assigners, with /decoded, /stored or /code where they reinstate"
              + " observations; classifier for the same embedder without a memory. +KEY=VALUE"
              + " for each setting of a condition's own, as in none+temperature=0.05.")
  private String conditions;

  @Option(names = "--capacity", paramLabel = "N", description = "Memories that are held.")
  private String capacity;

  @Option(
      names = "--eviction",
      paramLabel = "NAME",
      description = "Which memory is given up when all slots are in use, such as fifo.")
  private String eviction;

  @Option(
      names = "--recall",
      paramLabel = "NAME",
      description =
          "Which memories a query reads: all, or the nearest (options.nearest-k for each query).")
  private String recall;

  @Option(
      names = "--freshening",
      paramLabel = "NAME",
      description =
          "How each step freshens stale keys: none, round-robin, drift, transport (all of them), or"
              + " a plug-in's name.")
  private String freshening;

  @Option(
      names = "--pretrain-steps",
      paramLabel = "N",
      description =
          "Steps of the autoencoder that is trained beforehand, on the training images without"
              + " their labels; 0 for none.")
  private String pretrainSteps;

  @Option(names = "--batch", paramLabel = "N", description = "Observations in a step.")
  private String batch;

  @Option(names = "--backend", paramLabel = "NAME", description = "nd4j or reference.")
  private String backend;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "mnist, or a folder of IDX files, plain or gzipped.")
  private String data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Any other key of the configuration; may be repeated. A finished run's config.yaml shows"
              + " the keys. options.NAME=VALUE is passed on to plug-ins.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Trials that run side by side; results do not depend on it.")
  private String jobs;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Goes on with a folder of this command that was interrupted, failed or killed: its"
              + " configuration, and only the trials that are not finished in it.")
  private Path resume;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the results go: a folder that is not there or is empty. Without it, a new one in"
              + " results/.")
  private Path out;

  /** Whether an option says how many memories are held. */
  public boolean setsCapacity() {
    return capacity != null || sets.stream().anyMatch(set -> set.matches("\\s*capacity\\s*=.*"));
  }

  /** The folder that the user named. */
  public Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  /** What is gone on with. */
  public Resume resume(CommandSpec spec) {
    return new Resume(Optional.ofNullable(resume), Optional.ofNullable(config), spec);
  }

  /** Preset, file and options put together and checked. */
  public ExperimentConfig resolve(Preset preset, Resume from, ConfigRule... rules) {
    return resolver(preset, from).resolve(rules);
  }

  /** Preset, file and options put together, for more to be laid over them. */
  public ConfigResolver resolver(Preset preset, Resume from) {
    ConfigResolver resolver = new ConfigResolver(preset);
    from.config().ifPresent(resolver::file);
    sets.forEach(resolver::set);
    return resolver
        .option("--seeds", "seeds", seeds)
        .option("--steps", "steps", steps)
        .option("--conditions", "conditions", conditions)
        .option("--capacity", "capacity", capacity)
        .option("--eviction", "eviction", eviction)
        .option("--recall", "recall", recall)
        .option("--freshening", "freshening", freshening)
        .option("--pretrain-steps", "pretrain-steps", pretrainSteps)
        .option("--batch", "batch", batch)
        .option("--backend", "backend", backend)
        .option("--jobs", "jobs", jobs)
        .option("--data", "data", data);
  }
}
