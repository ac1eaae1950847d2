package io.nnem.testkit;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.Plugins;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;

/** An assigner that is right, for wrong ones to extend. */
class SpoiledAssigner<T> implements CreditAssigner<T> {

  /** The contract, for an assigner that it provides itself. */
  abstract static class Contract extends CreditAssignerContract<Matrix>
      implements CreditAssignerProvider {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected CreditAssignerProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "wrong";
    }
  }

  /** That of an assigner which claims law 2. */
  abstract static class TrueContract extends Contract {
    @Override
    protected boolean isTrueWhileNothingChanged() {
      return true;
    }
  }

  /** That of an assigner which says that it holds nothing. */
  abstract static class FrugalContract extends Contract {
    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }
  }

  final CreditContext<T> context;
  final Tensors<T> tensors;
  final Embedder<T> embedder;
  final CreditAssigner<T> right;

  SpoiledAssigner(String name, CreditContext<T> context) {
    this.context = context;
    this.tensors = context.tensors();
    this.embedder = context.embedder();
    this.right = Plugins.load(CreditAssignerProvider.class).get(name).create(context);
  }

  @Override
  public RecalledKeys<T> recall(Slots slots) {
    return right.recall(slots);
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
    right.assign(recalled, weights, keyGradient);
  }

  @Override
  public boolean embedded(ForwardPass<T> pass, T values, T embeddingGradient) {
    return right.embedded(pass, values, embeddingGradient);
  }

  @Override
  public void update() {
    right.update();
  }

  @Override
  public void discard() {
    right.discard();
  }

  @Override
  public boolean embedsAnew() {
    return right.embedsAnew();
  }

  @Override
  public void embedAnew(Slots slots, T out) {
    right.embedAnew(slots, out);
  }

  @Override
  public void beforeWrite(NewKeys<T> keys, T values) {
    right.beforeWrite(keys, values);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    right.onWrite(slots, keys, values);
  }

  @Override
  public void onReplaceKeys(Slots slots, NewKeys<T> keys) {
    right.onReplaceKeys(slots, keys);
  }

  @Override
  public void save(StateWriter out) {
    right.save(out);
  }

  @Override
  public void load(StateReader in) {
    right.load(in);
  }

  @Override
  public long retainedBytes() {
    return right.retainedBytes();
  }

  @Override
  public void close() {
    right.close();
  }

  /** Changes a parameter. */
  final void nudge() {
    T weights = embedder.parameters().get(0).value();
    tensors.set(weights, 0, 0, tensors.get(weights, 0, 0) + 0.01);
  }
}
