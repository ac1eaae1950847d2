package io.nnem.credit.refresh;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Option;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.KeyRefresher;
import io.nnem.credit.KeyRefresherContext;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;

/**
 * Rewrites stale keys: in each step up to {@code budget} memories have their observations
 * reinstated and embedded by the embedder as the step's update has left it,
 *
 * <pre>{@code k_i <- f(x_i~; theta)}</pre>
 *
 * <p>Observations are reinstated before anything of the step is committed, by the decoder and from
 * the keys of before it, so that a failure there undoes the step. A memory that the step itself
 * gave up is not freshened, and neither is anything if the new keys are not finite.
 *
 * <p>Freshening from decoded observations goes round in a circle: {@code k <- f(D(k))}. It follows
 * the embedder, but what the decoder does not tell is lost a little more each time.
 *
 * @param <T> the matrix type
 */
final class ReembeddingRefresher<T> implements KeyRefresher<T> {

  static final Option<Integer> BUDGET =
      Option.integer("freshening-budget", 16, "keys that are embedded again in each step")
          .where(keys -> keys >= 1, "1 or more");

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Memory<T> memory;
  private final Reinstatement<T> reinstatement;
  private final RefreshPolicy policy;
  private final int budget;
  private final GrowingRows<T> keys;
  private final GrowingRows<T> observations;
  private final GrowingRows<T> left;
  private final ForwardPass<T> pass;
  private Slots chosen;
  private T reinstated;

  ReembeddingRefresher(KeyRefresherContext<T> context, RefreshPolicy policy) {
    int asked = context.options().get(BUDGET);
    this.tensors = context.tensors();
    this.embedder = context.embedder();
    this.memory = context.memory();
    this.reinstatement = context.reinstatement();
    this.policy = policy;
    this.budget = Math.min(asked, memory.capacity());
    this.keys = new GrowingRows<>(tensors, memory.keySize());
    this.observations = new GrowingRows<>(tensors, embedder.observationSize());
    this.left = new GrowingRows<>(tensors, embedder.observationSize());
    this.pass = embedder.newPass(budget);
  }

  /** Chooses, and gets the observations back. */
  @Override
  public void prepare() {
    int count = Math.min(budget, memory.size());
    Slots slots = policy.choose(count, memory.occupied(), embedder.version());
    T found = reinstatement.observations(slots, memory.keys(slots, keys), left);
    // What the step writes may come to lie where they are.
    reinstated = observations.first(count);
    tensors.copy(found, reinstated);
    chosen = slots;
  }

  @Override
  public void discard() {
    chosen = null;
  }

  @Override
  public boolean listensToReads() {
    return policy.goesByReads();
  }

  @Override
  public void onRead(Slots slots, T weights) {
    float[] numbers = new float[slots.count()];
    tensors.copyOut(weights, numbers);
    policy.read(slots, numbers);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> newKeys, T values) {
    policy.written(slots, embedder.version());
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
    if (kept.length == 0) {
      chosen = null;
    } else if (kept.length < chosen.count()) {
      T theirs = left.first(kept.length);
      tensors.gatherRows(reinstated, kept, theirs);
      reinstated = tensors.rowRange(reinstated, 0, kept.length);
      tensors.copy(theirs, reinstated);
      chosen = chosen.at(kept);
    }
  }

  @Override
  public void refresh() {
    if (chosen == null) {
      return;
    }
    Slots slots = chosen;
    chosen = null;
    T fresh = embedder.forward(reinstated, pass);
    if (Double.isFinite(tensors.dot(fresh, fresh))) {
      memory.replaceKeys(slots, NewKeys.of(pass));
      policy.refreshed(slots, embedder.version());
    }
  }

  @Override
  public void save(StateWriter out) {
    out.part("policy", policy);
  }

  @Override
  public void load(StateReader in) {
    in.part("policy", policy);
  }

  @Override
  public void close() {
    keys.close();
    observations.close();
    left.close();
    pass.close();
  }
}
