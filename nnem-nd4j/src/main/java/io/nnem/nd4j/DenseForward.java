package io.nnem.nd4j;

import io.nnem.core.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer: the product, and while it is in the cache, bias and activation. */
final class DenseForward implements Workers.Range {

  private final Kernels kernels;
  private final Workers workers;
  private Activation activation;
  private int columns;
  private int inputs;
  private long input;
  private long weights;
  private long bias;
  private long output;

  DenseForward(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  void run(INDArray x, INDArray w, INDArray b, Activation function, INDArray out) {
    activation = function;
    columns = Nd4jTensors.columnsOf(w);
    inputs = Nd4jTensors.columnsOf(x);
    input = Memory.address(x);
    weights = Memory.address(w);
    bias = Memory.address(b);
    output = Memory.address(out);
    long products = (long) inputs * columns;
    workers.split(Nd4jTensors.rowsOf(x), Operations.FEWEST_PRODUCTS / products, this);
  }

  /** Some of the rows. */
  @Override
  public void of(int part, int first, int last) {
    Scratch scratch = Scratch.own();
    float[] b = scratch.tile(1, columns);
    scratch.load(bias, b, columns);
    int block = Operations.blockRows(columns);
    for (int from = first; from < last; from += block) {
      int rows = Math.min(block, last - from);
      long x = Memory.row(input, from, inputs);
      long y = Memory.row(output, from, columns);
      Blas.multiply(scratch, rows, columns, inputs, x, weights, 0, y);
      activate(scratch, b, rows, y);
    }
  }

  private void activate(Scratch scratch, float[] b, int rows, long y) {
    int step = Scratch.rowsPerTile(columns);
    float[] tile = scratch.tile(0, step * columns);
    for (int from = 0; from < rows; from += step) {
      int here = Math.min(step, rows - from);
      long place = Memory.row(y, from, columns);
      scratch.load(place, tile, here * columns);
      kernels.activate(scratch, activation, b, here, columns, tile);
      scratch.store(tile, here * columns, place);
    }
  }
}
