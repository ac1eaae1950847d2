package io.nnem.nd4j;

import io.nnem.core.Activation;
import io.nnem.core.Loss;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense layer, its way back, losses and Adam. Rows are taken in blocks, so that what comes after
 * a product finds it in the cache; each thread has rows of its own.
 */
final class NativeLayer {

  /**
   * Floats of a block: it stays in the last cache. Blocks for the second one would be too small:
   * each product first packs the weights, and that is as much work for few rows as for many.
   */
  private static final int BLOCK = 1 << 22;

  private static final int FEWEST_ROWS = 64;

  /**
   * Multiplications worth a thread of their own: some 20 microseconds. Fewer would be worth it to a
   * thread that is awake, but one that sleeps takes 50 to wake.
   */
  private static final long FEWEST_PRODUCTS = 1L << 21;

  private static final int FEWEST_ELEMENTS = 1 << 15; // as long, in an update

  private final Kernels kernels;
  private final Workers workers;

  NativeLayer(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  private static long at(long matrix, long index) {
    return matrix + index * Memory.BYTES;
  }

  private static int blockRows(int columns) {
    return Math.max(FEWEST_ROWS, BLOCK / columns);
  }

  void affine(INDArray x, INDArray w, INDArray bias, Activation activation, INDArray out) {
    int columns = Nd4jTensors.columnsOf(w);
    int inputs = Nd4jTensors.columnsOf(x);
    long input = Memory.address(x);
    long weights = Memory.address(w);
    long output = Memory.address(out);
    long addend = Memory.address(bias);
    workers.split(
        Nd4jTensors.rowsOf(x),
        FEWEST_PRODUCTS / ((long) inputs * columns),
        (part, first, last) -> {
          Scratch scratch = Scratch.own();
          float[] b = scratch.tile(1, columns);
          scratch.load(addend, b, columns);
          int block = blockRows(columns);
          for (int from = first; from < last; from += block) {
            int rows = Math.min(block, last - from);
            long y = at(output, (long) from * columns);
            long from0 = at(input, (long) from * inputs);
            Blas.multiply(scratch, rows, columns, inputs, from0, weights, 0, y);
            activate(scratch, activation, b, rows, columns, y);
          }
        });
  }

  private void activate(
      Scratch scratch, Activation activation, float[] bias, int rows, int columns, long y) {
    int step = Scratch.rowsPerTile(columns);
    float[] tile = scratch.tile(0, step * columns);
    for (int from = 0; from < rows; from += step) {
      int here = Math.min(step, rows - from);
      long place = at(y, (long) from * columns);
      scratch.load(place, tile, here * columns);
      kernels.activate(scratch, activation, bias, here, columns, tile);
      scratch.store(tile, here * columns, place);
    }
  }

  void affineBackward(
      INDArray x,
      INDArray w,
      Activation activation,
      INDArray out,
      INDArray outGradient,
      INDArray wGradient,
      INDArray biasGradient,
      INDArray xGradient) {
    int rows = Nd4jTensors.rowsOf(out);
    int columns = Nd4jTensors.columnsOf(out);
    int inputs = Nd4jTensors.columnsOf(x);
    long products = (long) inputs * columns;
    long input = Memory.address(x);
    long weights = Memory.address(w);
    long output = Memory.address(out);
    long d = Memory.address(outGradient);
    long back = xGradient == null ? 0 : Memory.address(xGradient);
    long fewest = Math.max(1, FEWEST_PRODUCTS / products);
    float[][] sums = new float[workers.parts(rows, fewest)][];
    workers.split(
        rows,
        fewest,
        (part, first, last) -> {
          Scratch scratch = Scratch.own();
          sums[part] = scratch.tile(2, columns);
          Arrays.fill(sums[part], 0, columns, 0f);
          int block = blockRows(columns);
          for (int from = first; from < last; from += block) {
            int here = Math.min(block, last - from);
            long offset = (long) from * columns;
            slope(
                scratch, activation, at(output, offset), at(d, offset), here, columns, sums[part]);
            if (back != 0) {
              long result = at(back, (long) from * inputs);
              Blas.multiplySecondTransposed(
                  scratch, here, inputs, columns, at(d, offset), weights, 0, result);
            }
          }
        });
    addColumnSums(sums, columns, Memory.address(biasGradient));
    long sum = Memory.address(wGradient);
    workers.split(
        inputs,
        Math.max(FEWEST_ROWS, FEWEST_PRODUCTS / ((long) rows * columns)),
        (part, first, last) ->
            Blas.addFirstTransposed(
                Scratch.own(),
                last - first,
                columns,
                rows,
                at(input, first),
                inputs,
                d,
                at(sum, (long) first * columns)));
  }

  private void slope(
      Scratch scratch,
      Activation activation,
      long output,
      long d,
      int rows,
      int columns,
      float[] sums) {
    int step = Scratch.rowsPerTile(columns);
    float[] y = scratch.tile(0, step * columns);
    float[] gradient = scratch.tile(1, step * columns);
    for (int from = 0; from < rows; from += step) {
      int here = Math.min(step, rows - from);
      long offset = (long) from * columns;
      scratch.load(at(d, offset), gradient, here * columns);
      if (activation != Activation.LINEAR) {
        scratch.load(at(output, offset), y, here * columns);
        kernels.slope(activation, y, here * columns, gradient);
        scratch.store(gradient, here * columns, at(d, offset));
      }
      kernels.addColumnSums(gradient, here, columns, sums);
    }
  }

  private static void addColumnSums(float[][] sums, int columns, long biasGradient) {
    Scratch scratch = Scratch.own();
    float[] total = scratch.tile(0, columns);
    scratch.load(biasGradient, total, columns);
    for (float[] part : sums) {
      for (int j = 0; j < columns; j++) {
        total[j] += part[j];
      }
    }
    scratch.store(total, columns, biasGradient);
  }

  double loss(Loss loss, INDArray predicted, INDArray target, INDArray gradient) {
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
      scratch.load(at(prediction, from), p, here);
      scratch.load(at(truth, from), t, here);
      sum += kernels.loss(loss, 1f / rows, here, p, t);
      scratch.store(p, here, at(slope, from));
    }
    return sum / rows;
  }

  void adam(double rate, long step, INDArray gradient, INDArray m, INDArray v, INDArray parameter) {
    float mScale = (float) (1 / (1 - Math.pow(0.9, (double) step)));
    float vScale = (float) (1 / (1 - Math.pow(0.999, (double) step)));
    long[] places = {
      Memory.address(gradient), Memory.address(m), Memory.address(v), Memory.address(parameter)
    };
    workers.split(
        Nd4jTensors.rowsOf(parameter) * Nd4jTensors.columnsOf(parameter),
        FEWEST_ELEMENTS,
        (part, first, last) -> {
          Scratch scratch = Scratch.own();
          float[][] tiles = new float[places.length][];
          for (int from = first; from < last; from += Scratch.TILE) {
            int here = Math.min(Scratch.TILE, last - from);
            for (int i = 0; i < tiles.length; i++) {
              tiles[i] = scratch.tile(i, Scratch.TILE);
              scratch.load(at(places[i], from), tiles[i], here);
            }
            kernels.adam(
                (float) rate, mScale, vScale, here, tiles[0], tiles[1], tiles[2], tiles[3]);
            for (int i = 1; i < tiles.length; i++) {
              scratch.store(tiles[i], here, at(places[i], from));
            }
          }
        });
  }
}
