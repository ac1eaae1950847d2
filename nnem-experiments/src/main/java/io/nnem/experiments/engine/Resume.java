package io.nnem.experiments.engine;

import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Preset;
import io.nnem.experiments.run.Journal;
import io.nnem.report.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The folder that a command goes on with, if it does. Options may repeat what is in it. */
public final class Resume {
  /** Options that would begin something else. */
  private static final List<String> NEW = List.of("--quick", "--full", "--config", "--out");

  private final Optional<RunFolder> folder;
  private final Optional<Path> config;
  private final Optional<Journal.Header> header;
  private final ParseResult typed;
  private final List<String> problems = new ArrayList<>();

  /** A folder must be of the same command. */
  Resume(Optional<Path> path, Optional<Path> file, CommandSpec spec) {
    this.typed = spec.commandLine().getParseResult();
    List<String> there = NEW.stream().filter(typed::hasMatchedOption).toList();
    if (path.isPresent() && !there.isEmpty()) {
      throw new ConfigException(
          "--resume goes on with the configuration that is in the folder, and in that folder; leave "
              + String.join(" and ", there)
              + " out");
    }
    this.folder = path.map(RunFolder::existing);
    this.config = folder.map(its -> its.file("config.yaml")).or(() -> file);
    this.header = path.map(Journal::header);
    header.ifPresent(
        its -> {
          if (!its.command().equals(spec.name())) {
            throw new ConfigException(
                "--resume "
                    + path.get()
                    + ": it is of nnem "
                    + its.command()
                    + "; that goes on with it");
          }
        });
  }

  /** The folder. */
  public Optional<RunFolder> folder() {
    return folder;
  }

  /** The file with the setting: the folder's, or what was typed. */
  public Optional<Path> config() {
    return config;
  }

  /** An option that is no setting: as it was in the folder, or what was typed. */
  public String option(String name, String value) {
    if (header.isEmpty()) {
      return value;
    }
    String there = header.get().plan().get(name);
    if (typed.hasMatchedOption(name) && !there.equals(value)) {
      problems.add(contradiction(name, there, value));
    }
    return there;
  }

  /**
   * Compares the setting with the folder's.
   *
   * @param here what would be run
   * @throws ConfigException if anything but {@code jobs} differs
   */
  public void require(ExperimentConfig here) {
    folder.ifPresent(
        its -> {
          ExperimentConfig there =
              new ConfigResolver(Preset.STANDARD).file(its.file("config.yaml")).resolve();
          ConfigWriter.differences(there, here)
              .forEach(
                  (key, values) -> {
                    if (!key.equals("jobs")) {
                      problems.add(contradiction(key, values.get(0), values.get(1)));
                    }
                  });
        });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private String contradiction(String key, String there, String here) {
    return "--resume "
        + folder.orElseThrow().path()
        + ": "
        + key
        + " is "
        + there
        + " there, but "
        + here
        + " here; leave that option out, or begin a new folder";
  }
}
