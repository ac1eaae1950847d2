package io.nnem.testkit;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.Tensors;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.Test;

/** Each wrong back end must be caught. */
class WrongBackendsTest extends WrongPlugins {

  static class Right extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors();
    }
  }

  @Test
  void aRightBackend_isNotCaught() {
    for (String test :
        new String[] {
          "affineBackward_agreesWithFiniteDifferences",
          "readBackward_agreesWithFiniteDifferences",
          "losses_agreeWithFiniteDifferences",
          "aRefusedWayBack_addsToNoGradient",
          "nearest_agreesWithTheReference",
          "nearest_ofEqualSimilarities_isTheLowerRow",
          "nearest_toNaN_comeLast",
          "nearest_ofCandidates_agreesWithTheReference",
          "nearest_ofCandidates_comesInTheSameOrder",
          "nearest_ofCandidates_refusesWhatDoesNotFit",
          "nearest_ofBytes_agreesWithTheReference",
          "nearest_ofBytes_refusesWhatDoesNotFit",
          "copies_areExact",
          "rowRange_sharesItsRows",
          "shapes_ofCopies_areChecked",
          "scope_canBeClosedTwice_andThenAllocatesNothing",
          "notFinite_inputsReachTheOutput_ofEveryActivation"
        }) {
      assertNotCaught(Right.class, test);
    }
  }

  @Caught(
      by = "affineBackward_agreesWithFiniteDifferences",
      saying = "law 1: the gradient of LINEAR bias at (0, 0) is 0.0, but finite differences give")
  @Caught(
      by = "affine_agreesWithTheReference_thereAndBack",
      saying = "LINEAR biasGradient (1 x 1) at (0, 0)")
  static class ForgetsTheBias extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void affineBackward(
            double[][] x,
            double[][] w,
            Activation activation,
            double[][] out,
            double[][] outGradient,
            double[][] wGradient,
            double[][] biasGradient,
            double[][] xGradient) {
          double[][] elsewhere = new double[1][biasGradient[0].length];
          super.affineBackward(x, w, activation, out, outGradient, wGradient, elsewhere, xGradient);
        }
      };
    }
  }

  @Caught(
      by = "readBackward_agreesWithFiniteDifferences",
      saying = "law 1: the gradient of keys, Addressing[normalisation=SOFTMAX, temperature=0.1]")
  @Caught(
      by = "reading_agreesWithTheReference_thereAndBack",
      saying = "Addressing[normalisation=SOFTMAX, temperature=0.1] keyGradient")
  static class ForgetsTheTemperature extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void readBackward(
            Addressing addressing,
            double[][] queries,
            double[][] keys,
            double[][] values,
            double[][] summary,
            double[][] out,
            double[][] outGradient,
            double[][] keyGradient,
            double[][] keyWeights,
            double[][] queryGradient) {
          super.readBackward(
              new Addressing(addressing.normalisation(), 1),
              queries,
              keys,
              values,
              summary,
              out,
              outGradient,
              keyGradient,
              keyWeights,
              queryGradient);
        }
      };
    }
  }

  @Caught(
      by = "losses_agreeWithFiniteDifferences",
      saying = "law 1: the gradient of CROSS_ENTROPY's predictions")
  static class ForgetsTheMean extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public double loss(
            Loss loss, double[][] predicted, double[][] target, double[][] gradient) {
          double value = super.loss(loss, predicted, target, gradient);
          scale(predicted.length, gradient);
          return value;
        }
      };
    }
  }

  @Caught(by = "rowRange_sharesItsRows")
  static class CopiesInsteadOfSharing extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public double[][] rowRange(double[][] matrix, int from, int to) {
          double[][] shared = super.rowRange(matrix, from, to);
          double[][] copy = new double[shared.length][];
          for (int i = 0; i < copy.length; i++) {
            copy[i] = shared[i].clone();
          }
          return copy;
        }
      };
    }
  }

  @Caught(by = "copies_areExact", saying = "outside the view of")
  static class WritesOutsideItsView extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new WritesTooFar();
    }
  }

  /** All rows lie in one array, as on a real back end, and a fill ends a row too late. */
  private static final class WritesTooFar extends DoubleArrayTensors {
    private final IdentityHashMap<double[][], double[]> next = new IdentityHashMap<>();

    @Override
    public double[][] rowRange(double[][] matrix, int from, int to) {
      double[][] range = super.rowRange(matrix, from, to);
      if (to < matrix.length) {
        next.put(range, matrix[to]);
      }
      return range;
    }

    @Override
    public void fill(double value, double[][] out) {
      super.fill(value, out);
      if (next.containsKey(out)) {
        next.get(out)[0] = value;
      }
    }
  }

  @Caught(
      by = "notFinite_inputsReachTheOutput_ofEveryActivation",
      saying = "element (7, 0) is 0.0; finite")
  static class HidesNaN extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void affine(
            double[][] x, double[][] w, double[][] bias, Activation activation, double[][] out) {
          super.affine(x, w, bias, activation, out);
          for (double[] row : out) {
            for (int j = 0; j < row.length; j++) {
              row[j] = activation == Activation.RELU && !(row[j] > 0) ? 0 : row[j];
            }
          }
        }
      };
    }
  }

  @Caught(
      by = "nearest_ofEqualSimilarities_isTheLowerRow",
      saying = "row of the nearest but 0 of query 0")
  @Caught(by = "nearest_toNaN_comeLast")
  static class PrefersTheHigherRow extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void nearest(
            double[][] queries, double[][] keys, int k, int[] indices, float[] similarities) {
          int n = keys.length;
          double[][] reversed = new double[n][];
          Arrays.setAll(reversed, i -> keys[n - 1 - i]);
          super.nearest(queries, reversed, k, indices, similarities);
          for (int i = 0; i < queries.length * k; i++) {
            indices[i] = n - 1 - indices[i];
          }
        }
      };
    }
  }

  @Caught(
      by = "nearest_agreesWithTheReference",
      saying = "error of the similarity of number 1 of the nearest to query 0")
  static class ForgetsTheKeysLength extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void nearest(
            double[][] queries, double[][] keys, int k, int[] indices, float[] similarities) {
          double[][] longer = new double[keys.length][keys[0].length + 1];
          double[][] same = new double[queries.length][keys[0].length + 1];
          for (int i = 0; i < keys.length; i++) {
            double square = 0;
            for (int j = 0; j < keys[i].length; j++) {
              longer[i][j] = keys[i][j];
              square += keys[i][j] * keys[i][j];
            }
            longer[i][keys[i].length] = Math.sqrt(Math.max(0, keys[0].length - square));
          }
          for (int i = 0; i < queries.length; i++) {
            System.arraycopy(queries[i], 0, same[i], 0, queries[i].length);
          }
          super.nearest(same, longer, k, indices, similarities);
        }
      };
    }
  }

  @Caught(
      by = "nearest_ofCandidates_agreesWithTheReference",
      saying = "similarity of number 1 of the candidates of query 0")
  static class TakesAllForCandidates extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void nearest(
            double[][] queries,
            double[][] keys,
            int[] rows,
            int[] ends,
            int k,
            int[] indices,
            float[] similarities) {
          super.nearest(queries, keys, Math.min(k, keys.length), indices, similarities);
        }
      };
    }
  }

  @Caught(
      by = "nearest_ofBytes_agreesWithTheReference",
      saying = "similarity of number 1 of the candidates of query 0")
  static class TakesBytesForUnsigned extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void nearest(
            double[][] queries,
            byte[][] blocks,
            int[] sizes,
            int[] chosen,
            int each,
            int k,
            int[] places,
            float[] similarities) {
          byte[][] halves = new byte[blocks.length][];
          for (int i = 0; i < halves.length; i++) {
            halves[i] = blocks[i].clone();
            for (int j = 0; j < halves[i].length; j++) {
              halves[i][j] = (byte) ((halves[i][j] & 0xff) / 2);
            }
          }
          super.nearest(queries, halves, sizes, chosen, each, k, places, similarities);
        }
      };
    }
  }

  @Caught(by = "notFinite_lengthsBeyondFloats_areRightOrNaN", saying = "output (3 x 1) at (0, 0)")
  static class TakesTheLargeForNothing extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void read(
            Addressing addressing,
            double[][] queries,
            double[][] keys,
            double[][] values,
            double[][] summary,
            double[][] out) {
          double[][] small = new double[keys.length][];
          for (int i = 0; i < small.length; i++) { // one over an infinite length is 0
            small[i] =
                Arrays.stream(keys[i])
                    .map(x -> Double.isInfinite((float) (x * x)) ? 0 : x)
                    .toArray();
          }
          super.read(addressing, queries, small, values, summary, out);
        }
      };
    }
  }

  @Caught(
      by = "shapes_ofCopies_areChecked",
      saying = "The destination must be 4 x 3, but it is 3 x 4.")
  static class HasWordsOfItsOwn extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void copy(double[][] source, double[][] out) {
          if (source.length != out.length) {
            throw new IllegalArgumentException("shape mismatch");
          }
          super.copy(source, out);
        }
      };
    }
  }

  @Caught(by = "scope_canBeClosedTwice_andThenAllocatesNothing")
  static class AllocatesWhenClosed extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public Scope<double[][]> newScope() {
          return new Scope<>() {
            @Override
            public double[][] zeros(int rows, int columns) {
              Shapes.requireSize(rows, columns);
              return new double[rows][columns];
            }

            @Override
            public void close() {}
          };
        }
      };
    }
  }

  @Caught(by = "scope_whenClosed_leavesMatricesThatAreRefused")
  static class UsesWhatWasReleased extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors();
    }
  }

  @Caught(by = "aRefusedWayBack_addsToNoGradient", saying = "weights' gradient")
  static class ChecksTooLate extends TensorsContract<double[][]> {
    @Override
    protected Tensors<double[][]> tensors() {
      return new DoubleArrayTensors() {
        @Override
        public void affineBackward(
            double[][] x,
            double[][] w,
            Activation activation,
            double[][] out,
            double[][] outGradient,
            double[][] wGradient,
            double[][] biasGradient,
            double[][] xGradient) {
          super.affineBackward(x, w, activation, out, outGradient, wGradient, biasGradient, null);
          if (xGradient != null) {
            Shapes.requireLike(this, "The input's gradient", xGradient, x);
            double[][] ones = new double[w.length][w[0].length];
            double[][] one = new double[1][w[0].length];
            double[][] d = new double[out.length][];
            for (int i = 0; i < d.length; i++) {
              d[i] = outGradient[i].clone();
            }
            super.affineBackward(x, w, Activation.LINEAR, out, d, ones, one, xGradient);
          }
        }
      };
    }
  }
}
