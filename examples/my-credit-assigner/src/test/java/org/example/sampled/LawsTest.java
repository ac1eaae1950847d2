package org.example.sampled;

import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.testkit.CreditAssignerContract;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The laws that every credit assigner keeps, from nnem's test kit. */
class LawsTest {

  abstract static class Contract extends CreditAssignerContract<Matrix> {

    abstract String draws();

    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected CreditAssignerProvider provider() {
      return new SampledReinstatement();
    }

    @Override
    protected Optional<ReinstatementProvider> reinstatement() {
      return Optional.of(Plugins.load(ReinstatementProvider.class).get("stored"));
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("sampled-memories", draws()));
    }
  }

  @Nested
  class ThreeDraws extends Contract {
    @Override
    String draws() {
      return "3";
    }
  }

  /** With as many draws as memories nothing is left to chance: the gradient is the true one. */
  @Nested
  class AllMemories extends Contract {
    @Override
    String draws() {
      return "100";
    }

    @Override
    protected boolean isTrueWhileNothingChanged() {
      return true;
    }
  }
}
