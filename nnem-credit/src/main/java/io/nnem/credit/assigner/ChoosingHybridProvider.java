package io.nnem.credit.assigner;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import java.util.List;

/** Offers {@code choosing-hybrid}: each memory gets its credit where less error is expected. */
@AutoService(CreditAssignerProvider.class)
public final class ChoosingHybridProvider implements CreditAssignerProvider {

  /** For the service loader. */
  public ChoosingHybridProvider() {}

  @Override
  public String name() {
    return "choosing-hybrid";
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new ChoosingHybrid<>(context);
  }

  @Override
  public boolean reinstates() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(
        ChoosingHybrid.COST,
        AnchoredReinstatement.ANCHOR,
        CreditBudget.BUDGET,
        SyntheticGradient.HIDDEN,
        SyntheticGradient.LEARNING_RATE,
        SyntheticGradient.APPLIED);
  }
}
