package io.nnem.credit.assigner;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import java.util.List;

/** Offers {@code approximate-reinstatement}: memories are embedded again for credit only. */
@AutoService(CreditAssignerProvider.class)
public final class ApproximateReinstatementProvider implements CreditAssignerProvider {

  /** For the service loader. */
  public ApproximateReinstatementProvider() {}

  @Override
  public String name() {
    return "approximate-reinstatement";
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new ApproximateReinstatement<>(context);
  }

  @Override
  public boolean reinstates() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(CreditBudget.BUDGET);
  }
}
