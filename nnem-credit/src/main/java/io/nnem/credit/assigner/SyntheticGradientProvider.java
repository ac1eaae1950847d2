package io.nnem.credit.assigner;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import java.util.List;

/** Offers {@code synthetic-gradient}: credit is predicted when a memory is written. */
@AutoService(CreditAssignerProvider.class)
public final class SyntheticGradientProvider implements CreditAssignerProvider {

  /** For the service loader. */
  public SyntheticGradientProvider() {}

  @Override
  public String name() {
    return "synthetic-gradient";
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new SyntheticGradient<>(context);
  }

  @Override
  public List<Option<?>> options() {
    return List.of(
        SyntheticGradient.HIDDEN, SyntheticGradient.LEARNING_RATE, SyntheticGradient.APPLIED);
  }
}
