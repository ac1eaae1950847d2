package io.nnem.credit.assigner;

import com.google.auto.service.AutoService;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;

/** Offers {@code none}: no credit through the memory. */
@AutoService(CreditAssignerProvider.class)
public final class NoneProvider implements CreditAssignerProvider {

  /** For the service loader. */
  public NoneProvider() {}

  @Override
  public String name() {
    return "none";
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new NoCredit<>(context);
  }
}
