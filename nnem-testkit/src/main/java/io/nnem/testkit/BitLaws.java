package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.BackendProvider;
import io.nnem.core.Loss;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What {@link TensorsContract} asks of bits and names: laws 5 and 7. */
abstract class BitLaws<T> extends NotFiniteLaws<T> {

  /**
   * The provider of the back end, for its name.
   *
   * @return empty unless overridden; law 7 is skipped then
   */
  protected Optional<BackendProvider> provider() {
    return Optional.empty();
  }

  /** Large enough for a back end to share the work among its threads. */
  @Law(
      number = 5,
      holds =
          "a layer, a reading, the backward passes and an update, large enough to be shared among threads, three times")
  final void theSameCallsGiveTheSameBits() {
    List<double[]> first = learn();
    for (int again = 2; again <= 3; again++) {
      List<double[]> results = learn();
      for (int i = 0; i < first.size(); i++) {
        assertThat(Arrays.equals(results.get(i), first.get(i)))
            .as(
                "law 5: result %d of the same calls has the same bits in run %d, with seed %d",
                i, again, TestSeed.get())
            .isTrue();
      }
    }
  }

  /** A layer, a reading and an update, on a back end of its own; all that they computed. */
  private List<double[]> learn() {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "bits")) {
      int rows = 207;
      T x = bench.random("x", rows, 301, -1, 1).mine();
      T w = bench.random("w", 301, 67, -1, 1).mine();
      T bias = bench.random("bias", 1, 67, -1, 1).mine();
      T out = bench.zeros("output", rows, 67).mine();
      bench.mine.affine(x, w, bias, Activation.SIGMOID, out);
      T keys = bench.random("keys", 1025, 67, -1, 1).mine();
      T values = bench.random("values", 1025, 3, 0, 1).mine();
      T summary = bench.zeros("summary", rows, 2).mine();
      T answers = bench.zeros("answers", rows, 3).mine();
      Addressing addressing = Addressing.softmax(0.1);
      bench.mine.read(addressing, out, keys, values, summary, answers);
      T targets = bench.random("targets", rows, 3, 0, 1).mine();
      T gradient = bench.zeros("gradient", rows, 3).mine();
      double loss = bench.mine.loss(Loss.SQUARED_ERROR, answers, targets, gradient);
      T keyGradient = bench.zeros("keyGradient", 1025, 67).mine();
      T keyWeights = bench.zeros("keyWeights", 1025, 1).mine();
      T outGradient = bench.zeros("outGradient", rows, 67).mine();
      bench.mine.readBackward(
          addressing,
          out,
          keys,
          values,
          summary,
          answers,
          gradient,
          keyGradient,
          keyWeights,
          outGradient);
      T wGradient = bench.zeros("wGradient", 301, 67).mine();
      T biasGradient = bench.zeros("biasGradient", 1, 67).mine();
      T xGradient = bench.zeros("xGradient", rows, 301).mine();
      bench.mine.affineBackward(
          x, w, Activation.SIGMOID, out, outGradient, wGradient, biasGradient, xGradient);
      double dot = bench.mine.dot(wGradient, wGradient);
      T first = bench.zeros("first moment", 301, 67).mine();
      T second = bench.zeros("second moment", 301, 67).mine();
      bench.mine.adam(0.01, 1, wGradient, first, second, w);
      int[] rowsFound = new int[5 * rows];
      float[] similarities = new float[5 * rows];
      bench.mine.nearest(out, keys, 5, rowsFound, similarities);
      List<double[]> results = new ArrayList<>(List.of(new double[] {loss, dot}));
      results.add(Arrays.stream(rowsFound).asDoubleStream().toArray());
      results.add(IntStream.range(0, 5 * rows).mapToDouble(i -> similarities[i]).toArray());
      for (T matrix :
          List.of(
              out, answers, keyGradient, keyWeights, biasGradient, xGradient, first, second, w)) {
        results.add(Matrices.elements(bench.mine, matrix));
      }
      return results;
    }
  }

  @Law(
      number = 7,
      holds =
          "a name that can be asked for, of the back end that is tested; for tests that name a provider")
  final void hasAName_andOptionsWithNames() {
    assumeTrue(provider().isPresent(), "the test names no provider of the back end");
    BackendProvider provider = provider().orElseThrow();
    Names.check(provider, Options.none());
    Tensors<?> created = provider.create(1);
    assertThat(created)
        .as("what the provider creates, as against what is tested")
        .hasSameClassAs(tensors());
    created.close();
    assertThatCode(created::close).as("closing twice").doesNotThrowAnyException();
  }
}
