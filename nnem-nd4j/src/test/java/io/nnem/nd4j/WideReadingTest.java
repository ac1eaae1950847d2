package io.nnem.nd4j;

import static io.nnem.nd4j.Matrices.random;
import static io.nnem.nd4j.Matrices.same;

import io.nnem.core.Addressing;
import io.nnem.core.Scope;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Many queries at once are answered as each alone is, which another layout does. */
class WideReadingTest {

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 17, 33})
  void manyQueriesAreAnsweredAsEachAlone(int b) {
    for (Addressing addressing : new Addressing[] {Addressing.softmax(0.1), Addressing.sum()}) {
      for (int threads = 1; threads <= 2; threads++) {
        try (Nd4jTensors tensors = new Nd4jTensors(threads);
            Scope<INDArray> scope = tensors.newScope()) {
          SplittableRandom random = new SplittableRandom(b);
          int n = 5000; // several tiles, for each of two threads
          INDArray queries = random(tensors, scope.zeros(b, 20), random);
          INDArray keys = random(tensors, scope.zeros(n, 20), random);
          INDArray values = random(tensors, scope.zeros(n, 3), random);
          INDArray gradient = random(tensors, scope.zeros(b, 3), random);
          Result wide = Result.of(tensors, scope, addressing, queries, keys, values, gradient);
          INDArray keySum = scope.zeros(n, 20);
          INDArray weightSum = scope.zeros(n, 1);
          for (int i = 0; i < b; i++) {
            Result one =
                Result.of(
                    tensors,
                    scope,
                    addressing,
                    tensors.rowRange(queries, i, i + 1),
                    keys,
                    values,
                    tensors.rowRange(gradient, i, i + 1));
            same(tensors, one.summary, tensors.rowRange(wide.summary, i, i + 1));
            same(tensors, one.out, tensors.rowRange(wide.out, i, i + 1));
            same(tensors, one.queryGradient, tensors.rowRange(wide.queryGradient, i, i + 1));
            tensors.addScaled(1, one.keyGradient, keySum);
            tensors.addScaled(1, one.keyWeights, weightSum);
          }
          same(tensors, keySum, wide.keyGradient);
          same(tensors, weightSum, wide.keyWeights);
        }
      }
    }
  }

  private record Result(
      INDArray summary,
      INDArray out,
      INDArray keyGradient,
      INDArray keyWeights,
      INDArray queryGradient) {
    static Result of(
        Nd4jTensors tensors,
        Scope<INDArray> scope,
        Addressing addressing,
        INDArray queries,
        INDArray keys,
        INDArray values,
        INDArray gradient) {
      int b = tensors.rows(queries);
      int n = tensors.rows(keys);
      Result result =
          new Result(
              scope.zeros(b, 2),
              scope.zeros(b, 3),
              scope.zeros(n, 20),
              scope.zeros(n, 1),
              scope.zeros(b, 20));
      tensors.read(addressing, queries, keys, values, result.summary, result.out);
      tensors.readBackward(
          addressing,
          queries,
          keys,
          values,
          result.summary,
          result.out,
          gradient,
          result.keyGradient,
          result.keyWeights,
          result.queryGradient);
      return result;
    }
  }
}
