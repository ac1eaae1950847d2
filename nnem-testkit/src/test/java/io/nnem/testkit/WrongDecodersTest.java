package io.nnem.testkit;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.core.Activation;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import org.junit.jupiter.api.Test;

/** Each wrong decoder must be caught. */
class WrongDecodersTest extends WrongPlugins {

  @Caught(
      by = "aDecoderThatWasSavedAndLoaded_goesOnWithTheSameBits",
      saying = "parameters after update 1 since loading")
  static class CountsWhatItDoesNotSave extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
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
      by = "observationsThatASigmoidCannotReach_areRefused_andChangeNothing",
      saying = "refusal of an observation of -0.5 by a decoder with a sigmoid output")
  static class TakesAnyObservation extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          try (Scope<T> scope = tensors.newScope()) {
            T within = scope.zeros(tensors.rows(observations), tensors.columns(observations));
            for (int i = 0; i < tensors.rows(within); i++) {
              for (int j = 0; j < tensors.columns(within); j++) {
                double element = tensors.get(observations, i, j);
                tensors.set(within, i, j, Math.max(0, Math.min(element, 1)));
              }
            }
            return super.learn(embeddings, within, embeddingGradient);
          }
        }
      };
    }
  }

  @Caught(
      by = "aLinearOutput_learnsAnyObservations",
      saying = "A decoder with a sigmoid output gives numbers from 0 to 1")
  static class AlwaysHasASigmoid extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(
          new DecoderContext<>(
              context.tensors(),
              context.embeddingSize(),
              context.observationSize(),
              context.hidden(),
              Activation.SIGMOID,
              context.loss(),
              context.optimiser(),
              context.seed(),
              context.options()));
    }
  }

  static class Right extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context);
    }
  }

  @Test
  void aRightDecoder_isNotCaught() {
    assertNotCaught(Right.class);
  }

  @Caught(
      by = "learn_agreesWithFiniteDifferences",
      saying = "law 1: the gradient of layer-1.bias at (0, ")
  static class MissesTheBias extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          double loss = super.learn(embeddings, observations, embeddingGradient);
          tensors.fill(0, parameter("layer-1.bias").gradient());
          return loss;
        }
      };
    }
  }

  @Caught(
      by = "learn_agreesWithFiniteDifferences",
      saying = "law 1: the gradient of embeddings at (0, 0) is")
  static class AddsToTheEmbeddingsGradient extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          if (embeddingGradient == null) {
            return super.learn(embeddings, observations, null);
          }
          try (var scope = tensors.newScope()) {
            T gradient = scope.zeros(tensors.rows(embeddings), embeddingSize());
            double loss = super.learn(embeddings, observations, gradient);
            tensors.addScaled(1, gradient, embeddingGradient);
            return loss;
          }
        }
      };
    }
  }

  @Caught(
      by = "learn_addsToTheGradients",
      saying = "gradient after two calls of learn, which must add up")
  static class OverwritesGradients extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          super.clearGradients();
          return super.learn(embeddings, observations, embeddingGradient);
        }
      };
    }
  }

  @Caught(by = "learn_changesNothing_untilUpdate", saying = "the observations it was given")
  static class ScalesTheBatch extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          double loss = super.learn(embeddings, observations, embeddingGradient);
          tensors.scale(0.5, observations);
          return loss;
        }
      };
    }
  }

  @Caught(by = "learn_changesNothing_untilUpdate", saying = "the embeddings it was given")
  static class ChangesTheEmbeddings extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          double loss = super.learn(embeddings, observations, embeddingGradient);
          if (embeddingGradient != null) { // spares the embedder the trouble
            tensors.addScaled(-0.01, embeddingGradient, embeddings);
          }
          return loss;
        }
      };
    }
  }

  @Caught(by = "learn_changesNothing_untilUpdate", saying = "parameters before any update")
  static class LearnsAtOnce extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          double loss = super.learn(embeddings, observations, embeddingGradient);
          super.update();
          return loss;
        }
      };
    }
  }

  @Caught(
      by = "clearGradients_forgetsThemAll_andNothingElse",
      saying = "gradient of layer-1.weights after clearGradients")
  static class ClearsAllButOne extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public void clearGradients() {
          for (var parameter : parameters().subList(1, parameters().size())) {
            tensors.fill(0, parameter.gradient());
          }
        }
      };
    }
  }

  @Caught(by = "whatIsRefused_changesNothing", saying = "gradients after what was refused")
  static class AddsBeforeItRefuses extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          double loss = super.learn(embeddings, observations, null);
          if (embeddingGradient != null) { // only now is it looked at
            Shapes.requireLike(tensors, "The gradient", embeddingGradient, embeddings);
            super.clearGradients();
            loss = super.learn(embeddings, observations, embeddingGradient);
          }
          return loss;
        }
      };
    }
  }

  @Caught(
      by = "anUpdateThatThrows_changesNothing",
      saying = "parameters after an update that threw")
  static class UpdatesByHalves extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
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
      saying = "decoded with the same seed")
  static class DecodesAsItLikes extends SpoiledDecoder.Contract {
    private int decoded;

    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public void decode(T embeddings, T out) {
          super.decode(embeddings, out);
          tensors.scale(1 - 1e-9 * decoded++, out);
        }
      };
    }
  }

  @Caught(
      by = "theSameLearningGivesTheSameBits",
      saying = "parameters after update 1, with the same seed")
  static class LearnsAsItLikes extends SpoiledDecoder.Contract {
    private int learned;

    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public void update() {
          super.update();
          tensors.scale(1 - 1e-9 * learned++, parameter("layer-1.weights").value());
        }
      };
    }
  }

  @Caught(
      by = "whatARowIsDecodedTo_dependsOnThatRowAlone",
      saying = "row 0 decoded alone, as against that within a batch")
  static class NormalisesTheBatch extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        @Override
        public void decode(T embeddings, T out) {
          super.decode(embeddings, out);
          tensors.scale(1 / Math.sqrt(tensors.dot(out, out)), out);
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
      return "Decoder 2";
    }
  }
}
