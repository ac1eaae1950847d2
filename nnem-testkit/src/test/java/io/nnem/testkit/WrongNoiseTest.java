package io.nnem.testkit;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.Uncertain;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Decoders that draw noise, or say how uncertain they are, and do it wrongly. */
class WrongNoiseTest extends WrongPlugins {

  /** Its noise goes on from draw to draw, also from those of steps that were forgotten. */
  @Caught(
      by = "whatIsForgotten_leavesNoTrace",
      saying = "loss of step 1, as against a twin that had nothing to forget")
  static class DrawsOn extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new SpoiledDecoder<>(context) {
        private int drawn;

        @Override
        public double learn(T embeddings, T observations, T embeddingGradient) {
          drawn++;
          return super.learn(embeddings, observations, embeddingGradient) * (1 + 1e-3 * drawn);
        }
      };
    }
  }

  /** A decoder that says the same of every embedding. */
  private static class Says<T> extends SpoiledDecoder<T> implements Uncertain<T> {
    private final boolean byBatch;

    Says(DecoderContext<T> context, boolean byBatch) {
      super(context);
      this.byBatch = byBatch;
    }

    @Override
    public double[] uncertainty(T embeddings) {
      double[] uncertainty = new double[tensors.rows(embeddings)];
      Arrays.fill(uncertainty, byBatch ? 1.0 / uncertainty.length : 1);
      return uncertainty;
    }
  }

  static class Right extends SpoiledDecoder.Contract {
    @Override
    public boolean isUncertain() {
      return true;
    }

    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new Says<>(context, false);
    }
  }

  @Test
  void aRightUncertainty_isNotCaught() {
    assertNotCaught(Right.class);
  }

  @Caught(
      by = "theUncertainty_isANumberForEachRow_thatDependsOnItAlone",
      saying = "uncertainty of row 0 alone, as against that within a batch")
  static class SharesUncertainty extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new Says<>(context, true);
    }
  }

  /** Nobody would know of its uncertainty before one is made. */
  @Caught(
      by = "isUncertain_ifItsProviderSaysSo",
      saying = "whether the decoder is Uncertain, as isUncertain() of its provider says")
  static class KeepsItsUncertaintyToItself extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new Says<>(context, false);
    }
  }
}
