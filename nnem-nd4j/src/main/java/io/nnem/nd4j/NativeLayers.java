package io.nnem.nd4j;

import io.nnem.core.Activation;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arithmetic of layers that are not dense: a row, or as many as make a tile, at a time. */
final class NativeLayers {

  private static final double EPSILON = 1e-5; // added to the variance of a row

  private NativeLayers() {}

  static void activate(Kernels kernels, Activation activation, INDArray x, INDArray out) {
    Scratch scratch = Scratch.own();
    float[] tile = scratch.tile(0, Scratch.TILE);
    float[] noBias = scratch.tile(1, Scratch.TILE);
    Arrays.fill(noBias, 0, Scratch.TILE, 0f);
    long from = Memory.address(x);
    long to = Memory.address(out);
    long count = elements(x);
    for (long first = 0; first < count; first += Scratch.TILE) {
      int here = (int) Math.min(Scratch.TILE, count - first);
      scratch.load(Memory.at(from, first), tile, here);
      kernels.activate(scratch, activation, noBias, 1, here, tile);
      scratch.store(tile, here, Memory.at(to, first));
    }
  }

  static void activateBackward(
      Kernels kernels, Activation activation, INDArray out, INDArray gradient) {
    Scratch scratch = Scratch.own();
    float[] outputs = scratch.tile(0, Scratch.TILE);
    float[] tile = scratch.tile(1, Scratch.TILE);
    long y = Memory.address(out);
    long d = Memory.address(gradient);
    long count = elements(out);
    for (long first = 0; first < count; first += Scratch.TILE) {
      int here = (int) Math.min(Scratch.TILE, count - first);
      scratch.load(Memory.at(y, first), outputs, here);
      scratch.load(Memory.at(d, first), tile, here);
      kernels.slope(activation, outputs, here, tile);
      scratch.store(tile, here, Memory.at(d, first));
    }
  }

  private static long elements(INDArray matrix) {
    return (long) Nd4jTensors.rowsOf(matrix) * Nd4jTensors.columnsOf(matrix);
  }

  static void gatherElements(INDArray source, int[] index, INDArray out) {
    int rows = Nd4jTensors.rowsOf(source);
    int columns = Nd4jTensors.columnsOf(source);
    int step = rowsAtATime(columns, index.length);
    Scratch scratch = Scratch.own();
    float[] from = scratch.tile(0, step * columns);
    float[] to = scratch.tile(1, step * index.length);
    long x = Memory.address(source);
    long y = Memory.address(out);
    for (int first = 0; first < rows; first += step) {
      int here = Math.min(step, rows - first);
      scratch.load(Memory.row(x, first, columns), from, here * columns);
      for (int i = 0; i < here; i++) {
        int row = i * columns;
        int place = i * index.length;
        for (int j = 0; j < index.length; j++) {
          to[place + j] = index[j] < 0 ? 0f : from[row + index[j]];
        }
      }
      scratch.store(to, here * index.length, Memory.row(y, first, index.length));
    }
  }

  static void addElements(INDArray source, int[] index, INDArray out) {
    int rows = Nd4jTensors.rowsOf(out);
    int columns = Nd4jTensors.columnsOf(out);
    int step = rowsAtATime(columns, index.length);
    Scratch scratch = Scratch.own();
    float[] to = scratch.tile(0, step * columns);
    float[] from = scratch.tile(1, step * index.length);
    long x = Memory.address(source);
    long y = Memory.address(out);
    for (int first = 0; first < rows; first += step) {
      int here = Math.min(step, rows - first);
      scratch.load(Memory.row(x, first, index.length), from, here * index.length);
      scratch.load(Memory.row(y, first, columns), to, here * columns);
      for (int i = 0; i < here; i++) {
        int row = i * columns;
        int place = i * index.length;
        for (int j = 0; j < index.length; j++) {
          if (index[j] >= 0) {
            to[row + index[j]] += from[place + j];
          }
        }
      }
      scratch.store(to, here * columns, Memory.row(y, first, columns));
    }
  }

  private static int rowsAtATime(int columns, int others) {
    return Scratch.rowsPerTile(Math.max(columns, Math.max(others, 1)));
  }

  static void maxGroups(INDArray x, int[] index, int group, INDArray out) {
    int columns = Nd4jTensors.columnsOf(x);
    int groups = Nd4jTensors.columnsOf(out);
    Scratch scratch = Scratch.own();
    float[] row = scratch.tile(0, columns);
    float[] best = scratch.tile(1, groups);
    for (int i = 0; i < Nd4jTensors.rowsOf(x); i++) {
      scratch.load(Memory.row(Memory.address(x), i, columns), row, columns);
      for (int j = 0; j < groups; j++) {
        best[j] = row[largest(row, index, j * group, group)];
      }
      scratch.store(best, groups, Memory.row(Memory.address(out), i, groups));
    }
  }

