package io.nnem.credit.assigner;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;

/** Reads the stored keys and drops their gradients. */
final class NoCredit<T> extends StoredKeyAssigner<T> {

  NoCredit(CreditContext<T> context) {
    super(context);
  }

  @Override
  public boolean usesKeyGradient() {
    return false;
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {}

  @Override
  public long retainedBytes() {
    return 0;
  }

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}
}
