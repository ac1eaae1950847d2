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

  /** MNIST from inside the jar, a folder of IDX files, or a CSV file. */
  static DataSource standard() {
    return config -> {
      try {
        return config.data().equals("mnist") ? Datasets.mnist() : read(config);
      } catch (DatasetException e) {
        throw new ConfigException(e.getMessage());
      }
    };
  }

  /** Whether {@link TableData} reads it. */
  static boolean isTable(ExperimentConfig config) {
    return !config.data().equals("mnist") && Files.isRegularFile(Path.of(config.data()));
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
        "data is \"" + data + "\"; it must be mnist, a folder of IDX files or a CSV file");
  }
}
