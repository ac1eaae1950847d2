package io.nnem.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Activation;
import io.nnem.core.Loss;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors compute what the scalar loops do, at lengths that fill their lanes and that do not. */
class KernelsTest {
  private final Kernels scalar = new Kernels();
  private final Kernels vectors = KernelChoice.make("vector");
  private final Scratch scratch = Scratch.own();

  private static float[] random(int seed, int count, double low, double high) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextDouble(low, high);
    }
    return floats;
  }

  /** Both leave and return the same, but for rounding. */
  private void same(double tolerance, float[] input, BiFunction<Kernels, float[], Double> work) {
    float[] expected = input.clone();
    float[] actual = input.clone();
    double result = work.apply(scalar, expected);
    assertThat(work.apply(vectors, actual))
        .isCloseTo(result, within(tolerance * (1 + Math.abs(result))));
    for (int i = 0; i < input.length; i++) {
      double scale = 1 + Math.abs(expected[i]);
      if (Float.isNaN(expected[i])) {
        assertThat(actual[i]).as("element %d", i).isNaN();
      } else {
        assertThat((double) actual[i])
            .as("element %d of %d", i, input.length)
            .isCloseTo(expected[i], within(tolerance * scale));
      }
    }
  }

  @Test
  void vectorsAreThere() {
    assertThat(vectors.description()).startsWith("Vector API, ").endsWith(" bits");
    assertThat(scalar.description()).isEqualTo("scalar loops");
  }

  @Test
  void anUnknownChoiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelChoice.make("quick"))
        .withMessage("nnem.nd4j.kernels is \"quick\"; it must be auto, vector or scalar.");
    assertThat(KernelChoice.make("scalar").description()).isEqualTo("scalar loops");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 16, 207, 2048})
  void sumsAndMaxima(int n) {
    float[] other = random(2, n, -1, 1);
    same(1e-5, random(1, n, -1, 1), (k, a) -> k.sum(a, n));
    same(1e-5, random(1, n, -1, 1), (k, a) -> (double) k.dot(a, 0, other, 0, n));
    same(1e-5, random(1, n, -1, 1), (k, a) -> (double) k.scaleAndMax(0.7f, other, n, a));
    same(1e-5, random(1, n, -2, 2), (k, a) -> k.aboveOpposite(n, a));
    same(1e-6, random(1, n, -1, 1), (k, a) -> k.exponentials(scratch, 0.9f, 10f, n, a));
  }

  @Test
  void whatIsNearlyNothingIsNothing() {
    same(0, new float[] {-50, -100, -1e30f}, (k, a) -> k.exponentials(scratch, 0f, 1f, 3, a));
    float[] many = new float[20];
    Arrays.fill(many, -60f);
    vectors.exponentials(scratch, 0f, 1f, 20, many);
    assertThat(many).containsOnly(0f);
  }

  @Test
  void notANumberStaysVisible() {
    for (int place : new int[] {3, 18}) {
      float[] a = random(1, 20, -1, 1);
      a[place] = Float.NaN;
      float[] ones = new float[20];
      Arrays.fill(ones, 1f);
      assertThat(vectors.scaleAndMax(1f, ones, 20, a.clone())).isNaN();
      assertThat(vectors.exponentials(scratch, 0f, 1f, 20, a.clone())).isNaN();
      assertThat(vectors.sum(a, 20)).isNaN();
      for (Activation activation : Activation.values()) {
        same(
            1e-6,
            a,
            (k, out) -> {
              k.activate(scratch, activation, ones, 1, 20, out);
              return 0.0;
            });
      }
      for (Loss loss : Loss.values()) {
        float[] p = random(4, 20, 0.1, 0.9);
        p[place] = Float.NaN;
        assertThat(vectors.loss(loss, 1f, 20, p, new float[20])).isNaN();
        assertThat(p[place]).isNaN();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activationsAndSlopes(Activation activation) {
    for (int columns : new int[] {1, 13, 16, 40}) {
      float[] bias = random(3, columns, -1, 1);
      same(
          1e-6,
          random(1, 3 * columns, -60, 60),
          (k, out) -> {
            k.activate(scratch, activation, bias, 3, columns, out);
            return 0.0;
          });
      float[] matrix = random(6, 3 * columns, -1, 1);
      same(
          1e-6,
          random(1, columns, -1, 1),
          (k, sums) -> {
            k.addColumnSums(matrix, 3, columns, sums);
            return 0.0;
          });
      float[] outputs = random(5, 3 * columns, -0.5, 1);
      same(
          1e-6,
          random(1, 3 * columns, -1, 1),
          (k, gradient) -> {
            k.slope(activation, outputs, 3 * columns, gradient);
            return 0.0;
          });
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void losses(Loss loss) {
    for (int n : new int[] {1, 13, 16, 207}) {
      float[] targets = random(2, n, 0, 1);
      targets[0] = 0;
      float[] predictions = random(1, n, 0.01, 0.99);
      same(1e-5, predictions, (k, p) -> k.loss(loss, 0.25f, n, p, targets));
    }
    float[] ends = {0f, 1f, 0f, 1f, 0f, 1f, 0f, 1f, 0f, 1f, 0f, 1f, 0f, 1f, 0f, 1f};
    float[] targets = {0f, 1f, 1f, 0f, 0f, 1f, 1f, 0f, 0f, 1f, 1f, 0f, 0f, 1f, 1f, 0f};
    if (loss == Loss.BINARY_CROSS_ENTROPY) {
      assertThat(vectors.loss(loss, 1f, 16, ends.clone(), targets))
          .isCloseTo(scalar.loss(loss, 1f, 16, ends.clone(), targets), within(3.0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 16, 207})
  void adamAndProjections(int n) {
    float[] g = random(2, n, -1, 1);
    same(
        1e-6,
        random(1, n, -1, 1),
        (k, p) -> {
          float[] m = random(3, n, -0.1, 0.1);
          float[] v = random(4, n, 0, 0.1);
          k.adam(0.01f, 2f, 3f, n, g, m, v, p);
          return k.sum(m, n) + k.sum(v, n);
        });
    float[] x = random(5, 2 * n, -1, 1);
    same(
        1e-6,
        random(1, 2 * n, -1, 1),
        (k, gradient) -> {
          k.project(x, n, n, 0.3f, 1.7f, gradient);
          return 0.0;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 13, 16, 40, 64, 207})
  void rows(int n) {
    for (int rows : new int[] {1, 7, 16, 33, 64}) {
      float[] x = random(5, rows * n + scratch.lanes.length, -1, 1);
      float[] y = random(6, n + 1, -1, 1);
      float[] squares = new float[rows];
      same(
          1e-5,
          new float[rows],
          (k, out) -> {
            k.rowKernels().dots(scratch, x, rows, n, y, 1, out, squares);
            return k.sum(squares, rows);
          });
      same(
          1e-5,
          new float[rows + 1],
          (k, out) -> {
            k.rowKernels().inverseLengths(squares, rows, 1, out);
            return 0.0;
          });
      float[] weights = random(7, rows + 1, 0, 1);
      same(
          1e-5,
          random(8, n + 1, -1, 1),
          (k, out) -> {
            k.rowKernels().addWeighted(scratch, weights, 1, x, rows, n, out, 1);
            return 0.0;
          });
    }
  }

  /** Which rows share a tile, as threads divide them, changes no bits. */
  @ParameterizedTest
  @ValueSource(ints = {13, 64, 100, 207})
  void aRowIsWhatItIsAlone(int n) {
    float[] x = random(5, 33 * n, -1, 1);
    float[] y = random(6, n, -1, 1);
    float[] dots = new float[33];
    float[] squares = new float[33];
    vectors.rowKernels().dots(scratch, x, 33, n, y, 0, dots, squares);
    float[] again = new float[33];
    vectors.rowKernels().dots(scratch, x, 33, n, y, 0, again, null);
    assertThat(again).isEqualTo(dots);
    for (int i = 0; i < 33; i++) {
      assertThat(dots[i]).isEqualTo(vectors.dot(x, i * n, y, 0, n));
      assertThat(squares[i]).isEqualTo(vectors.dot(x, i * n, x, i * n, n));
    }
  }

  /**
   * The order of a sum and the rounding of a logarithm are fixed, so that the compiler, which comes
   * to a loop in the middle of a run, changes no bits.
   */
  @ParameterizedTest
  @ValueSource(ints = {16, 67, 207})
  void compilingChangesNoBits(int n) {
    float[] a = random(1, n, -1, 1);
    float[] b = random(2, n, -1, 1);
    float[] p = random(3, n, 0.01, 0.99);
    float[] t = random(4, n, 0, 1);
    double[] first = results(n, a, b, p, t);
    for (int again = 0; again < 30_000; again++) {
      assertThat(results(n, a, b, p, t)).as("call %d", again + 2).isEqualTo(first);
    }
  }

  private double[] results(int n, float[] a, float[] b, float[] p, float[] t) {
    float[] keySums = new float[1];
    float[] weights = new float[1];
    if (n % 16 == 0) {
      float[] ones = new float[n];
      Arrays.fill(ones, 1f);
      vectors.slopes(
          5f, a.clone(), b.clone(), 1, n, ones, 0, ones, ones, b, a, keySums, weights, p.clone());
    }
    float[] dots = new float[32];
    float[] squares = new float[32];
    float[] row = new float[1];
    vectors
        .rowKernels()
        .dots(scratch, a, n >= 207 ? 16 : 1, n >= 207 ? 12 : n, b, 0, dots, squares);
    vectors.rowKernels().addWeighted(scratch, a, 0, Arrays.copyOf(b, n + 64), n, 1, row, 0);
    float[] sigmoids = a.clone();
    vectors.activate(scratch, Activation.SIGMOID, b, 1, n, sigmoids);
    return new double[] {
      Arrays.hashCode(sigmoids),
      dots[0],
      squares[0],
      dots[31],
      squares[31],
      row[0],
      vectors.sum(a, n),
      vectors.dot(a, 0, b, 0, n),
      vectors.loss(Loss.BINARY_CROSS_ENTROPY, 1f, n, p.clone(), t),
      vectors.loss(Loss.SQUARED_ERROR, 1f, n, p.clone(), t),
      keySums[0],
      weights[0]
    };
  }
}
