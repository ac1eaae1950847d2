package io.nnem.testkit;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import org.junit.jupiter.api.Test;

/** Each wrong embedder must be caught. */
class WrongEmbeddersTest extends WrongPlugins {

  static class Right extends SpoiledEmbedder.Contract {
    @Override
    public <T> Embedder<T> create(EmbedderContext<T> context) {
      return new SpoiledEmbedder<>(context);
    }
  }

  @Test
  void aRightEmbedder_isNotCaught() {
    assertNotCaught(Right.class);
  }

  @Caught(
      by = "backward_agreesWithFiniteDifferences",
      saying = "law 1: the gradient of layer-1.weights at (0, ")
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

  @Caught(
      by = "backward_agreesWithFiniteDifferences",
      saying = "law 1: the gradient of layer-2.bias at (0, 0) is 0.0, but finite differences give")
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

  @Caught(
      by = "backward_adds_andLeavesTheGradientItWasGiven",
      saying = "gradient after two ways back, which must add up")
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

  @Caught(
      by = "backward_adds_andLeavesTheGradientItWasGiven",
      saying = "the gradient that was given")
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

  @Caught(
      by = "aRowsEmbedding_dependsOnThatRowAlone",
      saying = "embedding of row 0 alone, as against that within a batch")
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

  @Caught(by = "retainedPasses_giveTheSameGradients", saying = "must have room of its own")
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

  @Caught(by = "whatIsRefused_changesNothing", saying = "gradients after what was refused")
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

  @Caught(
      by = "clearGradients_forgetsThemAll_andNothingElse",
      saying = "gradient of layer-2.bias after clearGradients")
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

  @Caught(
      by = "anUpdateThatThrows_changesNothing",
      saying = "parameters after an update that threw")
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

  @Caught(
      by = "theSameSeedGivesTheSameBits_andAnotherOthers",
      saying = "embeddings with the same seed")
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

  @Caught(
      by = "theSameGradientsGiveTheSameBits",
      saying = "parameters and embeddings after three updates, with the same seed")
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

  @Caught(
      by = "anEmbedderThatWasSavedAndLoaded_goesOnWithTheSameBits",
      saying = "parameters and embeddings after three updates since loading")
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

  @Caught(
      by = "hasAName_andOptionsWithNames",
      saying = "law 7: a name is lower-case letters, digits and single hyphens")
  static class HasNoProperName extends Right {
    @Override
    public String name() {
      return "my_embedder";
    }
  }
}
