package io.nnem.learners;

import io.nnem.core.StateException;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.learners.journal.Call;
import io.nnem.learners.journal.Contents;
import io.nnem.learners.journal.FolderLock;
import io.nnem.learners.journal.Inspection;
import io.nnem.learners.journal.Journal;
import io.nnem.learners.journal.JournalFolder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network, and the folder that keeps it: every call that was acknowledged survives a crash.
 *
 * <pre>{@code
 * try (var durable = DurableNetwork.open(folder, Durability.eachCall(), MemoryClassifier.builder())) {
 *   durable.network().partialFit(rows, labels); // is in the folder when it returns
 *   durable.network().predict(row);
 * }
 * }</pre>
 *
 * <p>{@link #network} is used as it would be otherwise, from as many threads. Each {@code
 * partialFit}, or {@code step}, {@code learn}, {@code remember}, {@code replaceValues} and {@code
 * clear}, is written to a journal once it can no longer be refused and before it changes anything.
 * Opening takes the newest checkpoint and makes the calls behind it again: steps are deterministic,
 * so this gives the same bits. On another machine or back end it may differ by rounding; that is
 * logged, and it goes on. A checkpoint is a saved network, which {@code load} reads too.
 *
 * <p><b>Failures.</b> A call that cannot be written throws an {@link java.io.UncheckedIOException}
 * that names the file, and changes nothing; when there is room again, the next one succeeds. A call
 * that was never acknowledged is in the folder as a whole or not at all. Where a crash has cut the
 * journal off, it is opened up to the last whole record, which is logged, and what stands behind it
 * is put aside. Damage anywhere else is a {@link StateException} that names file and place: {@link
 * #salvage} goes on before it.
 *
 * @param <N> {@link MemoryClassifier}, {@link MemoryRegressor} or {@link MemoryNetwork}
 */
public final class DurableNetwork<N> implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(DurableNetwork.class.getName());

  /**
   * What a folder holds.
   *
   * @param calls that can be had back; -1 if there is no whole checkpoint
   * @param problems what is damaged, each with its file and place; none in a folder that is sound
   * @param torn where a crash has cut the journal off, which is no problem
   */
  public record Report(long calls, List<String> problems, List<String> torn) {
    /** Copies the lists. */
    public Report {
      problems = List.copyOf(problems);
      torn = List.copyOf(torn);
    }

    private static Report of(Inspection found) {
      return new Report(found.calls(), List.copyOf(found.problems()), List.copyOf(found.torn()));
    }
  }

  private final Kept<N> kept;
  private final Optional<Keeper<N>> keeper; // not of what is only read
  private final List<String> remarks;
  private final long callsRead;

  private DurableNetwork(
      Kept<N> kept, Optional<Keeper<N>> keeper, List<String> remarks, long callsRead) {
    this.kept = kept;
    this.keeper = keeper;
    this.remarks = List.copyOf(remarks);
    this.callsRead = callsRead;
  }

  /**
   * Opens the classifier of a folder, or makes one.
   *
   * @param folder where it is kept; made if it is not there
   * @param durability what a crash may take
   * @param builder of the classifier; with the settings that the folder's has
   * @return the network and its folder, to be closed by the caller
   * @throws IOException if the folder cannot be read or written, or is in use by a process, which
   *     is named
   * @throws StateException if the folder is damaged, or its classifier was made with other settings
   */
  public static DurableNetwork<MemoryClassifier> open(
      Path folder, Durability durability, MemoryClassifier.Builder builder) throws IOException {
    return open(folder, durability, MemoryClassifier.kept(builder));
  }

  /**
   * Opens the regressor of a folder, or makes one.
   *
   * @param folder where it is kept; made if it is not there
   * @param durability what a crash may take
   * @param builder of the regressor; with the settings that the folder's has
   * @return the network and its folder, to be closed by the caller
   * @throws IOException if the folder cannot be read or written, or is in use by a process, which
   *     is named
   * @throws StateException if the folder is damaged, or its regressor was made with other settings
   */
  public static DurableNetwork<MemoryRegressor> open(
      Path folder, Durability durability, MemoryRegressor.Builder builder) throws IOException {
    return open(folder, durability, MemoryRegressor.kept(builder));
  }

  /**
   * Opens the network of a folder, or makes one.
   *
   * @param folder where it is kept; made if it is not there
   * @param durability what a crash may take
   * @param builder of the network; as the folder's was built
   * @param <T> the back end's matrix type
   * @return the network and its folder, to be closed by the caller
   * @throws IOException if the folder cannot be read or written, or is in use by a process, which
   *     is named
   * @throws StateException if the folder is damaged, or its network was built otherwise
   */
  public static <T> DurableNetwork<MemoryNetwork<T>> open(
      Path folder, Durability durability, MemoryNetworkBuilder<T> builder) throws IOException {
    return open(folder, durability, KeptNetwork.of(builder));
  }

  private static <N> DurableNetwork<N> open(Path path, Durability durability, Kept.Origin<N> origin)
      throws IOException {
    JournalFolder folder = new JournalFolder(path);
    if (durability.isReadOnly()) {
      return read(folder, origin);
    }
    folder.create();
    FolderLock lock = FolderLock.of(path);
    try {
      return own(folder, lock, durability, origin);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static <N> DurableNetwork<N> own(
      JournalFolder folder, FolderLock lock, Durability durability, Kept.Origin<N> origin)
      throws IOException {
    Optional<Contents> contents = Contents.of(folder);
    Replayed<N> replayed =
        contents.isPresent()
            ? Replayed.of(origin, contents.get())
            : new Replayed<>(origin.create(), List.of());
    Kept<N> kept = replayed.kept;
    List<String> remarks = replayed.remarks;
    try {
      Journal journal =
          contents.isPresent()
              ? Journal.resume(folder, contents.get(), durability.calls())
              : Journal.create(folder, durability.calls());
      try {
        Keeper<N> keeper =
            new Keeper<>(folder.path(), lock, kept, journal, durability, machine(kept));
        if (contents.isEmpty() || !remarks.isEmpty()) {
          keeper.save(); // so that what was remarked is over
        }
        keeper.start();
        return new DurableNetwork<>(kept, Optional.of(keeper), remarks, 0);
      } catch (IOException | RuntimeException | Error e) {
        journal.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      kept.close();
      throw e;
    }
  }

  private static <N> DurableNetwork<N> read(JournalFolder folder, Kept.Origin<N> origin)
      throws IOException {
    return folder.read(
        () -> {
          Contents contents = Contents.of(folder).orElse(null);
          if (contents == null) {
            throw new NoSuchFileException(
                folder.path().toString(), null, "no network is kept there");
          }
          Replayed<N> replayed = Replayed.of(origin, contents);
          replayed.kept.keep(new Refusing(folder.path()));
          return new DurableNetwork<>(
              replayed.kept, Optional.empty(), replayed.remarks, contents.calls());
        },
        read -> true);
  }

  /** Of a network that is only read. */
  private record Refusing(Path folder) implements CallLog {
    @Override
    public void begin() {
      throw new IllegalStateException(
          "The network of " + folder + " was opened to read only: open it otherwise to change it.");
    }

    @Override
    public void call(int kind, ByteBuffer record) {
      begin();
    }

    @Override
    public void done(boolean whole) {}
  }

  /** A checkpoint with the calls behind it made again, and what may not be as it was. */
  private record Replayed<N>(Kept<N> kept, List<String> remarks) {

    /** The last call fails again. */
    private static final class LastFailed extends RuntimeException {
      private static final long serialVersionUID = 1;

      LastFailed(String message, Throwable cause) {
        super(message, cause);
      }
    }

    static <N> Replayed<N> of(Kept.Origin<N> origin, Contents contents) throws IOException {
      Replayed<N> replayed;
      try {
        replayed = of(origin, contents, contents.calls());
      } catch (LastFailed e) { // perhaps half way
        replayed = of(origin, contents, contents.calls() - 1);
        replayed.remarks.add(e.getMessage());
      }
      replayed.remarks.forEach(remark -> LOGGER.log(Level.WARNING, remark));
      return replayed;
    }

    private static <N> Replayed<N> of(Kept.Origin<N> origin, Contents contents, long upTo)
        throws IOException {
      Kept<N> kept = origin.load(contents.checkpoint());
      try {
        List<String> remarks = remarks(kept, contents);
        contents.replay(
            call -> {
              if (call.number() <= upTo) {
                replay(kept, call, contents.calls(), remarks);
              }
            });
        return new Replayed<>(kept, remarks);
      } catch (IOException | RuntimeException | Error e) {
        kept.close();
        throw e;
      }
    }

    private static List<String> remarks(Kept<?> kept, Contents contents) {
      List<String> remarks = new ArrayList<>();
      contents
          .tornAt()
          .ifPresent(
              torn ->
                  remarks.add(
                      torn
                          + ". A crash cut the journal off; calls up to "
                          + contents.calls()
                          + " are whole."));
      if (!machine(kept).equals(contents.machine())) {
        remarks.add(
            contents.checkpoint()
                + " was written on "
                + contents.machine()
                + "; on "
                + machine(kept)
                + " the calls behind it may be rounded otherwise.");
      }
      return remarks;
    }

    /** A call that fails again had failed, and was the last; by other roundings one may diverge. */
    private static void replay(Kept<?> kept, Call call, long last, List<String> remarks) {
      try {
        kept.replay(call);
      } catch (StateException e) {
        throw e;
      } catch (RuntimeException e) {
        String said = call.place() + ": call " + call.number();
        if (call.number() == last) {
          throw new LastFailed(said + " is left out: " + e.getMessage(), e);
        }
        if (!(e instanceof DivergenceException)) {
          throw new StateException(said + " cannot be made again: " + e.getMessage(), e);
        }
        remarks.add(said + " is left out: " + e.getMessage());
      }
    }
  }

  private static String machine(Kept<?> kept) {
    return System.getProperty("os.arch")
        + ", Java "
        + Runtime.version().feature()
        + ", "
        + kept.backend();
  }

  /**
   * Reads every byte of a folder, and says what is wrong with it. Nothing is changed, and no
   * network is built; another process may have it open.
   *
   * @param folder the folder
   * @return what it holds
   * @throws IOException if it cannot be read
   */
  public static Report verify(Path folder) throws IOException {
    JournalFolder read = new JournalFolder(folder);
    return Report.of(read.read(() -> new Inspection(read), found -> found.problems().isEmpty()));
  }

  /**
   * Puts damaged files aside, under names that end in {@code .aside}, and what cannot be used
   * without them, so that the folder can be opened again with the calls that are whole.
   *
   * @param folder the folder
   * @return what it held before, and the calls that it has now
   * @throws IOException if it cannot be read or written, or is in use by a process, which is named
   * @throws StateException if it has no whole checkpoint
   */
  public static Report salvage(Path folder) throws IOException {
    FolderLock lock = FolderLock.of(folder);
    try {
      Inspection found = new Inspection(new JournalFolder(folder));
      found.salvage();
      return Report.of(found);
    } finally {
      lock.close();
    }
  }

  /**
   * The network, to be used as any other. It is closed with this.
   *
   * @return the network
   */
  public N network() {
    return kept.network();
  }

  /**
   * What was out of the ordinary when it was opened, and was logged: that a crash had cut the
   * journal off, that another machine wrote it, that a call had failed.
   *
   * @return each in a sentence; mostly none
   */
  public List<String> remarks() {
    return remarks;
  }

  /**
   * Calls that changed the network since the folder was made: how far one's stream has come, to go
   * on from after a crash.
   *
   * @return the number
   */
  public long calls() {
    return keeper.map(Keeper::calls).orElse(callsRead);
  }

  /**
   * Those of the {@link #calls} that outlast a power failure.
   *
   * @return the number
   */
  public long durableCalls() {
    return keeper.map(Keeper::durableCalls).orElse(callsRead);
  }

  /**
   * Makes all calls so far outlast a power failure, whatever was chosen.
   *
   * @throws IOException if that fails
   */
  public void sync() throws IOException {
    owner().sync();
  }

  /**
   * Writes a checkpoint, beside what other threads do, and waits for it. They are stopped for as
   * long as it takes to copy the state in memory.
   *
   * @throws IOException if it cannot be written; nothing is lost, the journal goes on
   */
  public void checkpoint() throws IOException {
    owner().checkpoint();
  }

  private Keeper<N> owner() {
    return keeper.orElseThrow(
        () -> new IllegalStateException("It was opened to read only: there is nothing to write."));
  }

  /**
   * Writes a checkpoint if there were calls since the last one, so that opening is fast, and closes
   * the network. Closing twice is safe.
   *
   * @throws IOException if calls that were acknowledged cannot be synced
   */
  @Override
  public void close() throws IOException {
    if (keeper.isPresent()) {
      keeper.get().close();
    } else {
      kept.close();
    }
  }
}
