package io.nnem.report.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The folder that a run writes to. Nothing that was there before is ever overwritten. */
public final class RunFolder {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a new folder {@code PARENT/NAME-YYYYMMDD-HHMMSS}, with {@code -2}, {@code -3} and so on
   * where that is taken.
   *
   * @param parent made if it is not there
   * @param name the command
   * @param time the time in the name
   * @return the new folder
   * @throws UnusableFolderException if it cannot be made
   */
  public static RunFolder createNew(Path parent, String name, LocalDateTime time) {
    try {
      Files.createDirectories(parent);
      String base = name + "-" + STAMP.format(time);
      for (int i = 1; ; i++) {
        Path candidate = parent.resolve(i == 1 ? base : base + "-" + i);
        try {
          return new RunFolder(Files.createDirectory(candidate));
        } catch (FileAlreadyExistsException e) {
          // taken: try the next name
        }
      }
    } catch (IOException e) {
      throw new UnusableFolderException("no folder can be made in " + parent + ": " + reason(e));
    }
  }

  /**
   * Makes, or takes, the folder that the user named.
   *
   * @param path must not be there, or be an empty folder
   * @return the folder
   * @throws UnusableFolderException if something is there already, or it cannot be made
   */
  public static RunFolder create(Path path) {
    requireFree(path);
    try {
      return new RunFolder(Files.createDirectories(path));
    } catch (IOException e) {
      throw new UnusableFolderException("--out " + path + " cannot be made: " + reason(e));
    }
  }

  /**
   * Takes a folder that an earlier run left, to go on with it.
   *
   * @param path the folder
   * @return the folder
   * @throws UnusableFolderException if there is none
   */
  public static RunFolder existing(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UnusableFolderException("--resume " + path + ": there is no such folder");
    }
    return new RunFolder(path);
  }

  /**
   * Gives a file another name, with {@code -1}, {@code -2} and so on in it, so that a new one may
   * take its place.
   *
   * @param name its name; nothing is done if it is not there
   * @throws IOException if it cannot be renamed
   */
  public void setAside(String name) throws IOException {
    int dot = name.lastIndexOf('.');
    for (int i = 1; Files.exists(file(name)); i++) {
      Path aside = file(name.substring(0, dot) + "-" + i + name.substring(dot));
      if (!Files.exists(aside)) {
        Files.move(file(name), aside);
      }
    }
  }

  /**
   * Checks that a run may be written to a folder; makes nothing.
   *
   * @param path the folder
   * @throws UnusableFolderException if something is there already
   */
  public static void requireFree(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new UnusableFolderException(
          "--out " + path + " is a file; name a folder that is not there");
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      if (entries.iterator().hasNext()) {
        throw new UnusableFolderException(
            "--out "
                + path
                + " has files in it, and nothing is ever overwritten; name a folder that is not"
                + " there or is empty");
      }
    } catch (IOException e) {
      throw new UnusableFolderException("--out " + path + " cannot be read: " + reason(e));
    }
  }

  /** Where it is, as it was named. */
  public Path path() {
    return path;
  }

  /** The path of a file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Writes a text file, whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void write(String name, byte[] content) throws IOException {
    Path part = path.resolve(name + ".part");
    Files.write(part, content);
    try {
      Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
