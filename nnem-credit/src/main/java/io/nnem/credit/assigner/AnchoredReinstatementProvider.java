package io.nnem.credit.assigner;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import java.util.List;

/**
 * Offers {@code anchored-reinstatement}: approximate reinstatement that stays near the stored keys.
 */
@AutoService(CreditAssignerProvider.class)
public final class AnchoredReinstatementProvider implements CreditAssignerProvider {

  /** For the service loader. */
  public AnchoredReinstatementProvider() {}

  @Override
  public String name() {
    return "anchored-reinstatement";
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new AnchoredReinstatement<>(context);
  }

  @Override
  public boolean reinstates() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(AnchoredReinstatement.ANCHOR, CreditBudget.BUDGET);
  }
}
