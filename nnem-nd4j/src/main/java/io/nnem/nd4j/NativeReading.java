package io.nnem.nd4j;

import io.nnem.core.Addressing;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A reading, over as many keys at a time as stay in the cache: what queries and keys have to do
 * with each other is computed, used and forgotten tile by tile. Each thread reads some of the keys;
 * what they found is put together at the end.
 */
final class NativeReading {

  private final ReadingShape shape;
  private final Workers workers;
  private final Part[] parts;
  private final WideReading[] wideParts;
  private final Workers.Range some;
  private final Workers.Range someWide;

  NativeReading(ReadingShape shape, Workers workers) {
    this.shape = shape;
    this.workers = workers;
    this.parts = new Part[workers.count()];
    this.wideParts = new WideReading[workers.count()];
    Arrays.setAll(parts, i -> new Part(shape));
    Arrays.setAll(wideParts, i -> new WideReading(shape));
    this.some = (i, from, to) -> parts[i].read(from, to);
    this.someWide = (i, from, to) -> wideParts[i].read(from, to);
  }

  void run(
      Addressing addressing,
      INDArray queries,
      INDArray keys,
      INDArray values,
      INDArray summary,
      INDArray out) {
    shape.set(addressing, queries, keys, values);
    long summaryPlace = Memory.address(summary);
    long outPlace = Memory.address(out);
    int count = workers.parts(shape.n, shape.fewestKeys);
    if (WideReading.suits(shape)) {
      workers.split(shape.n, shape.fewestKeys, someWide);
      for (int i = 1; i < count; i++) {
        wideParts[0].add(wideParts[i]);
      }
      wideParts[0].finish(summaryPlace, outPlace);
    } else {
      workers.split(shape.n, shape.fewestKeys, some);
      for (int i = 1; i < count; i++) {
        parts[0].add(parts[i]);
      }
      parts[0].finish(summaryPlace, outPlace);
    }
  }

  /** What some of the keys say. */
  private static final class Part {
    private final ReadingShape shape;
    private Scratch scratch;
    private float[] best = {};
    private double[] totals = {};
    private float[] answers = {};

    Part(ReadingShape shape) {
      this.shape = shape;
    }

    void read(int first, int last) {
      int b = shape.b;
      scratch = Scratch.own();
      best = Scratch.grown(best, b);
      totals = totals.length < b ? new double[b] : totals;
      answers = Scratch.grown(answers, b * shape.v);
      Arrays.fill(best, 0, b, Float.NEGATIVE_INFINITY);
      Arrays.fill(totals, 0, b, 0);
      Arrays.fill(answers, 0, b * shape.v, 0f);
      float[] queryScales = shape.queryScales(scratch);
      float[] keyScales = scratch.tile(2, shape.step);
      float[] weights = scratch.tile(8, b * shape.step);
      for (int from = first; from < last; from += shape.step) {
        int here = Math.min(shape.step, last - from);
        shape.products(scratch, from, here, weights, keyScales);
        weigh(weights, here, queryScales, keyScales);
        shape.addAnswers(scratch, from, here, weights, answers);
      }
    }

    /** Products become weights, relative to the best so far; what was there before follows it. */
    private void weigh(float[] weights, int here, float[] queryScales, float[] keyScales) {
      float[] s = scratch.tile(3, here);
      for (int i = 0; i < shape.b; i++) {
        System.arraycopy(weights, i * here, s, 0, here);
        float max = shape.kernels.scaleAndMax(queryScales[i], keyScales, here, s);
        if (!(max <= best[i])) { // true of NaN too
          rescale(i, factor(best[i], max));
          best[i] = max;
        }
        totals[i] += shape.weigh(scratch, s, best[i], here);
        System.arraycopy(s, 0, weights, i * here, here);
      }
    }

    private float factor(float from, float to) {
      return shape.softmax ? (float) Math.exp((from - to) * (double) shape.steepness) : 1f;
    }

    private void rescale(int query, float factor) {
      totals[query] *= factor;
      shape.kernels.scale(factor, answers, query * shape.v, shape.v);
    }

    void add(Part other) {
      for (int i = 0; i < shape.b; i++) {
        float most = Math.max(best[i], other.best[i]);
        rescale(i, factor(best[i], most));
        other.rescale(i, factor(other.best[i], most));
        best[i] = most;
        totals[i] += other.totals[i];
        for (int j = i * shape.v; j < (i + 1) * shape.v; j++) {
          answers[j] += other.answers[j];
        }
      }
    }

    void finish(long summary, long out) {
      scratch = Scratch.own();
      float[] summaries = scratch.tile(3, 2 * shape.b);
      for (int i = 0; i < shape.b; i++) {
        shape.kernels.scale(shape.factor((float) totals[i]), answers, i * shape.v, shape.v);
        summaries[2 * i] = best[i];
        summaries[2 * i + 1] = (float) totals[i];
      }
      scratch.store(answers, shape.b * shape.v, out);
      scratch.store(summaries, 2 * shape.b, summary);
    }
  }
}
