package io.nnem.nd4j;

import static io.nnem.nd4j.Matrices.random;
import static io.nnem.nd4j.Matrices.same;

import io.nnem.core.Activation;
import io.nnem.core.Scope;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer of more rows than a block has does with each what it does with few. */
class BlocksTest {

  private static final int INPUTS = 5;
  private static final int COLUMNS = 1100;
  private static final int ROWS = 2 * Operations.blockRows(COLUMNS) + 37;
  private static final int PART = 100;

  @ParameterizedTest(name = "threads {0}, seed 3")
  @ValueSource(ints = {1, 2})
  void manyRowsAreWhatPartsOfThemAre(int threads) {
    SplittableRandom random = new SplittableRandom(3);
    try (Nd4jTensors tensors = new Nd4jTensors(threads);
        Scope<INDArray> scope = tensors.newScope()) {
      INDArray x = random(tensors, scope.zeros(ROWS, INPUTS), random);
      INDArray w = random(tensors, scope.zeros(INPUTS, COLUMNS), random);
      INDArray bias = random(tensors, scope.zeros(1, COLUMNS), random);
      INDArray gradient = random(tensors, scope.zeros(ROWS, COLUMNS), random);
      INDArray partGradient = scope.zeros(ROWS, COLUMNS);
      tensors.copy(gradient, partGradient);
      Layer whole = new Layer(scope);
      Layer parts = new Layer(scope);
      whole.run(tensors, 0, ROWS, x, w, bias, gradient);
      for (int from = 0; from < ROWS; from += PART) {
        parts.run(tensors, from, Math.min(from + PART, ROWS), x, w, bias, partGradient);
      }
      same(tensors, parts.out, whole.out);
      same(tensors, partGradient, gradient);
      same(tensors, parts.inputGradient, whole.inputGradient);
      same(tensors, parts.weightsGradient, whole.weightsGradient);
      same(tensors, parts.biasGradient, whole.biasGradient);
    }
  }

  private record Layer(
      INDArray out, INDArray inputGradient, INDArray weightsGradient, INDArray biasGradient) {
    Layer(Scope<INDArray> scope) {
      this(
          scope.zeros(ROWS, COLUMNS),
          scope.zeros(ROWS, INPUTS),
          scope.zeros(INPUTS, COLUMNS),
          scope.zeros(1, COLUMNS));
    }

    /** Forward and back for some of the rows; gradients of weights and bias add up. */
    void run(
        Nd4jTensors tensors,
        int from,
        int to,
        INDArray x,
        INDArray w,
        INDArray bias,
        INDArray gradient) {
      INDArray rows = tensors.rowRange(x, from, to);
      INDArray answers = tensors.rowRange(out, from, to);
      tensors.affine(rows, w, bias, Activation.RELU, answers);
      tensors.affineBackward(
          rows,
          w,
          Activation.RELU,
          answers,
          tensors.rowRange(gradient, from, to),
          weightsGradient,
          biasGradient,
          tensors.rowRange(inputGradient, from, to));
    }
  }
}
