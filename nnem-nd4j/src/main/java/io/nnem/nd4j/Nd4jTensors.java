package io.nnem.nd4j;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.Tensors;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_full;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arithmetic on ND4J's float matrices: OpenBLAS for products, fused loops over tiles for the rest.
 */
public final class Nd4jTensors implements Tensors<INDArray> {

  private static final Cleaner FORGOTTEN = Cleaner.create();

  private final Kernels kernels;
  private final int count;
  private final ThreadLocal<Operations> operations;
  private final Cleaner.Cleanable threads;
  private volatile boolean closed;

  /**
   * Loads the native libraries, and starts the back end's threads; they end when it is closed, or
   * forgotten. Loops use the Vector API where its module is present, unless {@code
   * -Dnnem.nd4j.kernels=scalar} says otherwise.
   *
   * <p>OpenBLAS is told to use no thread but the caller's. That holds for the whole process, for
   * whoever else uses ND4J or OpenBLAS in it too, and stays so when the back end is closed.
   *
   * @param threads how many threads an operation may use, the caller's among them; at least 1
   * @throws IllegalArgumentException if there is less than one thread
   */
  public Nd4jTensors(int threads) {
    this(threads, KernelChoice.made());
  }

  private Nd4jTensors(int threads, Kernels kernels) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "The back end needs at least one thread, but " + threads + " were asked for.");
    }
    Nd4j.getBackend();
    openblas_full.openblas_set_num_threads(1);
    this.kernels = kernels;
    this.count = threads;
    Workers workers = new Workers(threads);
    this.operations = ThreadLocal.withInitial(() -> new Operations(kernels, workers));
    this.threads = FORGOTTEN.register(this, workers::close);
  }

  /**
   * A back end whose loops are plain, whether or not the Vector API is there.
   *
   * @param threads how many threads an operation may use
   * @return the back end
   * @throws IllegalArgumentException if there is less than one thread
   */
  public static Nd4jTensors scalar(int threads) {
    return new Nd4jTensors(threads, new Kernels());
  }

  @Override
  public String description() {
    return "nd4j: "
        + openblas_full.openblas_get_config().getString().trim()
        + ", "
        + kernels.description()
        + ", "
        + count
        + (count == 1 ? " thread" : " threads");
  }

  /** Refuses to go on where the back end is closed. */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The back end is closed; create a new one.");
    }
  }

  private Scratch scratch() {
    requireOpen();
    return Scratch.own();
  }

  private Operations operations() {
    requireOpen();
    return operations.get();
  }

  @Override
  public void close() {
    closed = true;
    threads.clean();
  }

  @Override
  public int elementBytes() {
    return Float.BYTES;
  }

  @Override
  public Scope<INDArray> newScope() {
    requireOpen();
    return new Nd4jScope(this);
  }

  static int rowsOf(INDArray matrix) {
    return (int) matrix.size(0);
  }

  static int columnsOf(INDArray matrix) {
    return (int) matrix.size(1);
  }

  @Override
  public int rows(INDArray matrix) {
    return rowsOf(matrix);
  }

  @Override
  public int columns(INDArray matrix) {
    return columnsOf(matrix);
  }

  private static int elements(INDArray matrix) {
    return Math.multiplyExact(rowsOf(matrix), columnsOf(matrix));
  }

  @Override
  public INDArray rowRange(INDArray matrix, int from, int to) {
    int rows = rowsOf(matrix);
    Shapes.requireRange(from, to, rows);
    requireOpen();
    Memory.address(matrix); // refuses what is released, or laid out otherwise
    if (to - from == rows) {
      return matrix;
    }
    long columns = matrix.size(1);
    return Nd4j.create(
        matrix.data(),
        new long[] {to - from, columns},
        new long[] {columns, 1},
        matrix.offset() + from * columns,
        'c');
  }

  private static long element(INDArray matrix, int row, int column) {
    Shapes.requireElement(row, column, rowsOf(matrix), columnsOf(matrix));
    return Memory.at(Memory.address(matrix), (long) row * columnsOf(matrix) + column);
  }

  @Override
  public double get(INDArray matrix, int row, int column) {
    return scratch().first.at(element(matrix, row, column)).get();
  }

  @Override
  public void set(INDArray matrix, int row, int column, double value) {
    scratch().first.at(element(matrix, row, column)).put((float) value);
  }

  @Override
  public void copyIn(float[] source, INDArray out) {
    Shapes.requireRoom(source.length, rowsOf(out), columnsOf(out));
    scratch().store(source, elements(out), Memory.address(out));
  }

  @Override
  public void copyOut(INDArray matrix, float[] out) {
    Shapes.requireRoom(out.length, rowsOf(matrix), columnsOf(matrix));
    scratch().load(Memory.address(matrix), out, elements(matrix));
  }

  @Override
  public void copyIn(double[] source, INDArray out) {
    Shapes.requireRoom(source.length, rowsOf(out), columnsOf(out));
    Scratch scratch = scratch();
    float[] tile = scratch.tile(0, Scratch.TILE);
    long address = Memory.address(out);
    int count = elements(out);
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      for (int i = 0; i < here; i++) {
        tile[i] = (float) source[from + i];
      }
      scratch.store(tile, here, Memory.at(address, from));
    }
  }

  @Override
  public void copyOut(INDArray matrix, double[] out) {
    Shapes.requireRoom(out.length, rowsOf(matrix), columnsOf(matrix));
    Scratch scratch = scratch();
    float[] tile = scratch.tile(0, Scratch.TILE);
    long address = Memory.address(matrix);
    int count = elements(matrix);
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      scratch.load(Memory.at(address, from), tile, here);
      for (int i = 0; i < here; i++) {
        out[from + i] = tile[i];
      }
    }
  }

  @Override
  public void fill(double value, INDArray out) {
    Scratch scratch = scratch();
    if (value == 0) {
      Pointer.memset(scratch.first.of(out), 0, (long) elements(out) * Memory.BYTES);
      return;
    }
    float[] tile = scratch.tile(0, Scratch.TILE);
    Arrays.fill(tile, 0, Scratch.TILE, (float) value);
    long address = Memory.address(out);
    int count = elements(out);
    for (int from = 0; from < count; from += Scratch.TILE) {
      scratch.store(tile, Math.min(Scratch.TILE, count - from), Memory.at(address, from));
    }
  }

  @Override
  public void copy(INDArray source, INDArray out) {
    Shapes.requireLike(this, "The destination", out, source);
    Scratch scratch = scratch();
    Pointer.memcpy(
        scratch.first.of(out), scratch.second.of(source), (long) elements(out) * Memory.BYTES);
  }

  @Override
  public void gatherRows(INDArray source, int[] rows, INDArray out) {
    Shapes.requireColumns(this, "The destination", out, columnsOf(source));
    Shapes.requireRows(rows, rowsOf(out), rowsOf(source));
    long from = Memory.address(source);
    long to = Memory.address(out);
    long rowBytes = (long) columnsOf(out) * Memory.BYTES;
    Scratch scratch = scratch();
    for (int i = 0; i < rows.length; i++) {
      Pointer.memcpy(
          scratch.first.at(to + i * rowBytes),
          scratch.second.at(from + rows[i] * rowBytes),
          rowBytes);
    }
  }

  @Override
  public void scatterRows(INDArray source, int[] rows, INDArray out) {
    Shapes.requireColumns(this, "The destination", out, columnsOf(source));
    Shapes.requireRows(rows, rowsOf(source), rowsOf(out));
    long from = Memory.address(source);
    long to = Memory.address(out);
    long rowBytes = (long) columnsOf(out) * Memory.BYTES;
    Scratch scratch = scratch();
    for (int i = 0; i < rows.length; i++) {
      Pointer.memcpy(
          scratch.first.at(to + rows[i] * rowBytes),
          scratch.second.at(from + i * rowBytes),
          rowBytes);
    }
  }

  @Override
  public void copyColumns(INDArray source, int column, INDArray out) {
    Shapes.requireColumnRange(this, source, column, out);
    long from = Memory.address(source);
    long to = Memory.at(Memory.address(out), column);
    long sourceBytes = (long) columnsOf(source) * Memory.BYTES;
    long outBytes = (long) columnsOf(out) * Memory.BYTES;
    Scratch scratch = scratch();
    for (int i = 0; i < rowsOf(source); i++) {
      Pointer.memcpy(
          scratch.first.at(to + i * outBytes),
          scratch.second.at(from + i * sourceBytes),
          sourceBytes);
    }
  }

  @Override
  public void scale(double factor, INDArray out) {
    Scratch scratch = scratch();
    float[] tile = scratch.tile(0, Scratch.TILE);
    long address = Memory.address(out);
    int count = elements(out);
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      scratch.load(Memory.at(address, from), tile, here);
      kernels.scale((float) factor, here, tile);
      scratch.store(tile, here, Memory.at(address, from));
    }
  }

  @Override
  public void addScaled(double factor, INDArray source, INDArray out) {
    Shapes.requireLike(this, "The destination", out, source);
    Scratch scratch = scratch();
    float[] a = scratch.tile(0, Scratch.TILE);
    float[] b = scratch.tile(1, Scratch.TILE);
    long to = Memory.address(out);
    long other = Memory.address(source);
    int count = elements(out);
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      scratch.load(Memory.at(to, from), a, here);
      scratch.load(Memory.at(other, from), b, here);
      kernels.addScaled((float) factor, b, here, a);
      scratch.store(a, here, Memory.at(to, from));
    }
  }

  @Override
  public double dot(INDArray a, INDArray b) {
    Shapes.requireLike(this, "The second factor", b, a);
    Scratch scratch = scratch();
    long first = Memory.address(a);
    long second = Memory.address(b);
    int count = elements(a);
    double sum = 0; // of blocks, so that digits are kept
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      sum += Blas.dot(scratch, here, Memory.at(first, from), Memory.at(second, from));
    }
    return sum;
  }

  @Override
  public void argMaxRows(INDArray matrix, int[] out) {
    int rows = rowsOf(matrix);
    int columns = columnsOf(matrix);
    Shapes.requireRoom(out.length, rows, 1);
    Scratch scratch = scratch();
    float[] row = scratch.tile(0, columns);
    long address = Memory.address(matrix);
    for (int i = 0; i < rows; i++) {
      scratch.load(Memory.row(address, i, columns), row, columns);
      int best = 0;
      for (int j = 1; j < columns; j++) {
        if (row[j] > row[best]) {
          best = j;
        }
      }
      out[i] = best;
    }
  }

  @Override
  public void affine(INDArray x, INDArray w, INDArray bias, Activation activation, INDArray out) {
    Shapes.requireAffine(this, x, w, bias, out);
    operations().dense.run(x, w, bias, activation, out);
  }

  @Override
  public void affineBackward(
      INDArray x,
      INDArray w,
      Activation activation,
      INDArray out,
      INDArray outGradient,
      INDArray wGradient,
      INDArray biasGradient,
      INDArray xGradient) {
    Shapes.requireAffine(this, x, w, biasGradient, out);
    Shapes.requireLike(this, "The output's gradient", outGradient, out);
    Shapes.requireLike(this, "The weights' gradient", wGradient, w);
    if (xGradient != null) {
      Shapes.requireLike(this, "The input's gradient", xGradient, x);
    }
    operations()
        .denseBackward
        .run(x, w, activation, out, outGradient, wGradient, biasGradient, xGradient);
  }

  @Override
  public void read(
      Addressing addressing,
      INDArray queries,
      INDArray keys,
      INDArray values,
      INDArray summary,
      INDArray out) {
    Shapes.requireRead(this, queries, keys, values, summary, out);
    operations().reading.run(addressing, queries, keys, values, summary, out);
  }

  @Override
  public void readBackward(
      Addressing addressing,
      INDArray queries,
      INDArray keys,
      INDArray values,
      INDArray summary,
      INDArray out,
      INDArray outGradient,
      INDArray keyGradient,
      INDArray keyWeights,
      INDArray queryGradient) {
    Shapes.requireReadBackward(
        this,
        queries,
        keys,
        values,
        summary,
        out,
        outGradient,
        keyGradient,
        keyWeights,
        queryGradient);
    operations()
        .readingBackward
        .run(
            addressing,
            queries,
            keys,
            values,
            summary,
            out,
            outGradient,
            keyGradient,
            keyWeights,
            queryGradient);
  }

  @Override
  public void nearest(INDArray queries, INDArray keys, int k, int[] indices, float[] similarities) {
    Shapes.requireNearest(this, queries, keys, k, indices.length, similarities.length);
    operations().nearest.run(queries, keys, k, indices, similarities);
  }

  @Override
  public void nearest(
      INDArray queries,
      INDArray keys,
      int[] rows,
      int[] ends,
      int k,
      int[] indices,
      float[] similarities) {
    Shapes.requireNearest(this, queries, keys, rows, ends, k, indices.length, similarities.length);
    operations().nearestCandidates.run(queries, keys, rows, ends, k, indices, similarities);
  }

  @Override
  public void nearest(
      INDArray queries,
      byte[][] blocks,
      int[] sizes,
      int[] chosen,
      int each,
      int k,
      int[] places,
      float[] similarities) {
    Shapes.requireNearest(
        this, queries, blocks, sizes, chosen, each, k, places.length, similarities.length);
    operations()
        .nearestCandidates
        .run(queries, blocks, sizes, chosen, each, k, places, similarities);
  }

  @Override
  public double loss(Loss loss, INDArray predicted, INDArray target, INDArray gradient) {
    Shapes.requireLike(this, "The target", target, predicted);
    Shapes.requireLike(this, "The gradient", gradient, predicted);
    requireOpen();
    return NativeLoss.of(kernels, loss, predicted, target, gradient);
  }

  @Override
  public void adam(
      double rate, long step, INDArray gradient, INDArray m, INDArray v, INDArray parameter) {
    Shapes.requireAdam(this, gradient, m, v, parameter);
    operations().adam.run(rate, step, gradient, m, v, parameter);
  }

  @Override
  public void activate(Activation activation, INDArray x, INDArray out) {
    Shapes.requireLike(this, "The output", out, x);
    NativeLayers.activate(kernels, activation, x, out);
  }

  @Override
  public void activateBackward(Activation activation, INDArray out, INDArray gradient) {
    Shapes.requireLike(this, "The output's gradient", gradient, out);
    NativeLayers.activateBackward(kernels, activation, out, gradient);
  }

  @Override
  public void gatherElements(INDArray source, int[] index, INDArray out) {
    Shapes.requireElements(this, "The source", source, index, "The destination", out);
    NativeLayers.gatherElements(source, index, out);
  }

  @Override
  public void addElements(INDArray source, int[] index, INDArray out) {
    Shapes.requireElements(this, "The destination", out, index, "The source", source);
    NativeLayers.addElements(source, index, out);
  }

  @Override
  public void maxGroups(INDArray x, int[] index, int group, INDArray out) {
    Shapes.requireGroups(this, x, index, group, out);
    NativeLayers.maxGroups(x, index, group, out);
  }

  @Override
  public void maxGroupsBackward(
      INDArray x, int[] index, int group, INDArray outGradient, INDArray xGradient) {
    Shapes.requireGroups(this, x, index, group, outGradient);
    Shapes.requireLike(this, "The input's gradient", xGradient, x);
    NativeLayers.maxGroupsBackward(x, index, group, outGradient, xGradient);
  }

  @Override
  public void normaliseRows(INDArray x, INDArray gain, INDArray bias, INDArray out) {
    Shapes.requireNormalisation(this, x, gain, bias);
    Shapes.requireLike(this, "The output", out, x);
    NativeLayers.normaliseRows(x, gain, bias, out);
  }

  @Override
  public void normaliseRowsBackward(
      INDArray x,
      INDArray gain,
      INDArray outGradient,
      INDArray gainGradient,
      INDArray biasGradient,
      INDArray xGradient) {
    Shapes.requireNormalisation(this, x, gainGradient, biasGradient);
    Shapes.requireLike(this, "The gain", gain, gainGradient);
    Shapes.requireLike(this, "The output's gradient", outGradient, x);
    if (xGradient != null) {
      Shapes.requireLike(this, "The input's gradient", xGradient, x);
    }
    NativeLayers.normaliseRowsBackward(x, gain, outGradient, gainGradient, biasGradient, xGradient);
  }
}
