package io.nnem.learners.journal;

import io.nnem.core.state.StateCopy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes calls and checkpoints. Calls come one at a time; syncing, and saving what was marked, go
 * on beside them.
 *
 * <p>It is <em>in doubt</em> when what the files hold may not be what was acknowledged: because
 * syncing failed, after which no one knows what reached the disk, or because a call failed behind
 * its back. The remedy for all of that is a checkpoint.
 */
public final class Journal implements Closeable {

  /** The moment that a checkpoint is of. */
  public record Mark(long journal, long calls, long doubts) {}

  private final JournalFolder folder;
  private final int callsPerSync;
  private final Lock syncing = new ReentrantLock();
  private final Deque<Segment> behind = new ArrayDeque<>(); // perhaps not synced yet
  private Segment current;
  private Segment prepared; // null unless there is one
  private long checkpoint = -1;
  private long calls;
  private long durable;
  private long saved;
  private long doubts;
  private long settled;

  private Journal(JournalFolder folder, int callsPerSync, Segment current, long calls) {
    this.folder = folder;
    this.callsPerSync = callsPerSync;
    this.current = current;
    this.calls = calls;
    this.durable = calls;
    this.saved = calls;
  }

  /** Room for a call with a payload of so many bytes, which is to be put from its position on. */
  public static ByteBuffer room(long bytes) {
    if (bytes > CallRecord.MOST_BYTES) {
      throw new IllegalArgumentException(
          "A call of "
              + bytes
              + " bytes cannot be kept: it may have "
              + CallRecord.MOST_BYTES
              + ". Make the batch smaller.");
    }
    return CallRecord.room((int) bytes);
  }

  /**
   * Begins in a folder that holds nothing yet; the first checkpoint is still to be saved.
   *
   * @param callsPerSync how many calls are synced together; 0 if {@link #sync} is called otherwise
   */
  public static Journal create(JournalFolder folder, int callsPerSync) throws IOException {
    folder.tidy();
    for (Path file : folder.journals().values()) {
      Files.delete(file); // it crashed before it had a checkpoint
    }
    return new Journal(folder, callsPerSync, Segment.create(folder, 0), 0);
  }

