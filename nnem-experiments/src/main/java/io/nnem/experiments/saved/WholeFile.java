package io.nnem.experiments.saved;

import io.nnem.experiments.config.ConfigException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
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
    Path temporary = fresh(path);
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
        content.write(out);
      }
      Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Nobody else's, with the mode of any new file, which {@code createTempFile} does not give. */
  private static Path fresh(Path path) throws IOException {
    for (int number = 0; ; number++) {
      try {
        return Files.createFile(
            path.resolveSibling("." + path.getFileName() + "." + number + ".part"));
      } catch (FileAlreadyExistsException e) {
        // the next, then
      }
    }
  }
}
