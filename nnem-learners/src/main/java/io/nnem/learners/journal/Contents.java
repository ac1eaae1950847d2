package io.nnem.learners.journal;

import io.nnem.core.StateException;
import io.nnem.core.state.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a folder holds: a checkpoint, and the calls behind it. */
public final class Contents {

  private static final String CALLS = "durable.calls";
  private static final String MACHINE = "durable.machine";

  private final JournalFolder folder;
  private final long number;
  private final Map<String, String> notes;
  private final JournalScan scan;

  private Contents(JournalFolder folder, long number, Map<String, String> notes, JournalScan scan) {
    this.folder = folder;
    this.number = number;
    this.notes = notes;
    this.scan = scan;
  }

  /** What a checkpoint's metadata says beside what it is of. */
  static Map<String, String> notes(long calls, String machine) {
    return Map.of(CALLS, Long.toString(calls), MACHINE, machine);
  }

  /**
   * Looks at the newest checkpoint and the journals behind it. Nothing is changed.
   *
   * @param folder the folder
   * @return what it holds; nothing if nothing was ever kept there
   * @throws StateException if anything of that is damaged, naming file and place
   * @throws IOException if it cannot be read
   */
  public static Optional<Contents> of(JournalFolder folder) throws IOException {
    if (folder.checkpoints().isEmpty()) {
      requireNoCalls(folder);
      return Optional.empty();
    }
    Contents contents = of(folder, folder.checkpoints().lastKey());
    contents.requireUndamaged();
    return Optional.of(contents);
  }

  static Contents of(JournalFolder folder, long number) throws IOException {
    Path path = folder.checkpoint(number);
    try (StateFile file = StateFile.open(path)) {
      Map<String, String> notes = Map.copyOf(file.metadata());
      long calls = calls(path, notes);
      return new Contents(folder, number, notes, JournalScan.of(folder, number, calls));
    }
  }

  private static long calls(Path path, Map<String, String> notes) {
    try {
      long calls = Long.parseLong(notes.getOrDefault(CALLS, ""));
      if (calls >= 0) {
        return calls;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new StateException(
        path + " is no checkpoint: it notes '" + notes.get(CALLS) + "' calls.");
  }

  /** The first, empty journal may be there, if a crash came before the first checkpoint. */
  private static void requireNoCalls(JournalFolder folder) throws IOException {
    for (Path journal : folder.journals().values()) {
      if (Files.size(journal) > Segment.HEADER_BYTES) {
        throw new StateException(
            folder.path() + " has journals but no checkpoint: without one they cannot be used.");
      }
    }
  }

  private void requireUndamaged() {
    scan.flaw()
        .filter(JournalScan.Flaw::damage)
        .ifPresent(
            flaw -> {
              throw new StateException(
                  flaw
                      + ". Calls up to "
                      + scan.calls()
                      + " are whole; salvage goes on from there, and puts the rest aside.");
            });
  }

  /** The checkpoint's file. */
  public Path checkpoint() {
    return folder.checkpoint(number);
  }

  /** What computed the calls behind the checkpoint. */
  public String machine() {
    return notes.getOrDefault(MACHINE, "an unknown machine");
  }

  /** How many calls the checkpoint and the journals have. */
  public long calls() {
    return scan.calls();
  }

  /** Where the journals were cut off by a crash; nothing if they are whole to their end. */
  public Optional<String> tornAt() {
    return scan.flaw().map(JournalScan.Flaw::toString);
  }

  long callsAtCheckpoint() {
    return calls(checkpoint(), notes);
  }

  long number() {
    return number;
  }

  JournalScan scan() {
    return scan;
  }

  /** Hands over the calls behind the checkpoint, from the first on. */
  public void replay(Consumer<Call> consumer) throws IOException {
    scan.replay(consumer);
  }
}
