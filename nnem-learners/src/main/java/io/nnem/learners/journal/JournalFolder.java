package io.nnem.learners.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of a durable network. Checkpoint {@code n} is the state before the first call of
 * journal {@code n}; journals without a checkpoint of their number follow the one before them.
 *
 * @param path the folder
 */
public record JournalFolder(Path path) {

  private static final Pattern CHECKPOINTS = Pattern.compile("checkpoint-(\\d{9})\\.safetensors");
  private static final Pattern JOURNALS = Pattern.compile("journal-(\\d{9})\\.log");
  private static final Pattern LEFT_OVER = Pattern.compile("\\.checkpoint-.*\\.tmp");

  /** How often a folder is read again, whose owner deletes what is being read. */
  private static final int TRIES = 10;

  /** Reads something of the folder. */
  @FunctionalInterface
  public interface Reading<R> {
    /** What is there now. */
    R read() throws IOException;
  }

  /**
   * Reads beside an owner, who may delete what is being read: then all over again.
   *
   * @param sound whether what was read is as it should be
   * @return what was read, sound or not
   * @throws IOException if it cannot be read
   */
  public <R> R read(Reading<R> reading, Predicate<R> sound) throws IOException {
    for (int i = 1; ; i++) {
      Set<Long> listed = Set.copyOf(checkpoints().keySet());
      try {
        R read = reading.read();
        if (sound.test(read) || i == TRIES || checkpoints().keySet().containsAll(listed)) {
          return read;
        }
      } catch (IOException | RuntimeException e) {
        if (i == TRIES || checkpoints().keySet().containsAll(listed)) {
          throw e;
        }
      }
    }
  }

  /** Makes the folder if it is not there. */
  public void create() throws IOException {
    if (!Files.isDirectory(path)) {
      if (Files.exists(path)) {
        throw new NotDirectoryException(path.toString());
      }
      List<Path> parents = new ArrayList<>();
      Path made = path.toAbsolutePath();
      for (; !Files.exists(made); made = made.getParent()) {
        parents.add(made.getParent());
      }
      Files.createDirectories(path);
      for (Path parent : parents) {
        sync(parent);
      }
    }
  }

  /** The file of a checkpoint. */
  public Path checkpoint(long number) {
    return path.resolve(String.format(Locale.ROOT, "checkpoint-%09d.safetensors", number));
  }

  Path journal(long number) {
    return path.resolve(String.format(Locale.ROOT, "journal-%09d.log", number));
  }

  NavigableMap<Long, Path> checkpoints() throws IOException {
    return numbered(CHECKPOINTS);
  }

  NavigableMap<Long, Path> journals() throws IOException {
    return numbered(JOURNALS);
  }

  private NavigableMap<Long, Path> numbered(Pattern pattern) throws IOException {
    NavigableMap<Long, Path> found = new TreeMap<>();
    for (Path file : files(name -> pattern.matcher(name).matches())) {
      Matcher matcher = pattern.matcher(name(file));
      if (matcher.matches()) {
        found.put(Long.valueOf(matcher.group(1)), file);
      }
    }
    return found;
  }

  private List<Path> files(Predicate<String> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        if (wanted.test(name(file)) && isThere(file)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /**
   * Whether a file is there.
   *
   * @throws FileSystemException if something is that is no file: a link leads out of the folder,
   *     and a pipe never ends
   */
  static boolean isThere(Path file) throws IOException {
    try {
      if (Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile()) {
        return true;
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    throw new FileSystemException(
        file.toString(), null, "it is no regular file; links are not followed: take it away");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Deletes what a crash while a checkpoint was written has left. */
  void tidy() throws IOException {
    for (Path file : files(name -> LEFT_OVER.matcher(name).matches())) {
      Files.delete(file);
    }
  }

  /** Deletes all that is older than a checkpoint. */
  void deleteBefore(long number) throws IOException {
    for (Path file : checkpoints().headMap(number).values()) {
      Files.delete(file);
    }
    sync(); // no checkpoint without the journals that belong to it
    for (Path file : journals().headMap(number).values()) {
      Files.delete(file);
    }
  }

  /** Gives a file another name, under which nothing looks for it. */
  Path setAside(Path file) throws IOException {
    Path aside = free(name(file) + ".aside");
    Files.move(file, aside);
    return aside;
  }

  /** A file's end beyond a place, in a file of its own, still to be cut off. */
  Path setAside(Path file, long from) throws IOException {
    Path aside = free(name(file) + ".from-" + from + ".aside");
    try (FileChannel in =
            FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel out =
            FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = from, size = in.size(); at < size; ) {
        at += in.transferTo(at, size - at, out);
      }
      out.force(true);
    } catch (IOException e) {
      throw named(aside, e);
    }
    return aside;
  }

  private Path free(String name) {
    Path file = path.resolve(name);
    for (int i = 2; Files.exists(file); i++) {
      file = path.resolve(name + "." + i);
    }
    return file;
  }

  /** Makes names last through a power failure. */
  public void sync() throws IOException {
    sync(path);
  }

  private static void sync(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return; // Windows opens no folders, and keeps names by itself
    }
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      throw named(folder, e);
    }
  }

  /** What the system says of a failure does not name the file. */
  static IOException named(Path file, IOException e) {
    if (e instanceof FileSystemException) {
      return e;
    }
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    FileSystemException named = new FileSystemException(file.toString(), null, reason);
    named.initCause(e);
    return named;
  }
}
