package io.nnem.learners;

import io.nnem.core.state.StateCopy;
import io.nnem.learners.journal.FolderLock;
import io.nnem.learners.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Writes what a network does into its folder, and saves checkpoints beside that. */
final class Keeper<N> implements CallLog {

  private static final Logger LOGGER = System.getLogger(DurableNetwork.class.getName());

  /** A journal is not let grow longer, however little work is in it. */
  private static final long MOST_BYTES = 256L << 20;

  /** Between attempts to write a checkpoint without which nothing may be synced. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final Path folder;
  private final FolderLock lock;
  private final Kept<N> kept;
  private final Journal journal;
  private final Durability durability;
  private final String machine;
  private final Lock saving = new ReentrantLock(); // taken while nothing changes the network
  private final ExecutorService saver = Executors.newSingleThreadExecutor(daemon("checkpoint"));
  private final Thread syncing = daemon("sync").newThread(this::syncAtIntervals);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean due = new AtomicBoolean();
  private long started; // these are of who changes the network
  private long worked;
  private volatile long copied; // bytes of the last checkpoint
  private long tried = System.nanoTime() - PATIENCE;
  private boolean closed;

  /** A state that can be saved at leisure. */
  private record Moment(Journal.Mark mark, StateCopy copy, Map<String, String> description) {}

  Keeper(
      Path folder,
      FolderLock lock,
      Kept<N> kept,
      Journal journal,
      Durability durability,
      String machine) {
    this.folder = folder;
    this.lock = lock;
    this.kept = kept;
    this.journal = journal;
    this.durability = durability;
    this.machine = machine;
  }

  private static ThreadFactory daemon(String what) {
    return task -> {
      Thread thread = new Thread(task, "nnem-" + what);
      thread.setDaemon(true);
      return thread;
    };
  }

  void start() {
    kept.keep(this);
    if (durability.interval() > 0) {
      syncing.start();
    }
  }

  /** It is never interrupted: that would close the file that is being synced. */
  private void syncAtIntervals() {
    try {
      while (!closing.await(durability.interval(), TimeUnit.NANOSECONDS)) {
        syncInTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void begin() {
    if (closed) {
      throw new IllegalStateException("This durable network is closed: open it again.");
    }
    if (journal.isInDoubt()) {
      try {
        save();
      } catch (IOException e) {
        throw unchecked(e);
      }
    }
    started = System.nanoTime();
  }

  @Override
  public void call(int kind, ByteBuffer record) {
    try {
      journal.append(kind, record);
    } catch (IOException e) {
      throw unchecked(e);
    }
  }

  private static UncheckedIOException unchecked(IOException e) {
    return new UncheckedIOException(
        "This call cannot be kept, and has changed nothing: " + e.getMessage(), e);
  }

  @Override
  public void done(boolean whole) {
    worked += System.nanoTime() - started;
    if (!whole) {
      journal.doubt();
    }
    boolean enough = worked >= durability.work() || journal.bytes() >= MOST_BYTES;
    if (enough && due.compareAndSet(false, true)) {
      worked = 0;
      try {
        saver.execute(this::saveInTime);
      } catch (RejectedExecutionException e) {
        // it is being closed, which saves too
      } catch (OutOfMemoryError e) { // there may be no more threads; the call has been made
        due.set(false);
        LOGGER.log(Level.WARNING, "No checkpoint can be begun in " + folder + " for now.", e);
      }
    }
  }

  private void saveInTime() {
    try {
      save();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOGGER.log(
          Level.WARNING,
          "A checkpoint cannot be written into " + folder + "; the journal grows meanwhile.",
          e);
    } finally {
      due.set(false);
    }
  }

  private void syncInTime() {
    try {
      if (!journal.isInDoubt()) {
        journal.sync();
      } else if (System.nanoTime() - tried >= PATIENCE) {
        tried = System.nanoTime();
        save();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOGGER.log(
          Level.WARNING,
          "Calls cannot be synced in " + folder + "; the next one tries to write a checkpoint.",
          e);
    }
  }

  /** Saves a checkpoint. Nobody else is stopped for longer than it takes to copy the state. */
  void save() throws IOException {
    journal.prepare();
    StateCopy copy = new StateCopy(copied); // all that can be done before
    Moment[] moment = new Moment[1];
    try {
      kept.unchanged(() -> moment[0] = take(copy));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    try {
      Moment taken = moment[0];
      journal.save(taken.mark, taken.copy, taken.description, machine);
    } finally {
      saving.unlock();
    }
  }

  /** One after another; who waits here may be stopped by a checkpoint that is being saved. */
  private Moment take(StateCopy copy) {
    saving.lock();
    boolean taken = false;
    try {
      copy.take(kept.state());
      copied = copy.bytes();
      Moment moment = new Moment(journal.mark(), copy, kept.description());
      taken = true;
      return moment;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!taken) {
        saving.unlock();
      }
    }
  }

  /** Saves a checkpoint after those that are being saved. */
  void checkpoint() throws IOException {
    await(
        saver.submit(
            () -> {
              save();
              return null;
            }));
  }

  private static void await(Future<Void> saved) throws IOException {
    try {
      saved.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("The checkpoint failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a checkpoint was written", e);
    }
  }

  void sync() throws IOException {
    if (journal.isInDoubt()) {
      checkpoint();
    } else {
      journal.sync();
    }
  }

  long calls() {
    return journal.calls();
  }

  long durableCalls() {
    return journal.durableCalls();
  }

  /** Saves what a checkpoint does not have yet, so that opening is fast, and lets the folder go. */
  void close() throws IOException {
    boolean[] first = new boolean[1];
    kept.unchanged(
        () -> {
          first[0] = !closed;
          closed = true;
        });
    if (!first[0]) {
      return;
    }
    closing.countDown();
    try (lock;
        journal;
        kept) {
      Future<Void> last = // not by this thread: an interrupt closes files that are being written
          saver.submit(
              () -> {
                saveLast();
                return null;
              });
      saver.shutdown();
      awaitThreads();
      await(last);
    }
  }

  /** Even if interrupted: they must not meet who opens the folder next. */
  private void awaitThreads() {
    boolean interrupted = false;
    for (boolean over = false; !over; ) {
      try {
        syncing.join();
        over = saver.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void saveLast() throws IOException {
    if (!journal.isInDoubt()) {
      journal.sync();
    }
    if (journal.isInDoubt() || journal.callsSinceCheckpoint() > 0) {
      boolean needed = journal.isInDoubt();
      try {
        save();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        if (needed) {
          throw e;
        }
        LOGGER.log(
            Level.WARNING,
            "No checkpoint was written into " + folder + "; the journal is whole.",
            e);
      }
    }
  }
}
