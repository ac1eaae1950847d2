package io.nnem.credit.freshening;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.Freshener;
import io.nnem.credit.Freshening;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import java.util.Arrays;

/**
 * Rewrites stale keys: in each step up to {@code budget} memories have their observations
 * reinstated and embedded by the embedder as the step's update has left it,
 *
 * <pre>{@code k_i <- f(x_i~; theta)}</pre>
 *
 * <p>Observations are reinstated before anything of the step is committed, by the decoder and from
 * the keys of before it, so that a failure there undoes the step; what comes after the embedder's
 * update cannot fail. A memory that the step itself gave up is not freshened, and neither is
 * anything if the new keys are not finite.
 *
 * <p>Freshening from decoded observations goes round in a circle: {@code k <- f(D(k))}. It follows
 * the embedder, but what the decoder does not tell is lost a little more each time.
 *
 * @param <T> the matrix type
 */
public final class ReembeddingFreshener<T> implements Freshener<T> {

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final MemoryStore<T> memory;
  private final Reinstatement<T> reinstatement;
  private final Freshening policy;
  private final int budget;
  private final Scope<T> scope;
  private final RowBuffer<T> observations;
  private final RowBuffer<T> left;
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
  public ReembeddingFreshener(
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
    this.left = new RowBuffer<>(tensors, scope, this.budget, embedder.observationSize());
    this.pass = embedder.newPass(this.budget);
  }

  /** Chooses, and gets the observations back. */
  @Override
  public void prepare() {
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

  @Override
  public void discard() {
    chosen = null;
  }

  @Override
  public boolean usesReads() {
    return true;
  }

  @Override
  public void read(Slots slots, double[] weights) {
    policy.read(slots, weights);
  }

  @Override
  public void written(Slots slots, long version) {
    policy.renewed(slots, version, false);
  }

  @Override
  public void freshen(Slots written, CreditAssigner<T> assigner) {
    if (chosen == null) {
      return;
    }
    Slots slots = chosen;
    chosen = null;
    int[] kept = slots.placesOutside(written);
    if (kept.length == 0) {
      return;
    }
    Slots fresh = Slots.of(Arrays.stream(kept).map(slots::get).toArray());
    T theirs = observations.first(slots.count());
    if (kept.length < slots.count()) {
      theirs = left.first(kept.length);
      tensors.gatherRows(observations.first(slots.count()), kept, theirs);
    }
    T keys = embedder.forward(theirs, pass);
    if (!Double.isFinite(tensors.dot(keys, keys))) {
      return;
    }
    memory.replaceKeys(fresh, keys);
    policy.renewed(fresh, embedder.version(), true);
    assigner.freshened(fresh, pass);
  }

  @Override
  public void close() {
    scope.close();
    pass.close();
  }
}
