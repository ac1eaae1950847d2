package io.nnem.experiments.saved;

import io.nnem.experiments.config.ConfigException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all, so that one that was there is kept until then. */
final class WholeFile {
  private WholeFile() {}

  /** Writes the content. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Refuses what cannot become a file, before anything is done for it. */
  static void require(String option, Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ConfigException(option + " " + path + ": there is no folder " + folder);
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new ConfigException(
          option + " " + path + ": it is there, and is no regular file; name another");
    }
  }

  static void write(Path path, Content content) throws IOException {
    Path temporary = path.resolveSibling("." + path.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
        content.write(out);
      }
      Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
