package io.nnem.credit;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.Shapes;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.core.state.StateFile;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * A neural network with external memory: it embeds observations, stores the embeddings with a value
 * each, and answers a query with the values of the memories that it is like. It learns by {@link
 * #step}, or by {@link #learn} and {@link #remember} apart; credit reaches the embedder through old
 * memories as its {@link CreditAssigner} says.
 *
 * <pre>{@code
 * try (var network = MemoryNetwork.builder(tensors)
 *     .embedder("mlp", 784, 32).capacity(500).valueSize(10)
 *     .assigner("exact-reinstatement", "stored").build()) {
 *   network.step(observations, values);
 *   double[] familiarity = network.read(queries, answers);
 *   network.save(path);
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> {@link #read}, {@link #nearest} and {@link #answer} may be called from any
 * number of threads, also while another one learns: they see the state before or after a step,
 * never between. What changes the network takes turns by itself.
 *
 * <p><b>Failures.</b> A step that throws leaves memory, parameters and random state as they were.
 * If a part throws where a step has begun to change them, the network refuses further calls and
 * says so: load the latest saved one.
 *
 * <p>It owns its parts and closes them. Matrices of the back end that are handed to it stay the
 * caller's.
 *
 * @param <T> the back end's matrix type
 */
public final class MemoryNetwork<T> implements Stateful, AutoCloseable {

  private final Parts<T> parts;
  private final NetworkDescription description;
  private final Learning<T> learning;
  private final Answering<T> answering;

  /** One thread at a time changes the network. */
  private final Lock changing = new ReentrantLock();

  /** Readings share it; what changes the state excludes them. */
  private final ReentrantReadWriteLock state = new ReentrantReadWriteLock(true);

  private long steps;
  private Optional<ChangeLog<T>> log = Optional.empty();
  private volatile boolean closed;
  private volatile Throwable broken;

  MemoryNetwork(Parts<T> parts, NetworkDescription description) {
    this.parts = parts;
    this.description = description;
    this.learning = new Learning<>(parts);
    this.answering = new Answering<>(parts);
  }

  /**
   * Starts to build a network.
   *
   * @param tensors the back end; stays the caller's
   * @param <T> the back end's matrix type
   * @return a builder
   */
  public static <T> MemoryNetworkBuilder<T> builder(Tensors<T> tensors) {
    return new MemoryNetworkBuilder<>(tensors);
  }

  /**
   * Starts to build a network like one whose {@link #description} is in a file's metadata, for
   * those who keep a network as part of something else. Its state is still to be {@linkplain
   * #load(StateReader) loaded}.
   *
   * @param tensors the back end; stays the caller's
   * @param file the file
   * @param <T> the back end's matrix type
   * @return a builder
   * @throws io.nnem.core.StateException if the file describes no network, one of parts that were
   *     handed over as objects, or one that is too large to be in it
   */
  public static <T> MemoryNetworkBuilder<T> builder(Tensors<T> tensors, StateFile file) {
    return MemoryNetworkBuilder.of(tensors, file);
  }

  /**
   * Loads a network that was built of plug-ins alone; one with parts that were handed over as
   * objects is loaded by {@link MemoryNetworkBuilder#load}.
   *
   * @param path a file that {@link #save} has written
   * @param tensors the back end, of the precision that the network was saved in
   * @param <T> the back end's matrix type
   * @return a network that goes on with the same bits
   * @throws IOException if the file cannot be read
   * @throws io.nnem.core.StateException if it is damaged, from a newer version, or of another
   *     precision
   * @throws IllegalArgumentException if a plug-in that it names is not there
   */
  public static <T> MemoryNetwork<T> load(Path path, Tensors<T> tensors) throws IOException {
    try (StateFile file = StateFile.open(path)) {
      return builder(tensors, file).load(file);
    }
  }

  /**
   * One training step of the paper: reads with the observations as queries, learns from what the
   * memory should have answered, and writes them.
   *
   * @param observations {@code b x observationSize}
   * @param values what the memory should answer, and what is stored: {@code b x valueSize}
   * @return the losses before the step, and where it wrote
   * @throws IllegalArgumentException if a shape does not fit, or a number is not finite
   * @throws DivergenceException if a loss or a gradient is not finite; nothing was changed
   */
  public StepResult step(T observations, T values) {
    requireBatch("The observations", observations, parts.writer.observationSize());
    if (parts.hasReader()) {
      requireBatch("The observations", observations, parts.reader.observationSize());
    }
    requireValues("The values", values, observations);
    requireRoom(observations);
    return run(observations, values, observations, values);
  }

  /**
   * Learns from a reading alone: nothing is written. During the warm-up it does nothing.
   *
   * @param queries {@code b x} the reader's observation size
   * @param targets what the memory should answer, {@code b x valueSize}
   * @return the loss before the step
   * @throws IllegalArgumentException if a shape does not fit, or a number is not finite
   * @throws IllegalStateException if the memory is empty
   * @throws DivergenceException if a loss or a gradient is not finite; nothing was changed
   */
  public double learn(T queries, T targets) {
    requireBatch("The queries", queries, parts.reader.observationSize());
    requireValues("The targets", targets, queries);
    parts.memory.nextInUse(0); // refuses an empty memory
    return run(queries, targets, null, null).loss();
  }

  /**
   * Writes alone. An assigner that gives credit in advance, and a decoder, learn here too.
   *
   * @param observations {@code b x observationSize}
   * @param values what is stored, {@code b x valueSize}
   * @return where they were written, row by row
   * @throws IllegalArgumentException if a shape does not fit, or a number is not finite
   * @throws DivergenceException if a loss or a gradient is not finite; nothing was changed
   */
  public Slots remember(T observations, T values) {
    requireBatch("The observations", observations, parts.writer.observationSize());
    requireValues("The values", values, observations);
    requireRoom(observations);
    return run(null, null, observations, values).written();
  }

  private void requireBatch(String what, T matrix, int columns) {
    Shapes.requireColumns(parts.tensors, what, matrix, columns);
    if (parts.tensors.rows(matrix) < 1) {
      throw new IllegalArgumentException(what + " must have 1 row or more, but have none.");
    }
  }

  private void requireValues(String what, T values, T rows) {
    Tensors<T> tensors = parts.tensors;
    Shapes.require(tensors, what, values, tensors.rows(rows), parts.memory.valueSize());
  }

  private void requireRoom(T observations) {
    int rows = parts.tensors.rows(observations);
    if (rows > parts.memory.capacity()) {
      throw new IllegalArgumentException(
          "A batch of "
              + rows
              + " observations does not fit into a memory of capacity "
              + parts.memory.capacity()
              + ": make the batch smaller or the memory larger.");
    }
  }

  private StepResult run(T queries, T targets, T observations, T values) {
    changing.lock();
    try {
      requireUsable();
      log.ifPresent(ChangeLog::begin);
      boolean warm = steps >= parts.settings.warmupSteps();
      learning.compute(queries, targets, observations, values, warm);
      tell(queries, targets, observations, values);
      state.writeLock().lock();
      try {
        return commit(values);
      } finally {
        state.writeLock().unlock();
      }
    } finally {
      changing.unlock();
    }
  }

  private void tell(T queries, T targets, T observations, T values) {
    if (log.isEmpty()) { // a lambda would be an object for each step
      return;
    }
    try {
      log.get().batch(queries, targets, observations, values);
    } catch (RuntimeException | Error e) {
      learning.forget();
      throw e;
    }
  }

  private StepResult commit(T values) {
    answering.changed();
    long before = parts.memory.changes();
    Slots written = null;
    StepResult result;
    try {
      if (values != null) {
        written = learning.write(values);
        steps++;
      }
      result = learning.commit(written);
    } catch (RuntimeException | Error e) {
      if (values != null && parts.memory.changes() == before) {
        learning.forget(); // it was refused
      } else {
        broken = e;
      }
      log.ifPresent(it -> it.done(false));
      throw e;
    }
    log.ifPresent(it -> it.done(true));
    return result;
  }

  /**
   * What the memory answers. Changes nothing.
   *
   * @param observations queries, {@code n x} the reader's observation size
   * @param out receives the answers, {@code n x valueSize}
   * @return for each query, the cosine similarity of the most similar key: how familiar it is
   * @throws IllegalArgumentException if a shape does not fit, or a number is not finite
   * @throws IllegalStateException if the memory is empty
   */
  public double[] read(T observations, T out) {
    requireBatch("The observations", observations, parts.reader.observationSize());
    requireValues("The output", out, observations);
    state.readLock().lock();
    try {
      requireUsable();
      return answering.read(observations, out);
    } finally {
      state.readLock().unlock();
    }
  }

  /**
   * The memories that queries are most like, among those that a reading recalls. Changes nothing.
   *
   * @param observations queries, {@code n x} the reader's observation size
   * @param k how many for each, at least 1; as many as there are if there are fewer
   * @return for each query its memories, the most similar first
   * @throws IllegalArgumentException if a shape does not fit, or {@code k} is below 1
   * @throws IllegalStateException if the memory is empty
   */
  public List<List<Neighbour>> nearest(T observations, int k) {
    requireBatch("The observations", observations, parts.reader.observationSize());
    return nearest(observations, k, null);
  }

  /**
   * What the memory answers, and the memories that queries are most like: {@link #read} and {@link
   * #nearest} of one and the same state, also while another thread learns. Changes nothing.
   *
   * @param observations queries, {@code n x} the reader's observation size
   * @param out receives the answers, {@code n x valueSize}
   * @param k how many memories for each, at least 1; as many as there are if there are fewer
   * @return for each query its memories, the most similar first: they have the largest weights
   * @throws IllegalArgumentException as {@link #read} and {@link #nearest}
   * @throws IllegalStateException if the memory is empty
   */
  public List<List<Neighbour>> answer(T observations, T out, int k) {
    requireBatch("The observations", observations, parts.reader.observationSize());
    requireValues("The output", out, observations);
    return nearest(observations, k, out);
  }

  private List<List<Neighbour>> nearest(T observations, int k, T out) {
    if (k < 1) {
      throw new IllegalArgumentException("The neighbours must be 1 or more, but are " + k + ".");
    }
    state.readLock().lock();
    try {
      requireUsable();
      return answering.nearest(observations, k, out);
    } finally {
      state.readLock().unlock();
    }
  }

  /**
   * Replaces what is stored beside keys. Keys and ages stay.
   *
   * @param slots slots in use
   * @param values {@code slots.count() x valueSize}
   * @throws IllegalArgumentException if a slot is not in use, a shape does not fit, or a number is
   *     not finite
   */
  public void replaceValues(Slots slots, T values) {
    change(
        () -> parts.memory.requireReplaceable(slots, values),
        it -> it.replaceValues(slots, values),
        () -> parts.memory.replaceValues(slots, values));
  }

  /**
   * Clears slots: their memories are gone, and they are the first to be written to.
   *
   * @param slots slots in use
   * @throws IllegalArgumentException if a slot is not in use
   */
  public void clear(Slots slots) {
    change(
        () -> parts.memory.requireInUse(slots),
        it -> it.clear(slots),
        () -> parts.memory.clear(slots));
  }

  /** Clears the whole memory; what was learned stays. */
  public void clear() {
    changing.lock();
    try {
      requireUsable();
      if (parts.memory.size() > 0) {
        clear(parts.memory.occupied());
      }
    } finally {
      changing.unlock();
    }
  }

  private void change(Runnable check, Consumer<ChangeLog<T>> news, Runnable change) {
    changing.lock();
    try {
      requireUsable();
      check.run(); // what is refused is no news
      log.ifPresent(ChangeLog::begin);
      log.ifPresent(news); // before readings are kept out: it may take long
      apply(change);
    } finally {
      changing.unlock();
    }
  }

  private void apply(Runnable change) {
    state.writeLock().lock();
    try {
      answering.changed();
      long before = parts.memory.changes();
      try {
        change.run();
      } catch (RuntimeException | Error e) {
        broken = parts.memory.changes() == before ? null : e;
        log.ifPresent(it -> it.done(false));
        throw e;
      }
      log.ifPresent(it -> it.done(true));
    } finally {
      state.writeLock().unlock();
    }
  }

  /**
   * Does something while nothing changes the network. Readings go on.
   *
   * @param action what to do; it may save the network, and must not change it
   */
  public void unchanged(Runnable action) {
    changing.lock();
    try {
      action.run();
    } finally {
      changing.unlock();
    }
  }

  /**
   * Has a log kept from now on of all that changes this network.
   *
   * @param newLog hears of each change before it is made
   * @throws IllegalStateException if it has one already
   */
  public void keep(ChangeLog<T> newLog) {
    changing.lock();
    try {
      requireUsable();
      if (log.isPresent()) {
        throw new IllegalStateException("This network has a log already.");
      }
      log = Optional.of(newLog);
    } finally {
      changing.unlock();
    }
  }

  /**
   * Saves everything that the network's future depends on into one file, in place of one that was
   * there: it is written beside it, synced and renamed. Readings go on meanwhile.
   *
   * @param path the file
   * @throws IOException if it cannot be written; a file that was there is as it was
   */
  public void save(Path path) throws IOException {
    changing.lock();
    try {
      requireUsable();
      StateFile.save(path, description.entries(), this);
    } finally {
      changing.unlock();
    }
  }

  /**
   * What it was built of, and how: names of plug-ins and where they are from, sizes, settings.
   *
   * @return texts by name; as metadata of a file, enough to {@linkplain #builder(Tensors,
   *     StateFile) build} it again
   */
  public Map<String, String> description() {
    return Map.copyOf(description.entries());
  }

  /**
   * The back end that it computes with.
   *
   * @return the back end, which stays its owner's
   */
  public Tensors<T> tensors() {
    return parts.tensors;
  }

  /** Refuses the state of a network that was built otherwise. */
  void requireLike(Map<String, String> saved) {
    description.requireLike(new NetworkDescription(saved));
  }

  /** Writes the state to somewhere else than a file of its own. */
  @Override
  public void save(StateWriter out) {
    changing.lock();
    try {
      requireUsable();
      out.longs("steps", steps);
      parts.save(out);
    } finally {
      changing.unlock();
    }
  }

  /**
   * Takes over the state of a network that was built alike. If it throws, this one refuses further
   * calls.
   *
   * @throws IllegalStateException if it has a log, which could not make it again
   */
  @Override
  public void load(StateReader in) {
    changing.lock();
    state.writeLock().lock();
    try {
      requireUsable();
      if (log.isPresent()) {
        throw new IllegalStateException("This network has a log: load another one.");
      }
      answering.changed();
      steps = in.number("steps", 0, Long.MAX_VALUE);
      parts.load(in);
    } catch (RuntimeException | Error e) {
      broken = e;
      throw e;
    } finally {
      state.writeLock().unlock();
      changing.unlock();
    }
  }

  /**
   * Writes so far, warm-up included: steps and calls of {@link #remember}.
   *
   * @return the number
   */
  public long steps() {
    return steps;
  }

  /**
   * Its memory, to look at. It must not be changed, and is only to be read while nobody changes the
   * network.
   *
   * @return the memory
   */
  public Memory<T> memory() {
    return parts.memory;
  }

  /** Is shown memories, one after another. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One memory.
     *
     * @param slot where it is
     * @param age updates of the embedder since it was written
     * @param key its key as it is stored; a new array
     * @param value its value; a new array
     */
    void memory(int slot, long age, float[] key, float[] value);
  }

  /**
   * Shows all memories as they are at one time, by slot; who changes the network waits.
   *
   * @param visitor must not change the network
   */
  public void memories(Visitor visitor) {
    state.readLock().lock();
    try {
      requireUsable();
      answering.memories(visitor);
    } finally {
      state.readLock().unlock();
    }
  }

  /**
   * Its embedder, to look at: what makes keys, and queries too unless there is a reader.
   *
   * @return the writer
   */
  public Embedder<T> embedder() {
    return parts.writer;
  }

  /**
   * Its decoder, to look at.
   *
   * @return the decoder; empty if it was built without
   */
  public Optional<Decoder<T>> decoder() {
    return parts.decoder;
  }

  /**
   * Bytes held for the memories' sake beyond keys and values, as allocated.
   *
   * @return the bytes, of all slots
   */
  public long retainedBytes() {
    return parts.assigner.retainedBytes();
  }

  private void requireUsable() {
    if (closed) {
      throw new IllegalStateException("This network is closed: load or build another one.");
    }
    if (broken != null) {
      throw new IllegalStateException(
          "An earlier step failed when it had begun to change this network, which may be"
              + " inconsistent: load the latest saved one.",
          broken);
    }
  }

  /** Waits for readings and steps to end, and releases everything. Closing twice is safe. */
  @Override
  public void close() {
    changing.lock();
    state.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        try (parts) {
          learning.close();
          answering.close();
        }
      }
    } finally {
      state.writeLock().unlock();
      changing.unlock();
    }
  }
}
