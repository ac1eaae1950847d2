package io.nnem.credit.assigner;

import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Option;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.Slots;

/**
 * A synthetic gradient when a memory is written, and reinstatement whenever it is read (Hansen
 * 2017: the methods are not mutually exclusive). With {@code s} the {@linkplain SyntheticGradient
 * synthetic gradient}'s credit and {@code r} the {@linkplain AnchoredReinstatement anchored
 * reinstatement}'s:
 *
 * <pre>{@code
 * dLoss/dTheta = synthetic-weight s + reinstatement-weight r
 * }</pre>
 *
 * <p>Each of the two stands for the whole of what a memory receives in its life, {@code s} at once
 * and {@code r} reading by reading. So the expected gradient is right if the weights add up to 1;
 * at weights of 1 and 1 every memory gets its credit twice. The gradient network learns from the
 * gradients of all keys as they are, whatever the weights.
 */
final class Hybrid<T> implements CreditAssigner<T> {

  static final Option<Double> SYNTHETIC_WEIGHT =
      weight("hybrid-synthetic-weight", "weight of the synthetic gradient; both should make 1");
  static final Option<Double> REINSTATEMENT_WEIGHT =
      weight("hybrid-reinstatement-weight", "weight of the reinstatement; both should make 1");

  private final Tensors<T> tensors;
  private final SyntheticGradient<T> synthetic;
  private final AnchoredReinstatement<T> reinstatement;
  private final double syntheticWeight;
  private final double reinstatementWeight;
  private final GrowingRows<T> weighted;

  Hybrid(CreditContext<T> context) {
    this.tensors = context.tensors();
    this.syntheticWeight = context.options().get(SYNTHETIC_WEIGHT);
    this.reinstatementWeight = context.options().get(REINSTATEMENT_WEIGHT);
    this.reinstatement = new AnchoredReinstatement<>(context);
    this.synthetic = new SyntheticGradient<>(context);
    this.weighted = new GrowingRows<>(tensors, context.memory().keySize());
  }

  private static Option<Double> weight(String name, String description) {
    return Option.number(name, 0.5, description).where(weight -> weight >= 0, "0 or above");
  }

  @Override
  public RecalledKeys<T> recall(Slots slots) {
    return reinstatement.recall(slots);
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
    synthetic.assign(recalled, weights, keyGradient);
    if (reinstatementWeight > 0) {
      T share = weighted.first(recalled.slots().count());
      tensors.copy(keyGradient, share);
      tensors.scale(reinstatementWeight, share);
      reinstatement.assign(recalled, weights, share);
    }
  }

  @Override
  public boolean embedded(ForwardPass<T> pass, T values, T embeddingGradient) {
    T share = weighted.first(pass.rows());
    tensors.fill(0, share);
    if (!synthetic.embedded(pass, values, share)) {
      return false;
    }
    tensors.addScaled(syntheticWeight, share, embeddingGradient);
    return true;
  }

  @Override
  public void update() {
    synthetic.update();
    reinstatement.update();
  }

  @Override
  public void discard() {
    synthetic.discard();
    reinstatement.discard();
  }

  @Override
  public long retainedBytes() {
    return reinstatement.retainedBytes();
  }

  @Override
  public void save(StateWriter out) {
    out.part("synthetic", synthetic);
    out.part("reinstatement", reinstatement);
  }

  @Override
  public void load(StateReader in) {
    in.part("synthetic", synthetic);
    in.part("reinstatement", reinstatement);
  }

  @Override
  public void close() {
    reinstatement.close();
    synthetic.close();
    weighted.close();
  }
}
