package io.nnem.learners;

import io.nnem.core.StateException;
import io.nnem.core.Stateful;
import io.nnem.learners.journal.Call;
import io.nnem.learners.journal.Journal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A classifier or a regressor; its calls are rows as they were given, with labels or targets. */
final class KeptLearner<N extends AutoCloseable> implements Kept<N> {

  private final N network;
  private final Learner<?> learner;
  private final String kind;
  private final Stateful state;
  private final Consumer<CallReader> replay;

  KeptLearner(
      N network, Learner<?> learner, String kind, Stateful state, Consumer<CallReader> replay) {
    this.network = network;
    this.learner = learner;
    this.kind = kind;
    this.state = state;
    this.replay = replay;
  }

  /** The same if it has the settings that are asked for, by a builder. */
  KeptLearner<N> require(Settings settings) {
    Map<String, String> asked = learner.described(settings);
    Map<String, String> had = learner.described();
    Map<String, String> all = new TreeMap<>(had);
    asked.forEach(all::putIfAbsent);
    for (String name : all.keySet()) {
      String mine = had.get(name);
      if (!name.endsWith(".from") && !String.valueOf(mine).equals(asked.get(name))) {
        close();
        throw new StateException(
            "The "
                + kind
                + " in that folder was made with the "
                + name.replace('.', ' ')
                + " '"
                + mine
                + "', but '"
                + asked.get(name)
                + "' is asked for: ask for the same.");
      }
    }
    return this;
  }

  static ByteBuffer labelled(float[][] rows, String[] names) {
    byte[][] texts = new byte[names.length][];
    long bytes = (long) Integer.BYTES * names.length;
    for (int row = 0; row < texts.length; row++) {
      texts[row] = names[row].getBytes(StandardCharsets.UTF_8);
      bytes += texts[row].length;
    }
    ByteBuffer record = Journal.room(bytes(rows) + bytes);
    put(rows, record);
    for (byte[] text : texts) {
      record.putInt(text.length).put(text);
    }
    return record;
  }

  static ByteBuffer targeted(float[][] rows, float[][] targets) {
    ByteBuffer record = Journal.room(bytes(rows) + bytes(targets));
    put(rows, record);
    put(targets, record);
    return record;
  }

  private static long bytes(float[][] rows) {
    return 2 * Integer.BYTES + (long) Float.BYTES * rows.length * rows[0].length;
  }

  private static void put(float[][] rows, ByteBuffer record) {
    record.putInt(rows.length).putInt(rows[0].length);
    for (float[] row : rows) {
      record.asFloatBuffer().put(row);
      record.position(record.position() + Float.BYTES * row.length);
    }
  }

  static float[][] rows(CallReader reader) {
    return reader.rows(reader.count(), reader.count());
  }

  @Override
  public void replay(Call call) {
    if (call.kind() != CallLog.PARTIAL_FIT) {
      throw Kept.unreadable(call, "a " + kind + " has no calls of kind " + call.kind() + ".");
    }
    replay.accept(new CallReader(call));
  }

  @Override
  public N network() {
    return network;
  }

  @Override
  public Map<String, String> description() {
    return learner.entries(kind);
  }

  @Override
  public String backend() {
    return learner.backend();
  }

  @Override
  public Stateful state() {
    return state;
  }

  @Override
  public void unchanged(Runnable action) {
    learner.changing.lock();
    try {
      action.run();
    } finally {
      learner.changing.unlock();
    }
  }

  @Override
  public void keep(CallLog log) {
    learner.keep(log);
  }

  @Override
  public void close() {
    learner.close();
  }
}
