package io.nnem.credit.assigner;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import java.util.List;

/** Offers {@code hybrid}: synthetic gradient at the write, reinstatement at the reads. */
@AutoService(CreditAssignerProvider.class)
public final class HybridProvider implements CreditAssignerProvider {

  /** For the service loader. */
  public HybridProvider() {}

  @Override
  public String name() {
    return "hybrid";
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new Hybrid<>(context);
  }

  @Override
  public boolean reinstates() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(
        Hybrid.SYNTHETIC_WEIGHT,
        Hybrid.REINSTATEMENT_WEIGHT,
        AnchoredReinstatement.ANCHOR,
        CreditBudget.BUDGET,
        SyntheticGradient.HIDDEN,
        SyntheticGradient.LEARNING_RATE,
        SyntheticGradient.APPLIED);
  }
}
