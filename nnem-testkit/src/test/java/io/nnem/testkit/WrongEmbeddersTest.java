package io.nnem.testkit;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import org.junit.jupiter.api.Test;

/** Each wrong embedder must be caught, in the test that is named after the law it breaks. */
class WrongEmbeddersTest {

  static class Right extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context);
    }
  }

  @Test
  void aRightEmbedder_isNotCaught() {
    Caught.notByAny(Right.class);
  }

  static class IsOffByAFactor extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void backward(ForwardPass<T> pass, T embeddingGradient) {
          super.backward(pass, embeddingGradient);
          right.parameters().forEach(p -> tensors.scale(1.0 / pass.rows(), p.gradient()));
        }
      };
    }
  }

  @Test
  void law1_aGradientOffByAFactor_isCaught() {
    Caught.by(
        IsOffByAFactor.class,
        "law1_backward_agreesWithFiniteDifferences",
        "law 1: the gradient of layer-1.weights at (0, ");
  }

  static class MissesTheBias extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void backward(ForwardPass<T> pass, T embeddingGradient) {
          super.backward(pass, embeddingGradient);
          tensors.fill(0, parameter("layer-2.bias").gradient());
        }
      };
    }
  }

  @Test
  void law1_aForgottenBiasGradient_isCaught() {
    Caught.by(
        MissesTheBias.class,
        "law1_backward_agreesWithFiniteDifferences",
        "law 1: the gradient of layer-2.bias at (0, 0) is 0.0, but finite differences give");
  }

  static class OverwritesGradients extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void backward(ForwardPass<T> pass, T embeddingGradient) {
          super.clearGradients();
          super.backward(pass, embeddingGradient);
        }
      };
    }
  }

  @Test
  void law1_gradientsThatAreOverwritten_areCaught() {
    Caught.by(
        OverwritesGradients.class,
        "law1_backward_adds_andLeavesTheGradientItWasGiven",
        "gradient after two ways back, which must add up");
  }

  static class ScalesWhatItIsGiven extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void backward(ForwardPass<T> pass, T embeddingGradient) {
          super.backward(pass, embeddingGradient);
          tensors.scale(1 + 1e-14, embeddingGradient);
        }
      };
    }
  }

  @Test
  void law1_aGradientWrittenTo_isCaught() {
    Caught.by(
        ScalesWhatItIsGiven.class,
        "law1_backward_adds_andLeavesTheGradientItWasGiven",
        "the gradient that was given");
  }

  static class NormalisesTheBatch extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void embed(T observations, T out) {
          super.embed(observations, out);
          tensors.scale(1 / Math.sqrt(tensors.dot(out, out)), out);
        }
      };
    }
  }

  @Test
  void law2_anEmbeddingThatDependsOnItsBatch_isCaught() {
    Caught.by(
        NormalisesTheBatch.class,
        "law2_aRowsEmbedding_dependsOnThatRowAlone",
        "embedding of row 0 alone, as against that within a batch");
  }

  static class SharesPasses extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        private final ForwardPass<T> one = right.newPass(2100);

        @Override
        public ForwardPass<T> newPass(int capacity) {
          return new SharedPass<>(one, capacity);
        }

        @Override
        public T forward(T observations, ForwardPass<T> pass) {
          return super.forward(observations, one);
        }

        @Override
        public void backward(ForwardPass<T> pass, T embeddingGradient) {
          super.backward(one, embeddingGradient);
        }

        @Override
        public void close() {
          one.close();
          super.close();
        }
      };
    }
  }

  @Test
  void law2_oneRetainedPassForAll_isCaught() {
    Caught.by(
        SharesPasses.class,
        "law2_retainedPasses_giveTheSameGradients",
        "must have room of its own");
  }

  static class AddsBeforeItRefuses extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void backward(ForwardPass<T> pass, T embeddingGradient) {
          T bias = parameter("layer-1.bias").gradient();
          tensors.set(bias, 0, 0, tensors.get(bias, 0, 0) + 1e-12);
          super.backward(pass, embeddingGradient);
        }
      };
    }
  }

  @Test
  void law4_aGradientAddedByWhatIsRefused_isCaught() {
    Caught.by(
        AddsBeforeItRefuses.class,
        "law4_whatIsRefused_changesNothing",
        "gradients after what was refused");
  }

  static class ClearsAllButOne extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void clearGradients() {
          for (var parameter : parameters().subList(0, parameters().size() - 1)) {
            tensors.fill(0, parameter.gradient());
          }
        }
      };
    }
  }

  @Test
  void law4_aGradientThatIsNotForgotten_isCaught() {
    Caught.by(
        ClearsAllButOne.class,
        "law4_clearGradients_forgetsThemAll_andNothingElse",
        "gradient of layer-2.bias after clearGradients");
  }

  static class UpdatesByHalves extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void update() {
          for (var parameter : parameters()) { // each is looked at when its turn comes
            if (!Double.isFinite(tensors.dot(parameter.gradient(), parameter.gradient()))) {
              throw new IllegalStateException("The gradient of " + parameter.name() + " is NaN.");
            }
            tensors.addScaled(-0.01, parameter.gradient(), parameter.value());
          }
        }
      };
    }
  }

  @Test
  void law4_anUpdateByHalves_isCaught() {
    Caught.by(
        UpdatesByHalves.class,
        "law4_anUpdateThatThrows_changesNothing",
        "parameters after an update that threw");
  }

  static class DrawsWithoutItsSeed extends SpoiledEmbedder.Contract {
    private int embedders;

    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      embedders++;
      return new SpoiledEmbedder<>(context) {
        {
          T weights = parameter("layer-1.weights").value();
          tensors.set(weights, 0, 0, embedders);
        }
      };
    }
  }

  @Test
  void law5_parametersThatDependOnMoreThanTheSeed_areCaught() {
    Caught.by(
        DrawsWithoutItsSeed.class,
        "law5_theSameSeedGivesTheSameBits_andAnotherOthers",
        "embeddings with the same seed");
  }

  static class LearnsAtItsOwnPace extends SpoiledEmbedder.Contract {
    private int updates;

    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        @Override
        public void update() {
          super.update();
          tensors.scale(1 - 1e-9 * updates++, parameter("layer-1.weights").value());
        }
      };
    }
  }

  @Test
  void law5_anUpdateThatDependsOnMoreThanTheSeed_isCaught() {
    Caught.by(
        LearnsAtItsOwnPace.class,
        "law5_theSameGradientsGiveTheSameBits",
        "parameters and embeddings after three updates, with the same seed");
  }

  static class CountsWhatItDoesNotSave extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context) {
        private int updates;

        @Override
        public void update() {
          super.update();
          tensors.scale(1 - 1e-9 * updates++, parameter("layer-1.weights").value());
        }
      };
    }
  }

  @Test
  void law5_aCountThatIsNotSaved_isCaught() {
    Caught.by(
        CountsWhatItDoesNotSave.class,
        "law5_anEmbedderThatWasSavedAndLoaded_goesOnWithTheSameBits",
        "parameters and embeddings after three updates since loading");
  }

  static class HasNoProperName extends Right {
    @Override
    public String name() {
      return "my_embedder";
    }
  }

  @Test
  void law7_aNameThatCannotBeAskedFor_isCaught() {
    Caught.by(
        HasNoProperName.class,
        "law7_hasAName_andOptionsWithNames",
        "law 7: a name is lower-case letters, digits and single hyphens");
  }
}
