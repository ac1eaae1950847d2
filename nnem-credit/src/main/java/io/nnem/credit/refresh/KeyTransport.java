package io.nnem.credit.refresh;

import io.nnem.core.Embedder;
import io.nnem.core.GrowingRows;
import io.nnem.core.Option;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.KeyRefresher;
import io.nnem.credit.KeyRefresherContext;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries keys along with the embedder: every {@code p} updates each key is moved by as much as the
 * embedding of its reinstated observation has moved in the meantime,
 *
 * <pre>{@code k_i <- k_i + f(x_i~; theta) - f(x_i~; theta')}</pre>
 *
 * <p>with {@code theta'} the parameters of the last time and {@code theta} those before the update
 * of the step that moves the keys, so that a key is between 1 and {@code p} updates behind.
 * Re-embedding, {@code k <- f(x~)}, replaces a key by what the decoder makes of it, and what the
 * decoder does not tell is lost a little more each time. Here a poor reinstatement spoils the
 * movement alone, and not the key: the error of a key is the difference of two errors of the same
 * network a few updates apart, which is small where the embedder moves alike for {@code x} and
 * {@code x~}. With stored observations the two are the same.
 *
 * <p>A memory that was written in between is moved by the share of the updates that it has seen.
 * The new keys come without a pass: the observation that a key stands for is the one it was. It
 * costs a copy of the embedder's parameters, and for each key one reinstatement and two embeddings
 * every {@code p} updates; nothing for a memory.
 *
 * @param <T> the matrix type
 */
final class KeyTransport<T> implements KeyRefresher<T> {

  static final Option<Integer> PERIOD =
      Option.integer("transport-every", 10, "updates of the embedder between two moves of all keys")
          .where(updates -> updates >= 1, "1 or more");

  /** Memories that are moved at a time. */
  private static final int CHUNK = 1024;

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Embedder<T> before;
  private final Memory<T> memory;
  private final Reinstatement<T> reinstatement;
  private final int period;
  private final Scope<T> scope;
  private final List<T> parameters = new ArrayList<>();
  private final GrowingRows<T> moved;
  private final GrowingRows<T> left;
  private final GrowingRows<T> earlier;
  private final GrowingRows<T> keys;
  private final GrowingRows<T> observations;
  private long since;
  private long prepared;
  private Slots chosen;

  KeyTransport(KeyRefresherContext<T> context) {
    this.period = context.options().get(PERIOD);
    this.tensors = context.tensors();
    this.embedder = context.embedder();
    this.before = context.another().get();
    if (embedder.parameters().size() != before.parameters().size()) {
      throw new IllegalArgumentException(
          "Both embedders must be of one architecture, but they have "
              + embedder.parameters().size()
              + " and "
              + before.parameters().size()
              + " parameters.");
    }
    this.memory = context.memory();
    this.reinstatement = context.reinstatement();
    this.scope = tensors.newScope();
    for (int i = 0; i < embedder.parameters().size(); i++) {
      T now = embedder.parameters().get(i).value();
      T then = before.parameters().get(i).value();
      Shapes.requireLike(tensors, "The other embedder's parameter", then, now);
      parameters.add(scope.zeros(tensors.rows(now), tensors.columns(now)));
      tensors.copy(now, then);
    }
    this.moved = new GrowingRows<>(tensors, memory.keySize());
    this.left = new GrowingRows<>(tensors, memory.keySize());
    this.earlier = new GrowingRows<>(tensors, memory.keySize());
    this.keys = new GrowingRows<>(tensors, memory.keySize());
    this.observations = new GrowingRows<>(tensors, embedder.observationSize());
    this.since = embedder.version();
  }

  @Override
  public void prepare() {
    chosen = null;
    long version = embedder.version();
    if (version - since < period) {
      return;
    }
    Slots all = memory.occupied();
    T places = moved.first(all.count());
    for (int from = 0; from < all.count(); from += CHUNK) {
      int to = Math.min(from + CHUNK, all.count());
      move(all.part(from, to), tensors.rowRange(places, from, to), version);
    }
    if (!Double.isFinite(tensors.dot(places, places))) {
      return;
    }
    List<Parameter<T>> now = embedder.parameters();
    for (int i = 0; i < now.size(); i++) {
      tensors.copy(now.get(i).value(), parameters.get(i));
    }
    prepared = version;
    chosen = all;
  }

  /** Puts the moved keys of slots into {@code result}. */
  private void move(Slots slots, T result, long version) {
    int count = slots.count();
    T stored = memory.keys(slots, keys);
    T reinstated = reinstatement.observations(slots, stored, observations);
    T then = earlier.first(count);
    embedder.embed(reinstated, result);
    before.embed(reinstated, then);
    tensors.addScaled(-1, then, result);
    int run = 0;
    for (int i = 0; i < count; i++) {
      long writtenAt = memory.writtenAt(slots.get(run));
      if (i + 1 == count || memory.writtenAt(slots.get(i + 1)) != writtenAt) {
        double share = share(writtenAt, version);
        if (share < 1) {
          tensors.scale(share, tensors.rowRange(result, run, i + 1));
        }
        run = i + 1;
      }
    }
    tensors.addScaled(1, stored, result);
  }

  /** How much of the movement since the last time a memory has seen. */
  private double share(long writtenAt, long version) {
    return writtenAt <= since ? 1 : (double) (version - writtenAt) / (version - since);
  }

  @Override
  public void discard() {
    chosen = null;
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> newKeys, T values) {
    leaveOut(slots);
  }

  @Override
  public void onClear(Slots slots) {
    leaveOut(slots);
  }

  private void leaveOut(Slots slots) {
    if (chosen == null) {
      return;
    }
    int[] kept = chosen.placesOutside(slots);
    if (kept.length == chosen.count()) {
      return;
    }
    if (kept.length == 0) {
      rememberParameters();
      chosen = null;
      return;
    }
    T theirs = left.first(kept.length);
    tensors.gatherRows(moved.first(chosen.count()), kept, theirs);
    tensors.copy(theirs, moved.first(kept.length));
    chosen = chosen.at(kept);
  }

  @Override
  public void refresh() {
    if (chosen != null) {
      memory.replaceKeys(chosen, NewKeys.of(moved.first(chosen.count())));
      rememberParameters();
      chosen = null;
    }
  }

  private void rememberParameters() {
    for (int i = 0; i < parameters.size(); i++) {
      tensors.copy(parameters.get(i), before.parameters().get(i).value());
    }
    since = prepared;
  }

  @Override
  public void save(StateWriter out) {
    out.longs("since", since);
    for (Parameter<T> parameter : before.parameters()) {
      out.matrix("before." + parameter.name(), tensors, parameter.value());
    }
  }

  @Override
  public void load(StateReader in) {
    since = in.number("since", 0, Long.MAX_VALUE);
    for (Parameter<T> parameter : before.parameters()) {
      in.matrix("before." + parameter.name(), tensors, parameter.value());
    }
  }

  @Override
  public void close() {
    before.close();
    scope.close();
    moved.close();
    left.close();
    earlier.close();
    keys.close();
    observations.close();
  }
}
