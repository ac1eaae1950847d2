package io.nnem.nd4j;

import io.nnem.core.Activation;
import io.nnem.core.Loss;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer, its way back, losses and Adam. */
final class NativeLayer {

  private NativeLayer() {}

  static void affine(INDArray x, INDArray w, INDArray bias, Activation activation, INDArray out) {
    Scratch scratch = Scratch.own();
    int rows = Nd4jTensors.rowsOf(x);
    int columns = Nd4jTensors.columnsOf(w);
    long y = Memory.address(out);
    Blas.multiply(
        scratch,
        rows,
        columns,
        Nd4jTensors.columnsOf(x),
        Memory.address(x),
        Memory.address(w),
        0,
        y);
    float[] b = scratch.tile(1, columns);
    scratch.load(Memory.address(bias), b, columns);
    int step = Scratch.rowsPerTile(columns);
    float[] tile = scratch.tile(0, step * columns);
    for (int from = 0; from < rows; from += step) {
      int here = Math.min(step, rows - from);
      long place = y + (long) from * columns * Memory.BYTES;
      scratch.load(place, tile, here * columns);
      Kernels.activate(scratch, activation, b, here, columns, tile);
      scratch.store(tile, here * columns, place);
    }
  }

  static void affineBackward(
      INDArray x,
      INDArray w,
      Activation activation,
      INDArray out,
      INDArray outGradient,
      INDArray wGradient,
      INDArray biasGradient,
      INDArray xGradient) {
    Scratch scratch = Scratch.own();
    int rows = Nd4jTensors.rowsOf(out);
    int columns = Nd4jTensors.columnsOf(out);
    int inputs = Nd4jTensors.columnsOf(x);
    long d = Memory.address(outGradient);
    float[] sums = scratch.tile(2, columns);
    scratch.load(Memory.address(biasGradient), sums, columns);
    int step = Scratch.rowsPerTile(columns);
    float[] y = scratch.tile(0, step * columns);
    float[] gradient = scratch.tile(1, step * columns);
    for (int from = 0; from < rows; from += step) {
      int here = Math.min(step, rows - from);
      long offset = (long) from * columns * Memory.BYTES;
      scratch.load(d + offset, gradient, here * columns);
      if (activation != Activation.LINEAR) {
        scratch.load(Memory.address(out) + offset, y, here * columns);
        Kernels.slope(activation, y, here * columns, gradient);
        scratch.store(gradient, here * columns, d + offset);
      }
      Kernels.addColumnSums(gradient, here, columns, sums);
    }
    scratch.store(sums, columns, Memory.address(biasGradient));
    Blas.multiplyFirstTransposed(
        scratch, inputs, columns, rows, Memory.address(x), d, 1, Memory.address(wGradient));
    if (xGradient != null) {
      Blas.multiplySecondTransposed(
          scratch, rows, inputs, columns, d, Memory.address(w), 0, Memory.address(xGradient));
    }
  }

  static double loss(Loss loss, INDArray predicted, INDArray target, INDArray gradient) {
    Scratch scratch = Scratch.own();
    float[] p = scratch.tile(0, Scratch.TILE);
    float[] t = scratch.tile(1, Scratch.TILE);
    int rows = Nd4jTensors.rowsOf(predicted);
    int count = rows * Nd4jTensors.columnsOf(predicted);
    double sum = 0;
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      long offset = (long) from * Memory.BYTES;
      scratch.load(Memory.address(predicted) + offset, p, here);
      scratch.load(Memory.address(target) + offset, t, here);
      for (int i = 0; i < here; i++) {
        sum += loss.value(p[i], t[i]);
        p[i] = (float) (loss.slope(p[i], t[i]) / rows);
      }
      scratch.store(p, here, Memory.address(gradient) + offset);
    }
    return sum / rows;
  }

  static void adam(
      double rate, long step, INDArray gradient, INDArray m, INDArray v, INDArray parameter) {
    Scratch scratch = Scratch.own();
    float mScale = (float) (1 / (1 - Math.pow(0.9, (double) step)));
    float vScale = (float) (1 / (1 - Math.pow(0.999, (double) step)));
    float[] g = scratch.tile(0, Scratch.TILE);
    float[] first = scratch.tile(1, Scratch.TILE);
    float[] second = scratch.tile(2, Scratch.TILE);
    float[] p = scratch.tile(3, Scratch.TILE);
    int count = Nd4jTensors.rowsOf(parameter) * Nd4jTensors.columnsOf(parameter);
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      long offset = (long) from * Memory.BYTES;
      scratch.load(Memory.address(gradient) + offset, g, here);
      scratch.load(Memory.address(m) + offset, first, here);
      scratch.load(Memory.address(v) + offset, second, here);
      scratch.load(Memory.address(parameter) + offset, p, here);
      Kernels.adam((float) rate, mScale, vScale, here, g, first, second, p);
      scratch.store(first, here, Memory.address(m) + offset);
      scratch.store(second, here, Memory.address(v) + offset);
      scratch.store(p, here, Memory.address(parameter) + offset);
    }
  }
}
