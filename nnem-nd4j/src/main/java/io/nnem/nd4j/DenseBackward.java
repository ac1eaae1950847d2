package io.nnem.nd4j;

import io.nnem.core.Activation;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense layer's backward pass: first what comes through the activation, with the gradients of
 * bias and input, and each thread has some of the rows; then the weights' gradient, and each has
 * some of the inputs.
 */
final class DenseBackward {

  private static final int FEWEST_INPUTS = 64;

  private final Kernels kernels;
  private final Workers workers;
  private final Workers.Range throughActivation = this::throughActivation;
  private final Workers.Range toWeights = this::toWeights;
  private final float[][] sums;
  private Activation activation;
  private int rows;
  private int columns;
  private int inputs;
  private long input;
  private long weights;
  private long output;
  private long outputGradient;
  private long weightsGradient;
  private long inputGradient; // 0 where nobody wants it

  DenseBackward(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
    this.sums = new float[workers.count()][0];
  }

  void run(
      INDArray x,
      INDArray w,
      Activation function,
      INDArray out,
      INDArray outGradient,
      INDArray wGradient,
      INDArray biasGradient,
      INDArray xGradient) {
    activation = function;
    rows = Nd4jTensors.rowsOf(out);
    columns = Nd4jTensors.columnsOf(out);
    inputs = Nd4jTensors.columnsOf(x);
    input = Memory.address(x);
    weights = Memory.address(w);
    output = Memory.address(out);
    outputGradient = Memory.address(outGradient);
    weightsGradient = Memory.address(wGradient);
    inputGradient = xGradient == null ? 0 : Memory.address(xGradient);
    long bias = Memory.address(biasGradient);
    long fewestRows = Operations.FEWEST_PRODUCTS / ((long) inputs * columns);
    workers.split(rows, fewestRows, throughActivation);
    addColumnSums(workers.parts(rows, fewestRows), bias);
    long fewestInputs = Operations.FEWEST_PRODUCTS / ((long) rows * columns);
    workers.split(inputs, Math.max(FEWEST_INPUTS, fewestInputs), toWeights);
  }

  private void throughActivation(int part, int first, int last) {
    Scratch scratch = Scratch.own();
    float[] own = Scratch.grown(sums[part], columns);
    Arrays.fill(own, 0, columns, 0f);
    sums[part] = own;
    int block = Operations.blockRows(columns);
    for (int from = first; from < last; from += block) {
      int here = Math.min(block, last - from);
      long offset = (long) from * columns;
      long d = Memory.at(outputGradient, offset);
      slope(scratch, Memory.at(output, offset), d, here, own);
      if (inputGradient != 0) {
        long result = Memory.row(inputGradient, from, inputs);
        Blas.multiplySecondTransposed(scratch, here, inputs, columns, d, weights, 0, result);
      }
    }
  }

  private void slope(Scratch scratch, long y, long d, int count, float[] columnSums) {
    int step = Scratch.rowsPerTile(columns);
    float[] outputs = scratch.tile(0, step * columns);
    float[] gradient = scratch.tile(1, step * columns);
    for (int from = 0; from < count; from += step) {
      int here = Math.min(step, count - from);
      long offset = (long) from * columns;
      scratch.load(Memory.at(d, offset), gradient, here * columns);
      if (activation != Activation.LINEAR) {
        scratch.load(Memory.at(y, offset), outputs, here * columns);
        kernels.slope(activation, outputs, here * columns, gradient);
        scratch.store(gradient, here * columns, Memory.at(d, offset));
      }
      kernels.addColumnSums(gradient, here, columns, columnSums);
    }
  }

  private void addColumnSums(int parts, long biasGradient) {
    Scratch scratch = Scratch.own();
    float[] total = scratch.tile(0, columns);
    scratch.load(biasGradient, total, columns);
    for (int part = 0; part < parts; part++) {
      for (int j = 0; j < columns; j++) {
        total[j] += sums[part][j];
      }
    }
    scratch.store(total, columns, biasGradient);
  }

  private void toWeights(int part, int first, int last) {
    Blas.addFirstTransposed(
        Scratch.own(),
        last - first,
        columns,
        rows,
        Memory.at(input, first),
        inputs,
        outputGradient,
        Memory.row(weightsGradient, first, columns));
  }
}
