package io.nnem.learners;

import io.nnem.core.BackendProvider;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.GrowingRows;
import io.nnem.core.Plugins;
import io.nnem.core.Pool;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.core.state.StateFile;
import io.nnem.credit.ChangeLog;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.Neighbour;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.RecallProvider;
import io.nnem.memory.Slots;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What learners of both kinds share: rows of floats into a network with memory, and answers out of
 * it. The network is made when the first batch has told the sizes. Any number of threads may {@link
 * #answer}; whoever changes something holds the {@link #changing} lock.
 */
final class Learner<T> implements Stateful, AutoCloseable {

  private static final int ROWS_AT_ONCE = 256;
  private static final String KIND = "learner";
  private static final String NOTE = "note.";

  final Settings settings;
  final Lock changing = new ReentrantLock();
  private final LearningSettings learning;
  private final Tensors<T> tensors;
  private volatile Built built;
  private volatile Inputs inputs;
  private volatile long learned; // rows
  private Map<String, String> notes = Map.of();
  private volatile boolean closed;
  private Optional<CallLog> log = Optional.empty();
  private Optional<Supplier<ByteBuffer>> unwritten = Optional.empty(); // the call, if not yet there

  /** Puts what the memory should answer to a row into an array of zeros, from a place on. */
  interface Targets {
    void put(int row, float[] out, int at);
  }

  /** Makes something of the answer to a row, which stands in an array from a place on. */
  interface Reader<R> {
    R read(double[] answers, int at, double familiarity, List<Neighbour> evidence);
  }

  /** The network, and what each thread that uses it needs. */
  private final class Built implements AutoCloseable {
    private final MemoryNetwork<T> network;
    private final int valueSize;
    private final Pool<Space> spaces;

    Built(MemoryNetwork<T> network) {
      this.network = network;
      this.valueSize = network.memory().valueSize();
      int width = network.embedder().observationSize();
      log.ifPresent(it -> network.keep(new Writing()));
      this.spaces = new Pool<>(() -> new Space(width, valueSize));
    }

    @Override
    public void close() {
      try (network) {
        spaces.close();
      }
    }
  }

  /** Writes a call down before its first step changes anything. */
  private final class Writing implements ChangeLog<T> {
    @Override
    public void begin() {} // the call has begun already

    @Override
    public void batch(T queries, T targets, T observations, T values) {
      if (unwritten.isPresent()) {
        log.orElseThrow().call(CallLog.PARTIAL_FIT, unwritten.get().get());
        unwritten = Optional.empty();
      }
    }

    @Override
    public void replaceValues(Slots slots, T values) {
      throw new IllegalStateException("Nobody replaces values of a learner.");
    }

    @Override
    public void clear(Slots slots) {
      throw new IllegalStateException("Nobody clears slots of a learner.");
    }

    @Override
    public void done(boolean whole) {} // a step is not the call
  }

  private final class Space implements AutoCloseable {
    private final GrowingRows<T> observations;
    private final GrowingRows<T> values;

    Space(int width, int valueSize) {
      observations = new GrowingRows<>(tensors, width);
      values = new GrowingRows<>(tensors, valueSize);
    }

    T observations(Inputs known, float[][] rows, int from, int to) {
      float[] floats = new float[(to - from) * known.width()];
      known.write(rows, from, to, floats);
      T matrix = observations.first(to - from);
      tensors.copyIn(floats, matrix);
      return matrix;
    }

    @Override
    public void close() {
      observations.close();
      values.close();
    }
  }

  private Learner(Settings settings, LearningSettings learning, Tensors<T> tensors) {
    this.settings = settings;
    this.learning = learning;
    this.tensors = tensors;
  }

  /** A learner that knows nothing yet. */
  static Learner<?> of(Settings settings, LearningSettings learning) {
    Plugins.load(EmbedderProvider.class).get(settings.get(Settings.EMBEDDER));
    Plugins.load(EvictionPolicyProvider.class).get(settings.get(Settings.EVICTION));
    Plugins.load(RecallProvider.class).get(settings.get(Settings.RECALL));
    Plugins.load(CreditAssignerProvider.class).get(settings.get(Settings.ASSIGNER));
    BackendProvider backend =
        Plugins.load(BackendProvider.class).get(settings.get(Settings.BACKEND));
    return new Learner<>(settings, learning, backend.create(settings.get(Settings.THREADS)));
  }

  /** A learner that saves a network which was trained elsewhere, and does nothing else. */
  static <T> Learner<T> around(
      MemoryNetwork<T> network, Settings settings, Inputs inputs, Map<String, String> notes) {
    Learner<T> learner = new Learner<>(settings, null, null);
    learner.built = learner.new Built(network);
    learner.inputs = inputs;
    learner.notes = Map.copyOf(notes);
    return learner;
  }

  /**
   * Refuses rows that cannot be used, or are not as many as what belongs to them.
   *
   * @throws IllegalArgumentException naming the first of them
   */
  void require(float[][] rows, int others, String what) {
    requireRows(rows);
    if (rows.length != others) {
      throw new IllegalArgumentException(
          "There are "
              + rows.length
              + " rows, but "
              + others
              + " "
              + what
              + ": give one for each.");
    }
  }

  private void requireRows(float[][] rows) {
    if (rows == null) {
      throw new IllegalArgumentException("The rows are null.");
    }
    if (rows.length > 0) {
      known(rows).require(rows);
    }
  }

  /** What is known of the columns; nothing, if these rows are the first. */
  private Inputs known(float[][] rows) {
    Inputs known = inputs;
    if (known != null) {
      return known;
    }
    int width = rows[0] == null ? 1 : rows[0].length;
    if (width == 0) {
      throw new IllegalArgumentException("Row 0 (counted from 0) has no values.");
    }
    return Inputs.of(settings, settings.shape(width).size());
  }

  /** Has all that changes this learner written down from now on. */
  void keep(CallLog newLog) {
    log = Optional.of(newLog);
    if (built != null) {
      built.network.keep(new Writing());
    }
  }

  /** A call begins that may change this learner. */
  void begin() {
    requireOpen();
    log.ifPresent(CallLog::begin);
  }

  /**
   * Learns from rows that were found to be in order, in steps of a few.
   *
   * @param call the whole of it, to be written down
   * @throws io.nnem.credit.DivergenceException if a loss or a gradient is not finite; the steps
   *     before stay
   */
  void learn(float[][] rows, int valueSize, Targets targets, Supplier<ByteBuffer> call) {
    if (rows.length == 0) {
      return;
    }
    unwritten = log.map(it -> call);
    boolean whole = false;
    try {
      learn(rows, valueSize, targets);
      whole = true;
    } finally {
      if (steps() == 0) {
        forget(); // it did not even make the first step
      }
      if (unwritten.isEmpty() && log.isPresent()) {
        log.get().done(whole);
      }
    }
  }

  private void forget() {
    Built former = built;
    built = null;
    inputs = null;
    if (former != null) {
      former.close();
    }
  }

  private void learn(float[][] rows, int valueSize, Targets targets) {
    if (built == null) {
      Inputs first = known(rows);
      Built network = new Built(settings.network(tensors, first.width(), valueSize, learning));
      inputs = first; // whoever sees the network sees this too
      built = network;
    }
    int most = Math.min(settings.get(Settings.BATCH), built.network.memory().capacity());
    Space space = built.spaces.take();
    try {
      for (int from = 0; from < rows.length; from += most) {
        step(space, rows, from, Math.min(from + most, rows.length), targets);
      }
    } finally {
      built.spaces.back(space);
    }
  }

  private void step(Space space, float[][] rows, int from, int to, Targets targets) {
    float[] floats = new float[(to - from) * built.valueSize];
    for (int row = from; row < to; row++) {
      targets.put(row, floats, (row - from) * built.valueSize);
    }
    T values = space.values.first(to - from);
    tensors.copyIn(floats, values);
    Inputs before = inputs;
    inputs = before.with(rows, from, to);
    try {
      built.network.step(space.observations(inputs, rows, from, to), values);
    } catch (RuntimeException | Error e) {
      inputs = before;
      throw e;
    }
    long old = learned; // nobody else changes it meanwhile
    learned = old + to - from;
  }

  Tensors<T> tensors() {
    return tensors;
  }

  /** Null until the first batch. */
  MemoryNetwork<T> network() {
    Built current = built;
    return current == null ? null : current.network;
  }

  /** Rows that it has learned from. */
  long learned() {
    return learned;
  }

  /** Bytes of the memory: keys, values, and what is kept beside them. */
  long memoryBytes() {
    MemoryNetwork<T> network = network();
    return network == null
        ? 0
        : network.memory().capacity() * network.memory().bytesPerSlot() + network.retainedBytes();
  }

  /** Steps so far. */
  long steps() {
    return network() == null ? 0 : network().steps();
  }

  /**
   * Answers rows.
   *
   * @param k memories to name for each; none if it is 0
   * @throws IllegalArgumentException naming the first row that cannot be used
   * @throws IllegalStateException if nothing was learned yet
   */
  <R> List<R> answer(float[][] rows, int k, Reader<R> reader) {
    Built current = requireLearned();
    Inputs known = inputs;
    if (known == null) { // its first step has just failed
      throw nothingLearned();
    }
    requireRows(rows);
    List<R> all = new ArrayList<>(rows.length);
    double[] answers = new double[Math.min(rows.length, ROWS_AT_ONCE) * current.valueSize];
    Space space = current.spaces.take();
    try {
      for (int from = 0; from < rows.length; from += ROWS_AT_ONCE) {
        int to = Math.min(from + ROWS_AT_ONCE, rows.length);
        T observations = space.observations(known, rows, from, to);
        T out = space.values.first(to - from);
        double[] familiarity = null;
        List<List<Neighbour>> evidence = null;
        if (k == 0) {
          familiarity = current.network.read(observations, out);
        } else {
          evidence = current.network.answer(observations, out, k);
        }
        tensors.copyOut(out, answers);
        for (int i = 0; i < to - from; i++) {
          int at = i * current.valueSize;
          all.add(
              k == 0
                  ? reader.read(answers, at, familiarity[i], List.of())
                  : reader.read(answers, at, evidence.get(i).get(0).similarity(), evidence.get(i)));
        }
      }
    } finally {
      current.spaces.back(space);
    }
    return all;
  }

  private Built requireLearned() {
    requireOpen();
    Built current = built;
    if (current == null) {
      throw nothingLearned();
    }
    return current;
  }

  private static IllegalStateException nothingLearned() {
    return new IllegalStateException("Nothing was learned yet: call partialFit first.");
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("This learner is closed: load or build another one.");
    }
  }

  /** Saves itself as part of a learner of a kind. */
  void save(Path path, String kind, Stateful whole) throws IOException {
    requireLearned();
    StateFile.save(path, entries(kind), whole);
  }

  /** What a file says of it. */
  Map<String, String> entries(String kind) {
    Map<String, String> entries = described();
    notes.forEach((name, text) -> entries.put(NOTE + name, text));
    entries.put(KIND, kind);
    return entries;
  }

  /** What it was made of, or will be when the first batch has told the sizes. */
  Map<String, String> described() {
    return built == null ? settings.all() : described(built.network, settings);
  }

  private static Map<String, String> described(MemoryNetwork<?> network, Settings settings) {
    Map<String, String> all = new TreeMap<>(network.description());
    all.putAll(settings.entries());
    return all;
  }

  /** What another with other settings, for the same rows, would be made of. */
  Map<String, String> described(Settings others) {
    if (built == null) {
      return others.all();
    }
    try (MemoryNetwork<T> network =
        others.network(tensors, inputs.width(), built.valueSize, learning)) {
      return described(network, others);
    }
  }

  String backend() {
    return tensors.description();
  }

  /** The settings that a file was saved with. */
  static Settings settings(StateFile file, String kind, Path path) {
    String theirs = file.metadata().get(KIND);
    if (!kind.equals(theirs)) {
      throw new StateException(
          path + " is no saved " + kind + (theirs == null ? "." : ", but a " + theirs + "."));
    }
    return Settings.of(file.metadata());
  }

  /** Makes the network that a file describes, if it does, still without its state. */
  void build(StateFile file) {
    notes = new TreeMap<>();
    file.metadata()
        .forEach(
            (name, text) -> {
              if (name.startsWith(NOTE)) {
                notes.put(name.substring(NOTE.length()), text);
              }
            });
    if (file.metadata().containsKey("embedder")) {
      MemoryNetwork<T> network = MemoryNetwork.builder(tensors, file).build();
      inputs = Inputs.of(settings, network.embedder().observationSize());
      built = new Built(network);
    }
  }

  /** 0 until the first batch. */
  int valueSize() {
    return built == null ? 0 : built.valueSize;
  }

  Map<String, String> notes() {
    return Collections.unmodifiableMap(notes);
  }

  @Override
  public void save(StateWriter out) {
    if (built != null) {
      inputs.save(out);
      out.longs("rows-learned", learned);
      out.part("network", built.network);
    }
  }

  @Override
  public void load(StateReader in) {
    if (built != null) {
      inputs = inputs.load(in);
      learned = in.number("rows-learned", 0, Long.MAX_VALUE);
      in.part("network", built.network);
    }
  }

  /** Waits for who learns or answers, and releases everything. Closing twice is safe. */
  @Override
  public void close() {
    changing.lock();
    try (tensors) {
      closed = true;
      if (built != null) {
        built.close();
      }
    } finally {
      changing.unlock();
    }
  }
}
