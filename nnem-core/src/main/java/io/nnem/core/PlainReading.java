package io.nnem.core;

/** {@link Tensors#read} and its way back, as the formulas in their Javadoc say them. */
final class PlainReading<T> {

  private final Tensors<T> tensors;

  PlainReading(Tensors<T> tensors) {
    this.tensors = tensors;
  }

  void read(Addressing addressing, T queries, T keys, T values, T similarities, T weights, T out) {
    int n = tensors.rows(keys);
    double[] queryLengths = lengths(queries);
    double[] keyLengths = lengths(keys);
    for (int b = 0; b < tensors.rows(queries); b++) {
      for (int i = 0; i < n; i++) {
        double s = rowDot(queries, b, keys, i) / (queryLengths[b] * keyLengths[i]);
        tensors.set(similarities, b, i, s);
      }
      normalise(addressing, similarities, b, weights);
      for (int j = 0; j < tensors.columns(values); j++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += tensors.get(weights, b, i) * tensors.get(values, i, j);
        }
        tensors.set(out, b, j, sum);
      }
    }
  }

  private void normalise(Addressing addressing, T similarities, int b, T weights) {
    int n = tensors.columns(similarities);
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, tensors.get(similarities, b, i));
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double s = tensors.get(similarities, b, i);
      double w =
          switch (addressing.normalisation()) {
            case SOFTMAX -> Math.exp((s - max) / addressing.temperature());
            case SUM -> Math.max(1 + s, 0);
          };
      tensors.set(weights, b, i, w);
      sum += w;
    }
    for (int i = 0; i < n; i++) {
      tensors.set(weights, b, i, nothing(sum, n) ? 0 : tensors.get(weights, b, i) / sum);
    }
  }

  /** Whether the keys are all opposite to the query, up to rounding. */
  private static boolean nothing(double total, int n) {
    return total < 1e-12 * n;
  }

  void readBackward(
      Addressing addressing,
      T queries,
      T keys,
      T values,
      T similarities,
      T weights,
      T outGradient,
      T keyGradient,
      T queryGradient) {
    int n = tensors.rows(keys);
    int size = tensors.columns(keys);
    double[] queryLengths = lengths(queries);
    double[] keyLengths = lengths(keys);
    tensors.fill(0, keyGradient);
    if (queryGradient != null) {
      tensors.fill(0, queryGradient);
    }
    for (int b = 0; b < tensors.rows(queries); b++) {
      double[] g = new double[n];
      double mean = 0;
      double total = 0;
      for (int i = 0; i < n; i++) {
        g[i] = rowDot(outGradient, b, values, i);
        mean += tensors.get(weights, b, i) * g[i];
        total += 1 + tensors.get(similarities, b, i);
      }
      for (int i = 0; i < n; i++) {
        double s = tensors.get(similarities, b, i);
        double ds =
            switch (addressing.normalisation()) {
              case SOFTMAX -> tensors.get(weights, b, i) * (g[i] - mean) / addressing.temperature();
              case SUM -> nothing(total, n) ? 0 : (g[i] - mean) / total;
            };
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
      lengths[i] = Math.max(Math.sqrt(rowDot(matrix, i, matrix, i)), Addressing.SMALLEST_LENGTH);
    }
    return lengths;
  }

  private double rowDot(T a, int row, T b, int other) {
    double sum = 0;
    for (int j = 0; j < tensors.columns(a); j++) {
      sum += tensors.get(a, row, j) * tensors.get(b, other, j);
    }
    return sum;
  }
}
