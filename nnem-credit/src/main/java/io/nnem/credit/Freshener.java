package io.nnem.credit;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import java.util.Arrays;

/**
 * Rewrites stale keys: in each step up to {@code budget} memories have their observations
 * reinstated and embedded by the embedder as the step's update has left it,
 *
 * <pre>{@code k_i <- f(x_i~; theta)}</pre>
 *
 * <p>Values and ages stay: an age is that of the memory, not of its key. A {@link MemoryLearner}
 * calls it. Observations are reinstated before anything of the step is committed, by the decoder
 * and from the keys of before it, so that a failure there undoes the step; what comes after the
 * embedder's update cannot fail. A memory that the step itself gave up is not freshened, and
 * neither is anything if the new keys are not finite.
 *
 * <p>Freshening from decoded observations goes round in a circle: {@code k <- f(D(k))}. It follows
 * the embedder, but what the decoder does not tell is lost a little more each time.
 *
 * @param <T> the matrix type
 */
public final class Freshener<T> implements AutoCloseable {

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final MemoryStore<T> memory;
  private final Reinstatement<T> reinstatement;
  private final Freshening policy;
  private final int budget;
  private final Scope<T> scope;
  private final RowBuffer<T> observations;
  private final ForwardPass<T> pass;
  private Slots chosen;

  /**
   * Creates a freshener. It uses what it is given and owns none of it.
   *
   * @param tensors the back end
   * @param embedder embeds observations again
   * @param memory whose keys are rewritten
   * @param reinstatement gives observations back; its owner tells it of writes
   * @param policy which memories
   * @param budget how many a step, at least 1
   * @throws IllegalArgumentException if the budget is below 1
   */
  public Freshener(
      Tensors<T> tensors,
      Embedder<T> embedder,
      MemoryStore<T> memory,
      Reinstatement<T> reinstatement,
      Freshening policy,
      int budget) {
    if (budget < 1) {
      throw new IllegalArgumentException(
          "The budget of freshening must be 1 key a step or more, but is "
              + budget
              + "; to freshen nothing, leave the freshener out.");
    }
    this.tensors = tensors;
    this.embedder = embedder;
    this.memory = memory;
    this.reinstatement = reinstatement;
    this.policy = policy;
    this.budget = Math.min(budget, memory.capacity());
    this.scope = tensors.newScope();
    this.observations = new RowBuffer<>(tensors, scope, this.budget, embedder.observationSize());
    this.pass = embedder.newPass(this.budget);
  }

  /** Before anything is committed: chooses, and gets the observations back. May fail. */
  void prepare() {
    int count = Math.min(budget, memory.size());
    Slots slots = policy.choose(count, memory.size(), embedder.version());
    if (slots.count() != count) {
      throw new IllegalStateException(
          "The freshening policy "
              + policy.getClass().getName()
              + " chose "
              + slots
              + " where "
              + count
              + " slots were asked for.");
    }
    tensors.copy(reinstatement.observations(slots, memory.keys(slots)), observations.first(count));
    chosen = slots;
  }

  /** Forgets what was prepared. */
  void discard() {
    chosen = null;
  }

  void read(Slots slots, double[] weights) {
    policy.read(slots, weights);
  }

  void written(Slots slots, long version) {
    policy.renewed(slots, version, false);
  }

  /** After the embedder's update: rewrites the keys, but of what was just written. */
  void freshen(Slots written, CreditAssigner<T> assigner) {
    if (chosen == null) {
      return;
    }
    Slots slots = chosen;
    chosen = null;
    int[] kept = slots.placesOutside(written);
    if (kept.length == 0) {
      return;
    }
    for (int i = 0; i < kept.length; i++) {
      // moves rows to the front, in place: a row is never written before it is read
      if (i < kept[i]) {
        tensors.copy(
            tensors.rowRange(observations.all(), kept[i], kept[i] + 1),
            tensors.rowRange(observations.all(), i, i + 1));
      }
    }
    Slots fresh = Slots.of(Arrays.stream(kept).map(slots::get).toArray());
    T keys = embedder.forward(observations.first(kept.length), pass);
    if (!Double.isFinite(tensors.dot(keys, keys))) {
      return;
    }
    memory.replaceKeys(fresh, keys);
    policy.renewed(fresh, embedder.version(), true);
    assigner.freshened(fresh, pass);
  }

  /** Releases the buffers; what it was given stays open. */
  @Override
  public void close() {
    scope.close();
    pass.close();
  }
}
