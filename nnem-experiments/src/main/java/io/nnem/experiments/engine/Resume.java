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

  private final Optional<Path> folder;
  private final Optional<Journal.Header> header;
  private final ParseResult typed;
  private final List<String> problems = new ArrayList<>();

  /** A folder must be of the same command. */
  Resume(Optional<Path> folder, CommandSpec spec) {
    this.folder = folder;
    this.typed = spec.commandLine().getParseResult();
    List<String> there = NEW.stream().filter(typed::hasMatchedOption).toList();
    if (folder.isPresent() && !there.isEmpty()) {
      throw new ConfigException(
          "--resume goes on with the configuration that is in the folder, and in that folder; leave "
              + String.join(" and ", there)
              + " out");
    }
    folder.ifPresent(RunFolder::existing);
    this.header = folder.map(Journal::header);
    header.ifPresent(
        its -> {
          if (!its.command().equals(spec.name())) {
            throw new ConfigException(
                "--resume "
                    + folder.get()
                    + ": it is of nnem "
                    + its.command()
                    + "; that goes on with it");
          }
        });
  }

  /** The folder. */
  public Optional<Path> folder() {
    return folder;
  }

  /** The file with the setting: the folder's, or what was typed. */
  public Optional<Path> config(Path file) {
    return folder.map(path -> path.resolve("config.yaml")).or(() -> Optional.ofNullable(file));
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
        path -> {
          ExperimentConfig there =
              new ConfigResolver(Preset.STANDARD).file(path.resolve("config.yaml")).resolve();
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
        + folder.orElseThrow()
        + ": "
        + key
        + " is "
        + there
        + " there, but "
        + here
        + " here; leave that option out, or begin a new folder";
  }
}
