package io.nnem.testkit;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.Uncertain;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Decoders that draw noise, or say how uncertain they are, and do it wrongly. */
class WrongNoiseTest {

  /** Its noise goes on from draw to draw, also from those of steps that were forgotten. */
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

  @Test
  void law4_noiseThatRemembersAForgottenStep_isCaught() {
    Caught.by(
        DrawsOn.class,
        "law4_whatIsForgotten_leavesNoTrace",
        "loss of step 1, as against a twin that had nothing to forget");
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
    Caught.notByAny(Right.class);
  }

  static class SharesUncertainty extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new Says<>(context, true);
    }
  }

  /** Nobody would know of its uncertainty before one is made. */
  static class KeepsItsUncertaintyToItself extends SpoiledDecoder.Contract {
    @Override
    public <T> Decoder<T> create(DecoderContext<T> context) {
      return new Says<>(context, false);
    }
  }

  @Test
  void anUncertaintyThatTheProviderDoesNotTellOf_isCaught() {
    Caught.by(
        KeepsItsUncertaintyToItself.class,
        "isUncertain_ifItsProviderSaysSo",
        "whether the decoder is Uncertain, as isUncertain() of its provider says");
  }

  @Test
  void anUncertaintyThatDependsOnTheBatch_isCaught() {
    Caught.by(
        SharesUncertainty.class,
        "theUncertainty_isANumberForEachRow_thatDependsOnItAlone",
        "uncertainty of row 0 alone, as against that within a batch");
  }
}
