package io.nnem.autoencoder.variational;

import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.core.network.Network;

/**
 * The variance of an observation given its embedding; the formula stands at {@link
 * VariationalDecoder#uncertainty}.
 */
record ObservationVariance<T>(
    Tensors<T> tensors, Network<T> network, Network<T> head, Noise noise, boolean binary) {

  /** Rows that are decoded at a time. */
  private static final int ROWS = 512;

  /** No update has this number: what is drawn here is drawn nowhere else. */
  private static final long NO_UPDATE = -1;

  double[] of(T embeddings) {
    int rows = tensors.rows(embeddings);
    double[] variance = new double[rows];
    for (int from = 0; from < rows; from += ROWS) {
      int to = Math.min(from + ROWS, rows);
      Moments decoded = decode(tensors.rowRange(embeddings, from, to));
      for (int i = 0; i < decoded.mean.length; i++) {
        double mean = decoded.mean[i];
        variance[from + i / network.outputs()] +=
            binary ? mean * (1 - mean) : Math.max(decoded.square[i] - mean * mean, 0);
      }
    }
    return variance;
  }

  /** The means of what the draws decode to, and of its squares. */
  private static final class Moments {
    final double[] mean;
    final double[] square;

    Moments(double[] mean, double[] square) {
      this.mean = mean;
      this.square = square;
    }
  }

  private Moments decode(T embeddings) {
    Elements<T> elements = new Elements<>(tensors);
    int rows = tensors.rows(embeddings);
    int size = network.inputs();
    double[] draws = new double[2 * size];
    noise.fill(NO_UPDATE, draws);
    try (Scope<T> scope = tensors.newScope()) {
      T codes = scope.zeros(rows, size);
      T decoded = scope.zeros(rows, network.outputs());
      T sum = scope.zeros(rows, network.outputs());
      head.apply(embeddings, codes);
      double[] logVariance = elements.of(codes);
      double[] mean = elements.of(embeddings);
      double[] noisy = new double[mean.length];
      double[] square = new double[binary ? 0 : rows * network.outputs()];
      for (int draw = 0; draw < 4; draw++) {
        int from = draw / 2 * size;
        int sign = draw % 2 == 0 ? 1 : -1;
        for (int i = 0; i < mean.length; i++) {
          noisy[i] = mean[i] + sign * Math.exp(logVariance[i] / 2) * draws[from + i % size];
        }
        elements.write(noisy, codes);
        network.apply(codes, decoded);
        tensors.addScaled(0.25, decoded, sum);
        if (!binary) {
          double[] all = elements.of(decoded);
          for (int i = 0; i < all.length; i++) {
            square[i] += 0.25 * all[i] * all[i];
          }
        }
      }
      return new Moments(elements.of(sum), square);
    }
  }
}
