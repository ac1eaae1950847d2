package io.nnem.experiments.engine;

import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Journal;
import io.nnem.report.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that a command goes on with, if it does. Options may repeat what is in it. */
public final class Resume {
  private final Optional<RunFolder> folder;
  private final Optional<Path> config;
  private final Optional<Journal.Header> header;
  private final List<String> problems = new ArrayList<>();

  /** A folder must be of the same command. */
  Resume(String command, List<Preset> presets, SettingOptions settings) {
    Optional<Path> path = settings.path("resume");
    // options that would begin something else
    List<String> there =
        Stream.concat(
                presets.stream().map(preset -> "--" + preset.name()),
                Stream.of("--config", "--out"))
            .filter(settings.typed()::hasMatchedOption)
            .toList();
    if (path.isPresent() && !there.isEmpty()) {
      throw new ConfigException(
          "--resume goes on with the configuration that is in the folder, and in that folder; leave"
              + " "
              + String.join(" and ", there)
              + " out");
    }
    this.folder = path.map(RunFolder::existing);
    this.config = folder.map(its -> its.file("config.yaml")).or(() -> settings.path("config"));
    this.header = path.map(Journal::header);
    header.ifPresent(
        its -> {
          if (!its.command().equals(command)) {
            throw new ConfigException(
                "--resume "
                    + path.get()
                    + ": it is of nnem "
                    + its.command()
                    + "; that goes on with it");
          }
        });
  }

  public Optional<RunFolder> folder() {
    return folder;
  }

  /** The file with the setting: the folder's, or what was typed. */
  public Optional<Path> config() {
    return config;
  }

  /** An option that is no setting: as it was in the folder, or what it is set to here. */
  String option(String name, String value, boolean typed) {
    String there = header.map(its -> its.plan().get(name)).orElse(value);
    if (typed && !there.equals(value)) {
      problems.add(contradiction("--" + name, there, value));
    }
    return there;
  }

  /** Compares the setting with the folder's: nothing but {@code jobs} may differ. */
  public void require(ExperimentConfig here) {
    folder.ifPresent(
        its -> {
          ExperimentConfig there = new ConfigResolver("").file(its.file("config.yaml")).resolve();
          ConfigWriter.differences(there, here)
              .forEach(
                  (key, values) -> {
                    if (!key.equals("jobs")) {
                      problems.add(contradiction(key, values.get(0), values.get(1)));
                    }
                  });
        });
    ConfigException.requireNone(problems);
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
