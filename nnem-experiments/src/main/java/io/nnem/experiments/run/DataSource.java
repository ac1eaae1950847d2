package io.nnem.experiments.run;

import io.nnem.datasets.DatasetException;
import io.nnem.datasets.Datasets;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the data that a configuration names. */
@FunctionalInterface
public interface DataSource {
  /**
   * Loads what the key {@code data} names; a ConfigException says that there is no such data, or
   * that it does not suit.
   */
  Split load(ExperimentConfig config);

  /** What is inside the jar or made of it, a folder of IDX files, or a CSV file. */
  static DataSource standard() {
    return config -> {
      try {
        return isNamed(config) ? Datasets.named(config.data()) : read(config);
      } catch (DatasetException e) {
        throw new ConfigException(e.getMessage());
      }
    };
  }

  private static boolean isNamed(ExperimentConfig config) {
    return Datasets.names().contains(config.data());
  }

  /** Whether {@link TableData} reads it. */
  static boolean isTable(ExperimentConfig config) {
    return !isNamed(config) && Files.isRegularFile(Path.of(config.data()));
  }

  private static Split read(ExperimentConfig config) {
    String data = config.data();
    try {
      Path path = Path.of(data);
      if (Files.isDirectory(path)) {
        return Datasets.folder(path);
      } else if (isTable(config)) {
        return TableData.read(config).split();
      }
    } catch (InvalidPathException e) {
      // then it is no folder either
    }
    throw new ConfigException(
        "data is \""
            + data
            + "\"; it must be one of "
            + String.join(", ", Datasets.names())
            + ", a folder of IDX files or a CSV file");
  }
}
