package io.nnem.credit.assigner;

import com.google.auto.service.AutoService;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;

/** Offers {@code backprop}: forward passes are retained as long as their memories. */
@AutoService(CreditAssignerProvider.class)
public final class BackpropProvider implements CreditAssignerProvider {

  /** For the service loader. */
  public BackpropProvider() {}

  @Override
  public String name() {
    return "backprop";
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new BackPropagation<>(context);
  }
}
