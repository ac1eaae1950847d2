package io.nnem.nd4j;

import io.nnem.core.Addressing;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The backward pass through a reading, tile by tile: similarities and weights are computed again.
 * Each thread has some of the keys.
 */
final class NativeReadingBackward {

  final ReadingShape shape;
  long summary;
  long out;
  long outGradient;
  long keyGradient;
  long keyWeights;
  boolean withQueries;

  private final Workers workers;
  private final NarrowReadingBackward[] parts;
  private final WideReadingBackward[] wideParts;
  private final Workers.Range some;
  private final Workers.Range someWide;

  NativeReadingBackward(ReadingShape shape, Workers workers) {
    this.shape = shape;
    this.workers = workers;
    this.parts = new NarrowReadingBackward[workers.count()];
    this.wideParts = new WideReadingBackward[workers.count()];
    Arrays.setAll(parts, i -> new NarrowReadingBackward(this));
    Arrays.setAll(wideParts, i -> new WideReadingBackward(this));
    this.some = (i, from, to) -> parts[i].back(from, to);
    this.someWide = (i, from, to) -> wideParts[i].back(from, to);
  }

  void run(
      Addressing addressing,
      INDArray queries,
      INDArray keys,
      INDArray values,
      INDArray summaryRows,
      INDArray outRows,
      INDArray outSlopes,
      INDArray keySlopes,
      INDArray weights,
      INDArray queryGradient) {
    shape.set(addressing, queries, keys, values);
    summary = Memory.address(summaryRows);
    out = Memory.address(outRows);
    outGradient = Memory.address(outSlopes);
    keyGradient = Memory.address(keySlopes);
    keyWeights = Memory.address(weights);
    withQueries = queryGradient != null;
    long result = withQueries ? Memory.address(queryGradient) : 0;
    boolean wide = WideReading.suits(shape);
    workers.split(shape.n, shape.fewestKeys, wide ? someWide : some);
    if (!withQueries) {
      return;
    }
    int count = workers.parts(shape.n, shape.fewestKeys);
    if (wide) {
      wideParts[0].finish(wideParts, count, result);
    } else {
      parts[0].finish(parts, count, result);
    }
  }
}
