package io.nnem.testkit;

import io.nnem.core.Optimiser;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Parameter;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;

/** Each wrong optimiser must be caught. */
class WrongOptimisersTest extends WrongPlugins {

  abstract static class Contract extends OptimiserContract<Matrix> {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }
  }

  /** Momentum, of which nothing is saved. */
  private static class Spoiled<M> implements Optimiser<M> {
    private final Optimiser<M> right;

    Spoiled(Tensors<M> tensors, List<Parameter<M>> parameters) {
      right = OptimiserSettings.sgd(0.1, 0.9).create(tensors, parameters);
    }

    @Override
    public void step() {
      right.step();
    }

    @Override
    public void save(StateWriter out) {}

    @Override
    public void load(StateReader in) {}

    @Override
    public void close() {
      right.close();
    }
  }

  @Caught(
      by = "anOptimiserThatWasSavedAndLoaded_goesOnWithTheSameBits",
      saying = "parameters after step 1 since loading")
  static class SavesNoVelocity extends Contract {
    @Override
    protected <M> Optimiser<M> optimiser(Tensors<M> tensors, List<Parameter<M>> parameters) {
      return new Spoiled<>(tensors, parameters);
    }
  }

  @Caught(by = "aStep_goesAgainstTheGradients_andClearsThem", saying = "gradients after a step")
  static class KeepsGradients extends Contract {
    @Override
    protected <M> Optimiser<M> optimiser(Tensors<M> tensors, List<Parameter<M>> parameters) {
      return new Spoiled<>(tensors, parameters) {
        @Override
        public void step() {
          super.step();
          tensors.fill(1e-9, parameters.get(0).gradient());
        }
      };
    }
  }
}
