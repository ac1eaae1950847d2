package io.nnem.bench.work;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Parameters of dense layers as plain floats.
 *
 * @param sizes inputs, hidden units, outputs
 * @param parameters weights ({@code in x units}, row by row) and bias of each layer, in turn
 */
public record Network(List<Integer> sizes, List<float[]> parameters) {

  /**
   * Draws parameters uniformly from {@code [-1/sqrt(in), 1/sqrt(in)]}.
   *
   * @param random where they are drawn from
   * @param sizes inputs, hidden units, outputs
   * @return the network
   */
  static Network draw(SplittableRandom random, Integer... sizes) {
    List<float[]> parameters = new java.util.ArrayList<>();
    for (int layer = 0; layer + 1 < sizes.length; layer++) {
      double bound = 1 / Math.sqrt(sizes[layer]);
      parameters.add(uniform(random, sizes[layer] * sizes[layer + 1], bound));
      parameters.add(uniform(random, sizes[layer + 1], bound));
    }
    return new Network(List.of(sizes), List.copyOf(parameters));
  }

  private static float[] uniform(SplittableRandom random, int count, double bound) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextDouble(-bound, bound);
    }
    return floats;
  }

  /** The same network some time earlier: every parameter off by up to a tenth. */
  Network earlier(SplittableRandom random) {
    return new Network(
        sizes,
        parameters.stream()
            .map(
                now -> {
                  float[] then = now.clone();
                  for (int i = 0; i < then.length; i++) {
                    then[i] *= (float) random.nextDouble(0.9, 1.1);
                  }
                  return then;
                })
            .toList());
  }

  /**
   * Number of layers.
   *
   * @return weights and bias count as one
   */
  public int layers() {
    return sizes.size() - 1;
  }

  /**
   * Weights of a layer as PyTorch keeps them.
   *
   * @param layer from 0
   * @return {@code units x in}, row by row
   */
  public float[] transposedWeights(int layer) {
    return transpose(parameters.get(2 * layer), sizes.get(layer), sizes.get(layer + 1));
  }

  /**
   * Turns rows into columns.
   *
   * @param matrix {@code rows x columns}, row by row
   * @param rows its rows
   * @param columns its columns
   * @return {@code columns x rows}, row by row
   */
  public static float[] transpose(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = matrix[i * columns + j];
      }
    }
    return result;
  }

  /**
   * What learning has changed.
   *
   * @param now the parameters of today, in the order of {@link #parameters}
   * @return every parameter's difference to its value here, one after the other
   */
  public float[] updates(List<float[]> now) {
    float[] result = new float[parameters.stream().mapToInt(p -> p.length).sum()];
    int at = 0;
    for (int p = 0; p < parameters.size(); p++) {
      for (int i = 0; i < parameters.get(p).length; i++) {
        result[at++] = now.get(p)[i] - parameters.get(p)[i];
      }
    }
    return result;
  }
}
