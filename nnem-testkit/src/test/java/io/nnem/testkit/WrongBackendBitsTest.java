package io.nnem.testkit;

import io.nnem.core.Activation;
import io.nnem.core.BackendProvider;
import io.nnem.core.Tensors;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Each back end with bits or a name of its own liking must be caught: laws 5 and 7. */
class WrongBackendBitsTest extends WrongPlugins {

  @Caught(
      by = "theSameCallsGiveTheSameBits",
      saying = "of the same calls has the same bits in run 2")
  static class SumsInAnyOrder extends TensorsContract<double[][]> {
    private int products;

    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void affine(
            double[][] x, double[][] w, double[][] bias, Activation activation, double[][] out) {
          super.affine(x, w, bias, activation, out);
          out[0][0] += products++ * Math.ulp(out[0][0]); // as if threads raced
        }
      };
    }
  }

  @Caught(
      by = "severalCallersGetTheBitsOfOne",
      saying = "has the bits that it has where nobody else computes")
  @Caught(
      by = "severalCallersMayReadTheSameMatrices",
      saying = "has the bits that it has where nobody else computes")
  static class FindsForWhoeverCameLast extends TensorsContract<double[][]> {
    private volatile int[] found;

    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void nearest(
            double[][] queries, double[][] keys, int k, int[] indices, float[] similarities) {
          int[] mine = new int[indices.length];
          super.nearest(queries, keys, k, mine, similarities);
          found = mine;
          LockSupport.parkNanos(20_000_000); // long enough for another caller
          System.arraycopy(found, 0, indices, 0, indices.length);
          indices[0] += found == mine ? 0 : keys.length;
        }
      };
    }
  }

  /** A back end and the name that it is registered under. */
  private record Named(String name, Tensors<?> tensors) implements BackendProvider {
    @Override
    public Tensors<?> create(int threads) {
      return tensors;
    }
  }

  abstract static class Registered extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors();
    }
  }

  static class Right extends Registered {
    @Override
    protected Optional<BackendProvider> provider() {
      return Optional.of(new Named("double-arrays", tensors()));
    }
  }

  @Test
  void aRightBackend_isNotCaught() {
    assertNotCaught(Right.class, "theSameCallsGiveTheSameBits");
    assertNotCaught(Right.class, "severalCallersGetTheBitsOfOne");
    assertNotCaught(Right.class, "severalCallersMayReadTheSameMatrices");
    assertNotCaught(Right.class, "hasAName_andOptionsWithNames");
  }

  @Caught(
      by = "hasAName_andOptionsWithNames",
      saying = "law 7: a name is lower-case letters, digits and single hyphens")
  static class HasNoProperName extends Registered {
    @Override
    protected Optional<BackendProvider> provider() {
      return Optional.of(new Named("double[][]", tensors()));
    }
  }

  @Caught(
      by = "hasAName_andOptionsWithNames",
      saying = "what the provider creates, as against what is tested")
  static class OffersAnother extends Registered {
    @Override
    protected Optional<BackendProvider> provider() {
      return Optional.of(new Named("double-arrays", new FloatArrayTensors()));
    }
  }
}
