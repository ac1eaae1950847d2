package io.nnem.core;

import java.util.Arrays;

/** {@link Tensors#read} and its backward pass, as the formulas in their Javadoc say them. */
final class PlainReading<T> {

  private final Tensors<T> tensors;

  PlainReading(Tensors<T> tensors) {
    this.tensors = tensors;
  }

  void read(Addressing addressing, T queries, T keys, T values, T summary, T out) {
    double[] queryLengths = lengths(queries);
    double[] keyLengths = lengths(keys);
    double[] weights = new double[keyLengths.length];
    for (int b = 0; b < queryLengths.length; b++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = rowDot(queries, b, keys, i) / (queryLengths[b] * keyLengths[i]);
        best = Math.max(best, weights[i]);
      }
      double total = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = unnormalised(addressing, weights[i], best);
        total += weights[i];
      }
      tensors.set(summary, b, 0, best);
      tensors.set(summary, b, 1, total);
      double factor = factor(total, weights.length);
      for (int j = 0; j < tensors.columns(values); j++) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += factor * weights[i] * tensors.get(values, i, j);
        }
        tensors.set(out, b, j, sum);
      }
    }
  }

  void nearest(T queries, T keys, int k, int[] indices, float[] similarities) {
    double[] queryLengths = lengths(queries);
    double[] keyLengths = lengths(keys);
    long[] candidates = new long[keyLengths.length];
    for (int b = 0; b < queryLengths.length; b++) {
      for (int i = 0; i < candidates.length; i++) {
        double similarity = rowDot(queries, b, keys, i) / (queryLengths[b] * keyLengths[i]);
        candidates[i] = Candidate.of((float) similarity, i);
      }
      handOut(candidates, b * k, k, indices, similarities);
    }
  }

  void nearest(
      T queries, T keys, int[] rows, int[] ends, int k, int[] indices, float[] similarities) {
    double[] queryLengths = lengths(queries);
    for (int b = 0; b < queryLengths.length; b++) {
      int from = b == 0 ? 0 : ends[b - 1];
      long[] candidates = new long[ends[b] - from];
      for (int i = 0; i < candidates.length; i++) {
        int row = rows[from + i];
        double lengths = queryLengths[b] * length(keys, row);
        candidates[i] = Candidate.of((float) (rowDot(queries, b, keys, row) / lengths), row);
      }
      handOut(candidates, b * k, k, indices, similarities);
    }
  }

  void nearest(
      T queries,
      byte[][] blocks,
      int[] sizes,
      int[] chosen,
      int each,
      int k,
      int[] places,
      float[] similarities) {
    double[] queryLengths = lengths(queries);
    for (int b = 0; b < queryLengths.length; b++) {
      int count = 0;
      for (int i = b * each; i < (b + 1) * each; i++) {
        count += sizes[chosen[i]];
      }
      long[] candidates = new long[count];
      int place = 0;
      for (int i = b * each; i < (b + 1) * each; i++) {
        for (int row = 0; row < sizes[chosen[i]]; row++) {
          double similarity = similarity(queries, b, queryLengths[b], blocks[chosen[i]], row);
          candidates[place] = Candidate.of((float) similarity, place);
          place++;
        }
      }
      handOut(candidates, b * k, k, places, similarities);
    }
  }

  private double similarity(T queries, int query, double queryLength, byte[] block, int row) {
    int size = tensors.columns(queries);
    double product = 0;
    double square = 0;
    for (int j = 0; j < size; j++) {
      double number = block[row * size + j];
      product += tensors.get(queries, query, j) * number;
      square += number * number;
    }
    return product / (queryLength * Math.max(Math.sqrt(square), Addressing.SMALLEST_LENGTH));
  }

  private static void handOut(
      long[] candidates, int place, int k, int[] indices, float[] similarities) {
    Arrays.sort(candidates);
    for (int i = 0; i < k; i++) {
      int from = candidates.length - 1 - i;
      indices[place + i] = from < 0 ? -1 : Candidate.row(candidates[from]);
      similarities[place + i] = from < 0 ? Float.NaN : Candidate.similarity(candidates[from]);
    }
  }

  private static double unnormalised(Addressing addressing, double similarity, double best) {
    return switch (addressing.normalisation()) {
      case SOFTMAX -> Math.exp((similarity - best) / addressing.temperature());
      case SUM -> Math.max(1 + similarity, 0);
    };
  }

  /** One over the total; 0 where the keys are all opposite to the query, up to rounding. */
  private static double factor(double total, int n) {
    return total < 1e-12 * n ? 0 : 1 / total;
  }

  void readBackward(
      Addressing addressing,
      T queries,
      T keys,
      T values,
      T summary,
      T out,
      T outGradient,
      T keyGradient,
      T keyWeights,
      T queryGradient) {
    int n = tensors.rows(keys);
    int size = tensors.columns(keys);
    double[] queryLengths = lengths(queries);
    double[] keyLengths = lengths(keys);
    tensors.fill(0, keyGradient);
    tensors.fill(0, keyWeights);
    if (queryGradient != null) {
      tensors.fill(0, queryGradient);
    }
    for (int b = 0; b < queryLengths.length; b++) {
      double best = tensors.get(summary, b, 0);
      double factor = factor(tensors.get(summary, b, 1), n);
      double mean = rowDot(outGradient, b, out, b);
      for (int i = 0; i < n; i++) {
        double s = rowDot(queries, b, keys, i) / (queryLengths[b] * keyLengths[i]);
        double w = factor * unnormalised(addressing, s, best);
        double g = rowDot(outGradient, b, values, i) - mean;
        double ds =
            switch (addressing.normalisation()) {
              case SOFTMAX -> w * g / addressing.temperature();
              case SUM -> factor * g;
            };
        add(keyWeights, i, 0, w);
        for (int j = 0; j < size; j++) {
          double q = tensors.get(queries, b, j) / queryLengths[b];
          double k = tensors.get(keys, i, j) / keyLengths[i];
          add(keyGradient, i, j, ds * (q - s * k) / keyLengths[i]);
          if (queryGradient != null) {
            add(queryGradient, b, j, ds * (k - s * q) / queryLengths[b]);
          }
        }
      }
    }
  }

  private void add(T matrix, int row, int column, double value) {
    tensors.set(matrix, row, column, tensors.get(matrix, row, column) + value);
  }

  private double[] lengths(T matrix) {
    double[] lengths = new double[tensors.rows(matrix)];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = length(matrix, i);
    }
    return lengths;
  }

  private double length(T matrix, int row) {
    return Math.max(Math.sqrt(rowDot(matrix, row, matrix, row)), Addressing.SMALLEST_LENGTH);
  }

  private double rowDot(T a, int row, T b, int other) {
    double sum = 0;
    for (int j = 0; j < tensors.columns(a); j++) {
      sum += tensors.get(a, row, j) * tensors.get(b, other, j);
    }
    return sum;
  }
}