  /** Goes on where the whole records end. What stands behind them is put aside. */
  public static Journal resume(JournalFolder folder, Contents contents, int callsPerSync)
      throws IOException {
    folder.sync(); // a killed process may have left names to the system too
    folder.tidy();
    JournalScan scan = contents.scan();
    Optional<JournalScan.Flaw> flaw = scan.flaw();
    if (flaw.isPresent()) {
      setAside(folder, flaw.get());
    }
    for (Path file :
        folder
            .journals()
            .subMap(contents.number(), Math.max(contents.number(), scan.lastJournal()))
            .values()) {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        channel.force(false); // a killed process may have left it to the system
      } catch (IOException e) {
        throw JournalFolder.named(file, e);
      }
    }
    Segment segment =
        scan.lastJournal() < 0
            ? Segment.create(folder, contents.number())
            : Segment.reopen(folder, scan.lastJournal(), scan.end());
    Journal journal = new Journal(folder, callsPerSync, segment, scan.calls());
    journal.checkpoint = contents.number();
    journal.saved = contents.callsAtCheckpoint();
    return journal;
  }

  private static void setAside(JournalFolder folder, JournalScan.Flaw flaw) throws IOException {
    for (Path later : folder.journals().tailMap(flaw.journal(), flaw.offset() == 0).values()) {
      if (Files.size(later) <= Segment.HEADER_BYTES) {
        Files.delete(later); // nothing was ever written to it
      } else {
        folder.setAside(later);
      }
    }
    if (flaw.offset() > 0) {
      folder.setAside(flaw.path(), flaw.offset());
    }
    folder.sync();
  }

  /**
   * Writes a call.
   *
   * @param kind what was called
   * @param record from {@link #room}, with the payload in it
   * @throws IOException if it cannot be written or synced; then it is not there, or in doubt
   */
  public void append(int kind, ByteBuffer record) throws IOException {
    long before;
    synchronized (this) {
      before = current.end();
      CallRecord.seal(record, calls + 1, durable, kind);
      current.append(record);
      calls++;
      if (callsPerSync == 0 || calls - durable < callsPerSync) {
        return;
      }
    }
    try {
      sync();
    } catch (IOException | RuntimeException | Error e) {
      synchronized (this) {
        calls--;
        durable = Math.min(durable, calls);
        current.takeBack(before);
      }
      throw e;
    }
  }

  /** Makes all calls so far outlast a power failure. */
  public void sync() throws IOException {
    syncing.lock();
    try {
      if (isInDoubt()) { // the system may have forgotten what it could not write
        throw new FileSystemException(
            folder.path().toString(),
            null,
            "what an earlier call has left needs a checkpoint first");
      }
      syncAll();
    } finally {
      syncing.unlock();
    }
  }

  private void syncAll() throws IOException {
    try {
      long upTo;
      List<Segment> segments;
      synchronized (this) {
        upTo = calls;
        segments = new ArrayList<>(behind);
        segments.add(current);
        if (upTo == durable && behind.isEmpty()) {
          return;
        }
      }
      for (Segment segment : segments) {
        segment.sync();
      }
      synchronized (this) {
        durable = Math.max(durable, upTo);
        close(segments);
      }
    } catch (IOException | RuntimeException | Error e) {
      doubt();
      throw e;
    }
  }

  private void close(List<Segment> segments) throws IOException {
    for (Segment segment : segments) {
      if (behind.remove(segment)) {
        segment.close();
      }
    }
  }

  /** The files may not hold what happened. */
  public synchronized void doubt() {
    doubts++;
  }

  /** Whether a checkpoint is needed before anything else may be written. */
  public synchronized boolean isInDoubt() {
    return doubts > settled;
  }

  /** Calls so far. */
  public synchronized long calls() {
    return calls;
  }

  /** Those of them that outlast a power failure. */
  public synchronized long durableCalls() {
    return durable;
  }

  /** Calls that no checkpoint has. */
  public synchronized long callsSinceCheckpoint() {
    return calls - saved;
  }

  /** Bytes of the journal that is written to. */
  public synchronized long bytes() {
    return current.end();
  }

  /** Makes the next file, so that {@link #mark} is fast. */
  public synchronized void prepare() throws IOException {
    if (prepared == null && !current.isEmpty()) {
      prepared = Segment.create(folder, current.number + 1);
    }
  }

  /** Has calls from now on written to the next file. The state must be copied meanwhile. */
  public synchronized Mark mark() throws IOException {
    if (!current.isEmpty()) {
      prepare();
      behind.add(current);
      current = prepared;
      prepared = null;
    }
    return new Mark(current.number, calls, doubts);
  }

  /**
   * Saves a copy as a checkpoint, and deletes what is no longer needed: all but this one and the
   * one before it, with its journals.
   */
  public void save(Mark mark, StateCopy copy, Map<String, String> description, String machine)
      throws IOException {
    boolean undoubted = trySync();
    Map<String, String> metadata = new HashMap<>(description);
    metadata.putAll(Contents.notes(mark.calls, machine));
    Path path = folder.checkpoint(mark.journal);
    try {
      copy.save(path, metadata);
    } catch (IOException e) {
      throw JournalFolder.named(path, e);
    }
    folder.sync();
    folder.deleteBefore(saved(mark, undoubted));
  }

  /** What was written before is to be whole too: it is what is left if this checkpoint rots. */
  private boolean trySync() {
    try {
      sync();
      return true;
    } catch (IOException e) {
      return false; // the checkpoint is the remedy
    }
  }

  /** The oldest checkpoint that is still needed. */
  private long saved(Mark mark, boolean undoubted) throws IOException {
    syncing.lock();
    try {
      synchronized (this) {
        long before = undoubted && checkpoint >= 0 ? checkpoint : mark.journal;
        if (checkpoint == mark.journal) {
          before = 0; // it is the same again: what it has for a backup stays
        }
        checkpoint = mark.journal;
        durable = Math.max(durable, mark.calls);
        saved = mark.calls;
        settled = mark.doubts;
        close(behind.stream().filter(segment -> segment.number < mark.journal).toList());
        return before;
      }
    } finally {
      syncing.unlock();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    behind.add(current);
    if (prepared != null) {
      behind.add(prepared);
    }
    close(List.copyOf(behind));
  }
}
