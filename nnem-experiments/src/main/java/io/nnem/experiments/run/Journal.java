package io.nnem.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nnem.experiments.config.ConfigException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The trials of a run that ran to their end, in {@code trials.jsonl}: a line of JSON each, on the
 * disk before the next trial counts as finished. A run that was killed at any moment goes on from
 * them. While a journal is open no other process can open it.
 */
public final class Journal implements AutoCloseable {
  private static final String NAME = "trials.jsonl";

  /**
   * The first line: what a run must agree in with the one that it goes on with.
   *
   * @param plan its options that are no settings, by name
   * @param data check sums of training, validation and test data
   * @param backend what the back end says of itself: another one rounds otherwise
   * @param config all of the configuration that results depend on
   */
  public record Header(
      String command, Map<String, String> plan, List<String> data, String backend, String config) {
    public Header {
      plan = Map.copyOf(plan);
      data = List.copyOf(data);
    }
  }

  /**
   * What is in a journal: results in the order in which they finished, without what was found
   * beside.
   */
  public record Kept(Header header, List<TrialResult> results) {
    public Kept {
      results = List.copyOf(results);
    }
  }

  /** Not a channel: that is closed when the thread which writes is interrupted. */
  private final RandomAccessFile file;

  private final List<TrialResult> results;

  private Journal(RandomAccessFile file, List<TrialResult> results) {
    this.file = file;
    this.results = results;
  }

  public static Journal create(Path folder, Header header) throws IOException {
    Journal journal = new Journal(open(folder), List.of());
    try {
      journal.append(TrialJson.JSON.valueToTree(header).toString());
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** The first line of the journal of an earlier run. */
  public static Header header(Path folder) {
    return header(folder, resume(folder));
  }

  private static Header header(Path folder, String where) {
    Path path = folder.resolve(NAME);
    try (var lines = Files.lines(path)) {
      return TrialJson.JSON.readValue(lines.findFirst().orElse(""), Header.class);
    } catch (JsonProcessingException e) {
      throw unusable(where, "the first line of " + NAME + " in it cannot be read", e);
    } catch (IOException | UncheckedIOException e) {
      throw unusable(where, "there is no " + NAME + " in it that can be read", e);
    }
  }

  /**
   * Reads a journal, of a run that ended or of one that did not. What was cut off behind its last
   * whole line is left out.
   */
  public static Kept read(Path folder) {
    String where = folder.toString();
    Header header = header(folder, where);
    try {
      String whole = whole(Files.readAllBytes(folder.resolve(NAME)));
      return new Kept(header, read(where, whole, Found.Nothing.class));
    } catch (IOException e) {
      throw unusable(where, NAME + " in it cannot be read", e);
    }
  }

  private static String whole(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  /**
   * Goes on with a journal. What was cut off behind its last whole line is dropped. A
   * ConfigException says that it is of another run, in use, or damaged; {@code planned} are the
   * trials that there are to run, as far as results tell.
   */
  public static Journal resume(
      Path folder,
      Header header,
      Function<List<TrialResult>, List<Trial>> planned,
      Class<? extends Found> found)
      throws IOException {
    requireSame(folder, header(folder), header);
    RandomAccessFile file = open(folder);
    try {
      byte[] bytes = new byte[Math.toIntExact(file.length())];
      file.readFully(bytes);
      String whole = whole(bytes);
      List<TrialResult> results = read(resume(folder), whole, found);
      requirePlanned(folder, results, new HashSet<>(planned.apply(results)));
      int end = whole.getBytes(StandardCharsets.UTF_8).length;
      file.setLength(end);
      file.seek(end);
      return new Journal(file, results);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static RandomAccessFile open(Path folder) throws IOException {
    RandomAccessFile file = new RandomAccessFile(folder.resolve(NAME).toFile(), "rw");
    try {
      if (file.getChannel().tryLock() != null) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      // this process has it
    }
    file.close();
    throw unusable(folder, "another nnem is writing to it; wait until that has ended", null);
  }

  private static void requireSame(Path folder, Header then, Header now) {
    if (!then.data().equals(now.data())) {
      throw unusable(folder, "it was trained on other data", null);
    }
    if (!then.config().equals(now.config())) {
      throw unusable(
          folder, "config.yaml was changed since the run began; begin a new folder with it", null);
    }
    if (!then.backend().equals(now.backend())) {
      throw unusable(
          folder,
          "the back end was "
              + then.backend()
              + " there and is "
              + now.backend()
              + " here, which may round otherwise; begin a new folder",
          null);
    }
  }

  private static List<TrialResult> read(String where, String whole, Class<? extends Found> found) {
    List<String> lines = whole.lines().toList();
    List<TrialResult> results = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      try {
        results.add(TrialJson.result(lines.get(i), found));
      } catch (IllegalArgumentException e) {
        throw unusable(where, line(i) + "cannot be read", e);
      }
    }
    return results;
  }

  private static void requirePlanned(Path folder, List<TrialResult> results, Set<Trial> left) {
    for (int i = 0; i < results.size(); i++) {
      Trial trial = results.get(i).trial();
      if (!left.remove(trial)) {
        throw unusable(folder, line(i + 1) + "is of " + trial + ", which is not left to run", null);
      }
    }
  }

  private static String line(int index) {
    return "line " + (index + 1) + " of " + NAME + " in it ";
  }

  private static String resume(Path folder) {
    return "--resume " + folder;
  }

  private static ConfigException unusable(Path folder, String reason, Exception cause) {
    return unusable(resume(folder), reason, cause);
  }

  private static ConfigException unusable(String where, String reason, Exception cause) {
    ConfigException exception = new ConfigException(where + ": " + reason);
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }

  /** The trials that were finished when the journal was opened, in the order in which they were. */
  public List<TrialResult> results() {
    return results;
  }

  public synchronized void add(TrialResult result) {
    try {
      append(TrialJson.line(result));
    } catch (IOException e) {
      throw new UncheckedIOException(NAME + " cannot be written", e);
    }
  }

  private void append(String line) throws IOException {
    file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
