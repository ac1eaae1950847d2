package io.nnem.nd4j;

import io.nnem.core.Loss;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss and its gradient, tile by tile. */
final class NativeLoss {

  private NativeLoss() {}

  static double of(
      Kernels kernels, Loss loss, INDArray predicted, INDArray target, INDArray gradient) {
    Scratch scratch = Scratch.own();
    float[] p = scratch.tile(0, Scratch.TILE);
    float[] t = scratch.tile(1, Scratch.TILE);
    int rows = Nd4jTensors.rowsOf(predicted);
    int count = rows * Nd4jTensors.columnsOf(predicted);
    long prediction = Memory.address(predicted);
    long truth = Memory.address(target);
    long slope = Memory.address(gradient);
    double sum = 0;
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      scratch.load(Memory.at(prediction, from), p, here);
      scratch.load(Memory.at(truth, from), t, here);
      sum += kernels.loss(loss, 1f / rows, here, p, t);
      scratch.store(p, here, Memory.at(slope, from));
    }
    return sum / rows;
  }
}
