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

  /** MNIST from inside the jar, or a folder of IDX files. */
  static DataSource standard() {
    return config -> {
      try {
        return config.data().equals("mnist") ? Datasets.mnist() : folder(config.data());
      } catch (DatasetException e) {
        throw new ConfigException(e.getMessage());
      }
    };
  }

  private static Split folder(String data) {
    try {
      Path folder = Path.of(data);
      if (Files.isDirectory(folder)) {
        return Datasets.folder(folder);
      }
    } catch (InvalidPathException e) {
      // then it is no folder either
    }
    throw new ConfigException(
        "data is \"" + data + "\"; it must be mnist or a folder of IDX files");
  }
}
