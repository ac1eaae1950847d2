package io.nnem.credit.freshening;

import io.nnem.core.Embedder;
import io.nnem.core.Parameter;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.Freshener;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries keys along with the embedder: every {@code p} updates each key is moved by as much as the
 * embedding of its reinstated observation has moved in the meantime,
 *
 * <pre>{@code k_i <- k_i + f(x_i~; theta) - f(x_i~; theta')}</pre>
 *
 * <p>with {@code theta'} the parameters of the last time. Re-embedding, {@code k <- f(x~)},
 * replaces a key by what the decoder makes of it, and what the decoder does not tell is lost a
 * little more each time. Here a poor reinstatement spoils the movement alone, and not the key: the
 * error of a key is the difference of two errors of the same network a few updates apart, which is
 * small where the embedder moves alike for {@code x} and {@code x~}. With stored observations the
 * two are the same.
 *
 * <p>A memory that was written in between is moved by the share of the updates that it has seen. An
 * assigner is not told: the observation that a key stands for is the one it was. It costs a copy of
 * the embedder's parameters, and for each key one reinstatement and two embeddings every {@code p}
 * updates; nothing for a memory.
 *
 * @param <T> the matrix type
 */
public final class KeyTransport<T> implements Freshener<T> {

  /** Memories that are moved at a time. */
  private static final int CHUNK = 1024;

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Embedder<T> before;
  private final MemoryStore<T> memory;
  private final Reinstatement<T> reinstatement;
  private final int period;
  private final Scope<T> scope;
  private final List<T> parameters = new ArrayList<>();
  private final RowBuffer<T> moved;
  private final RowBuffer<T> left;
  private final RowBuffer<T> earlier;
  private long since;
  private long prepared;
  private int count;

  /**
   * Creates a freshener. It uses what it is given and owns none of it.
   *
   * @param tensors the back end
   * @param embedder whose movement the keys follow
   * @param before an embedder of the same architecture; its parameters are overwritten
   * @param memory whose keys are moved
   * @param reinstatement gives observations back; its owner tells it of writes
   * @param period updates from one time to the next, at least 1
   * @throws IllegalArgumentException if the period is below 1, or the embedders differ
   */
  public KeyTransport(
      Tensors<T> tensors,
      Embedder<T> embedder,
      Embedder<T> before,
      MemoryStore<T> memory,
      Reinstatement<T> reinstatement,
      int period) {
    if (period < 1) {
      throw new IllegalArgumentException(
          "Keys must be moved after every update, or after some, but the period is "
              + period
              + "; to move none, leave the freshener out.");
    }
    if (embedder.parameters().size() != before.parameters().size()) {
      throw new IllegalArgumentException(
          "Both embedders must be of one architecture, but they have "
              + embedder.parameters().size()
              + " and "
              + before.parameters().size()
              + " parameters.");
    }
    this.tensors = tensors;
    this.embedder = embedder;
    this.before = before;
    this.memory = memory;
    this.reinstatement = reinstatement;
    this.period = period;
    this.scope = tensors.newScope();
    for (int i = 0; i < embedder.parameters().size(); i++) {
      T now = embedder.parameters().get(i).value();
      T then = before.parameters().get(i).value();
      Shapes.requireLike(tensors, "The other embedder's parameter", then, now);
      parameters.add(scope.zeros(tensors.rows(now), tensors.columns(now)));
      tensors.copy(now, then);
    }
    this.moved = new RowBuffer<>(tensors, scope, memory.capacity(), memory.keySize());
    this.left = new RowBuffer<>(tensors, scope, memory.capacity(), memory.keySize());
    this.earlier =
        new RowBuffer<>(
            tensors, scope, Math.min(CHUNK, memory.capacity()), embedder.embeddingSize());
    this.since = embedder.version();
  }

  @Override
  public void prepare() {
    count = 0;
    long version = embedder.version();
    if (version - since < period) {
      return;
    }
    int size = memory.size();
    for (int from = 0; from < size; from += CHUNK) {
      move(from, Math.min(from + CHUNK, size), version);
    }
    T all = moved.first(size);
    if (!Double.isFinite(tensors.dot(all, all))) {
      return;
    }
    List<Parameter<T>> now = embedder.parameters();
    for (int i = 0; i < now.size(); i++) {
      tensors.copy(now.get(i).value(), parameters.get(i));
    }
    prepared = version;
    count = size;
  }

  /** Puts the moved keys of consecutive slots into {@link #moved}. */
  private void move(int from, int to, long version) {
    Slots slots = Slots.range(from, to);
    T observations = reinstatement.observations(slots, memory.keys(slots));
    T result = tensors.rowRange(moved.all(), from, to);
    T then = earlier.first(to - from);
    embedder.embed(observations, result);
    before.embed(observations, then);
    tensors.addScaled(-1, then, result);
    int run = from;
    for (int slot = from; slot < to; slot++) {
      if (slot + 1 == to || memory.writtenAt(slot + 1) != memory.writtenAt(run)) {
        double share = share(memory.writtenAt(run), version);
        if (share < 1) {
          tensors.scale(share, tensors.rowRange(moved.all(), run, slot + 1));
        }
        run = slot + 1;
      }
    }
    tensors.addScaled(1, memory.keys(slots), result);
  }

  /** How much of the movement since the last time a memory has seen. */
  private double share(long writtenAt, long version) {
    return writtenAt <= since ? 1 : (double) (version - writtenAt) / (version - since);
  }

  @Override
  public void discard() {
    count = 0;
  }

  @Override
  public void freshen(Slots written, CreditAssigner<T> assigner) {
    if (count == 0) {
      return;
    }
    int[] kept = Slots.range(0, count).placesOutside(written);
    if (kept.length == count) {
      memory.replaceKeys(Slots.range(0, count), moved.first(count));
    } else if (kept.length > 0) {
      T theirs = left.first(kept.length);
      tensors.gatherRows(moved.first(count), kept, theirs);
      memory.replaceKeys(Slots.of(kept), theirs);
    }
    for (int i = 0; i < parameters.size(); i++) {
      tensors.copy(parameters.get(i), before.parameters().get(i).value());
    }
    since = prepared;
    count = 0;
  }

  @Override
  public void close() {
    scope.close();
  }
}
