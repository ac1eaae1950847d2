package io.nnem.credit.assigner;

import com.google.auto.service.AutoService;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;

/** Offers {@code exact-reinstatement}: memories are embedded again, and read so. */
@AutoService(CreditAssignerProvider.class)
public final class ExactReinstatementProvider implements CreditAssignerProvider {

  /** For the service loader. */
  public ExactReinstatementProvider() {}

  @Override
  public String name() {
    return "exact-reinstatement";
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new ExactReinstatement<>(context);
  }

  @Override
  public boolean reinstates() {
    return true;
  }
}
