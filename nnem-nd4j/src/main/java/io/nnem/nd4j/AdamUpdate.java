package io.nnem.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A step of Adam, each element read and written once. */
final class AdamUpdate implements Workers.Range {

  private static final int FEWEST_ELEMENTS =
      1 << 15; // worth a thread of their own, as products are

  private final Kernels kernels;
  private final Workers workers;
  private float rate;
  private float firstScale;
  private float secondScale;
  private long gradient;
  private long first;
  private long second;
  private long parameter;

  AdamUpdate(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  void run(double size, long step, INDArray g, INDArray m, INDArray v, INDArray updated) {
    rate = (float) size;
    firstScale = (float) (1 / (1 - Math.pow(0.9, (double) step)));
    secondScale = (float) (1 / (1 - Math.pow(0.999, (double) step)));
    gradient = Memory.address(g);
    first = Memory.address(m);
    second = Memory.address(v);
    parameter = Memory.address(updated);
    int count = Nd4jTensors.rowsOf(updated) * Nd4jTensors.columnsOf(updated);
    workers.split(count, FEWEST_ELEMENTS, this);
  }

  /** Some of the elements. */
  @Override
  public void of(int part, int begin, int end) {
    Scratch scratch = Scratch.own();
    float[] g = scratch.tile(0, Scratch.TILE);
    float[] m = scratch.tile(1, Scratch.TILE);
    float[] v = scratch.tile(2, Scratch.TILE);
    float[] p = scratch.tile(3, Scratch.TILE);
    for (int from = begin; from < end; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, end - from);
      scratch.load(Memory.at(gradient, from), g, here);
      scratch.load(Memory.at(first, from), m, here);
      scratch.load(Memory.at(second, from), v, here);
      scratch.load(Memory.at(parameter, from), p, here);
      kernels.adam(rate, firstScale, secondScale, here, g, m, v, p);
      scratch.store(m, here, Memory.at(first, from));
      scratch.store(v, here, Memory.at(second, from));
      scratch.store(p, here, Memory.at(parameter, from));
    }
  }
}
