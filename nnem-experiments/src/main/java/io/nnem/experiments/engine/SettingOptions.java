package io.nnem.experiments.engine;

import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.plugins.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that every experiment has. Their values are checked as a file's. */
record SettingOptions(ParseResult typed) {
  /** An option that stands for a key of the configuration. */
  private record Key(String name, String label, String description) {}

  private static final List<Key> KEYS =
      List.of(
          new Key("seeds", "N", "How many seeds: 1 to N."),
          new Key("steps", "N", "Training steps of each trial."),
          new Key(
              "conditions",
              "A,B/C,...",
              "What to train: credit assigners, with /decoded, /stored or /code where they"
                  + " reinstate observations; classifier for the same embedder without a memory."
                  + " +KEY=VALUE for each setting of a condition's own, as in"
                  + " none+temperature=0.05."),
          new Key("capacity", "N", "Memories that are held."),
          new Key(
              "eviction",
              "NAME",
              "Which memory is given up when all slots are in use, such as fifo."),
          new Key(
              "recall",
              "NAME",
              "Which memories a query reads: all, the nearest (options.nearest-k for each query), or"
                  + " partitioned, most of the nearest without meeting every key."),
          new Key(
              "freshening",
              "NAME",
              "How each step freshens stale keys: none, round-robin, drift, transport (all of"
                  + " them), or a plug-in's name."),
          new Key(
              "pretrain-steps",
              "N",
              "Steps of the autoencoder that is trained beforehand, on the training images without"
                  + " their labels; 0 for none."),
          new Key("batch", "N", "Observations in a step."),
          new Key("backend", "NAME", "nd4j or reference."),
          new Key(
              "data",
              "PATH",
              "mnist, mnist-on-noise, mnist-on-patches, shifted-mnist, a folder of IDX files, or a CSV file, plain or gzipped; of a CSV file, a sixth"
                  + " is for validation and a sixth for test, drawn by chance."),
          new Key("label", "COLUMN", "The column of a CSV file with the labels: name or number."),
          new Key("header", "true|false", "Whether its first line has the columns' names."),
          new Key(
              "missing",
              "refuse|impute",
              "Whether a missing value in it is an error, or counts as its column's mean."),
          new Key("jobs", "N", "Trials that run side by side; results do not depend on it."));

  static void addTo(CommandSpec spec) {
    add(spec, "config", "FILE", "YAML; goes over the preset, and options go over it.", Path.class);
    KEYS.forEach(key -> add(spec, key.name(), key.label(), key.description(), String.class));
    spec.addOption(
        OptionSpec.builder("--set")
            .paramLabel("KEY=VALUE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "Any other key of the configuration; may be repeated. A finished run's config.yaml"
                    + " shows the keys. options.NAME=VALUE is passed on to plug-ins.")
            .build());
    add(
        spec,
        "resume",
        "DIR",
        "Goes on with a folder of this command that was interrupted, failed or killed: its"
            + " configuration, and only the trials that are not finished in it.",
        Path.class);
    add(
        spec,
        "out",
        "DIR",
        "Where the results go: a folder that is not there or is empty. Without it, a new one in"
            + " results/.",
        Path.class);
    spec.addOption(
        flag(
            "tensorboard",
            "Writes the measurements for TensorBoard as well, as they are made: tensorboard"
                + " --logdir FOLDER/tensorboard."));
    spec.addOption(
        flag(
            "parquet",
            "Writes each CSV table as Parquet as well. DuckDB does it: put the jar of"
                + " org.duckdb:duckdb_jdbc into plugins/."));
  }

  /** For picocli all text is a format. */
  static String plain(String text) {
    return text.replace("%", "%%");
  }

  /** An option without a value. */
  static OptionSpec flag(String name, String text) {
    return OptionSpec.builder("--" + name)
        .arity("0")
        .type(boolean.class)
        .description(plain(text))
        .build();
  }

  static void add(CommandSpec spec, String name, String label, String text, Class<?> type) {
    spec.addOption(
        OptionSpec.builder("--" + name)
            .paramLabel(label)
            .type(type)
            .description(plain(text))
            .build());
  }

  /** A file or folder that the user named. */
  Optional<Path> path(String name) {
    return Optional.ofNullable(typed.matchedOptionValue("--" + name, null));
  }

  /** What the run leaves, and where. */
  Engine.Output output(Catalogue catalogue) {
    return new Engine.Output(
        path("out"),
        typed.hasMatchedOption("--tensorboard"),
        typed.hasMatchedOption("--parquet")
            ? Optional.of(new Parquet(catalogue.loader()))
            : Optional.empty());
  }

  /** Preset, file and options put together, for more to be laid over them. */
  ConfigResolver resolver(Preset preset, Optional<Path> file) {
    ConfigResolver resolver = new ConfigResolver(preset.settings());
    file.ifPresent(resolver::file);
    typed.matchedOptionValue("--set", List.<String>of()).forEach(resolver::set);
    for (Key key : KEYS) {
      String option = "--" + key.name();
      resolver.option(option, key.name(), typed.matchedOptionValue(option, null));
    }
    return resolver;
  }
}
