package io.nnem.testkit;

import io.nnem.core.LearningRate;
import io.nnem.core.Optimiser;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Parameter;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.nd4j.Nd4jTensors;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The contract, for the optimisers that come with nnem. */
class OptimisersTest {

  private static final LearningRate COSINE = new LearningRate.Cosine(0.1, 0.01, 2, 5);

  abstract static class Of<T> extends OptimiserContract<T> {
    private final Tensors<T> tensors;
    private final OptimiserSettings settings;

    Of(Tensors<T> tensors, OptimiserSettings settings) {
      this.tensors = tensors;
      this.settings = settings;
    }

    @Override
    protected Tensors<T> tensors() {
      return tensors;
    }

    @Override
    protected <M> Optimiser<M> optimiser(Tensors<M> tensors, List<Parameter<M>> parameters) {
      return settings.create(tensors, parameters);
    }
  }

  abstract static class OnTheReference extends Of<Matrix> {
    OnTheReference(OptimiserSettings settings) {
      super(new ReferenceTensors(), settings);
    }
  }

  abstract static class OnNd4j extends Of<INDArray> {
    OnNd4j(OptimiserSettings settings) {
      super(new Nd4jTensors(1), settings);
    }
  }

  @Nested
  class Sgd extends OnTheReference {
    Sgd() {
      super(OptimiserSettings.sgd(0.1).at(COSINE));
    }
  }

  @Nested
  class Momentum extends OnTheReference {
    Momentum() {
      super(OptimiserSettings.sgd(0.1, 0.9).clippedAt(0.5));
    }
  }

  @Nested
  class Adam extends OnTheReference {
    Adam() {
      super(OptimiserSettings.adam(0.1));
    }
  }

  @Nested
  class AdamWithDecay extends OnTheReference {
    AdamWithDecay() {
      super(OptimiserSettings.adam(0.1, 0.1).at(COSINE));
    }
  }

  @Nested
  class NativeMomentum extends OnNd4j {
    NativeMomentum() {
      super(OptimiserSettings.sgd(0.1, 0.9).at(COSINE));
    }
  }

  @Nested
  class NativeAdamWithDecay extends OnNd4j {
    NativeAdamWithDecay() {
      super(OptimiserSettings.adam(0.1, 0.1).at(COSINE));
    }
  }
}