  static void maxGroupsBackward(
      INDArray x, int[] index, int group, INDArray outGradient, INDArray xGradient) {
    int columns = Nd4jTensors.columnsOf(x);
    int groups = Nd4jTensors.columnsOf(outGradient);
    Scratch scratch = Scratch.own();
    float[] row = scratch.tile(0, columns);
    float[] gradient = scratch.tile(1, groups);
    float[] result = scratch.tile(2, columns);
    for (int i = 0; i < Nd4jTensors.rowsOf(x); i++) {
      scratch.load(Memory.row(Memory.address(x), i, columns), row, columns);
      scratch.load(Memory.row(Memory.address(outGradient), i, groups), gradient, groups);
      Arrays.fill(result, 0, columns, 0f);
      for (int j = 0; j < groups; j++) {
        result[largest(row, index, j * group, group)] += gradient[j];
      }
      scratch.store(result, columns, Memory.row(Memory.address(xGradient), i, columns));
    }
  }

  private static int largest(float[] row, int[] index, int from, int group) {
    int best = index[from];
    for (int g = 1; g < group; g++) {
      float element = row[index[from + g]];
      if (element > row[best] || Float.isNaN(element)) {
        best = index[from + g];
      }
    }
    return best;
  }

  static void normaliseRows(INDArray x, INDArray gain, INDArray bias, INDArray out) {
    int columns = Nd4jTensors.columnsOf(x);
    Scratch scratch = Scratch.own();
    float[] row = scratch.tile(0, columns);
    float[] gains = scratch.tile(1, columns);
    float[] biases = scratch.tile(2, columns);
    scratch.load(Memory.address(gain), gains, columns);
    scratch.load(Memory.address(bias), biases, columns);
    for (int i = 0; i < Nd4jTensors.rowsOf(x); i++) {
      scratch.load(Memory.row(Memory.address(x), i, columns), row, columns);
      normalise(row, columns);
      for (int j = 0; j < columns; j++) {
        row[j] = gains[j] * row[j] + biases[j];
      }
      scratch.store(row, columns, Memory.row(Memory.address(out), i, columns));
    }
  }

  static void normaliseRowsBackward(
      INDArray x,
      INDArray gain,
      INDArray outGradient,
      INDArray gainGradient,
      INDArray biasGradient,
      INDArray xGradient) {
    int columns = Nd4jTensors.columnsOf(x);
    Scratch scratch = Scratch.own();
    float[] row = scratch.tile(0, columns);
    float[] gradient = scratch.tile(1, columns);
    float[] gains = scratch.tile(2, columns);
    float[] gainSums = scratch.tile(3, columns);
    float[] biasSums = scratch.tile(4, columns);
    scratch.load(Memory.address(gain), gains, columns);
    scratch.load(Memory.address(gainGradient), gainSums, columns);
    scratch.load(Memory.address(biasGradient), biasSums, columns);
    for (int i = 0; i < Nd4jTensors.rowsOf(x); i++) {
      scratch.load(Memory.row(Memory.address(x), i, columns), row, columns);
      scratch.load(Memory.row(Memory.address(outGradient), i, columns), gradient, columns);
      double deviation = normalise(row, columns);
      double sum = 0;
      double product = 0;
      for (int j = 0; j < columns; j++) {
        gainSums[j] += gradient[j] * row[j];
        biasSums[j] += gradient[j];
        gradient[j] *= gains[j];
        sum += gradient[j];
        product += (double) gradient[j] * row[j];
      }
      if (xGradient != null) {
        for (int j = 0; j < columns; j++) {
          row[j] = (float) ((gradient[j] - (sum + row[j] * product) / columns) / deviation);
        }
        scratch.store(row, columns, Memory.row(Memory.address(xGradient), i, columns));
      }
    }
    scratch.store(gainSums, columns, Memory.address(gainGradient));
    scratch.store(biasSums, columns, Memory.address(biasGradient));
  }

  /** Gives a row mean 0 and variance 1; returns what it was divided by. */
  private static double normalise(float[] row, int columns) {
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += row[j];
    }
    double mean = sum / columns;
    double squares = 0;
    for (int j = 0; j < columns; j++) {
      squares += (row[j] - mean) * (row[j] - mean);
    }
    double deviation = Math.sqrt(squares / columns + EPSILON);
    for (int j = 0; j < columns; j++) {
      row[j] = (float) ((row[j] - mean) / deviation);
    }
    return deviation;
  }
}
