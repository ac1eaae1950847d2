package io.nnem.experiments.stream;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Learners to compare with. */
final class Baselines {
  /** By name, for a number of classes. */
  static final Map<String, IntFunction<OnlineLearner>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "majority", Majority::new,
              "no-change", classes -> new NoChange(),
              "neighbours", Neighbours::new));

  private Baselines() {}

  /** Says the class that was the most frequent. */
  private static final class Majority implements OnlineLearner {
    private final long[] counts;

    Majority(int classes) {
      counts = new long[classes];
    }

    @Override
    public int predict(float[] row) {
      return most(counts);
    }

    @Override
    public void learn(float[] row, int label) {
      counts[label]++;
    }

    @Override
    public long bytes() {
      return 8L * counts.length;
    }
  }

  /** Says the class that was the latest. */
  private static final class NoChange implements OnlineLearner {
    private int latest;

    @Override
    public int predict(float[] row) {
      return latest;
    }

    @Override
    public void learn(float[] row, int label) {
      latest = label;
    }

    @Override
    public long bytes() {
      return 4;
    }
  }

  /** Lets the 5 nearest of the latest 1,000 rows vote, by Euclid over standardised columns. */
  private static final class Neighbours implements OnlineLearner {
    private static final int ROWS = 1000;
    private static final int VOTES = 5;

    private final float[][] rows = new float[ROWS][];
    private final int[] labels = new int[ROWS];
    private final int classes;
    private int learned;
    private double[] means;
    private double[] squares;

    Neighbours(int classes) {
      this.classes = classes;
    }

    @Override
    public int predict(float[] row) {
      double[] weights = new double[row.length];
      Arrays.setAll(weights, c -> squares[c] > 0 ? learned / squares[c] : 0);
      int count = Math.min(learned, ROWS);
      double[] distances = new double[count];
      for (int i = 0; i < count; i++) {
        double sum = 0;
        for (int c = 0; c < row.length; c++) {
          double difference = row[c] - rows[i][c];
          sum += weights[c] * difference * difference;
        }
        distances[i] = sum;
      }
      long[] votes = new long[classes];
      for (int vote = 0; vote < Math.min(VOTES, count); vote++) {
        int nearest = 0;
        for (int i = 1; i < count; i++) {
          nearest = distances[i] < distances[nearest] ? i : nearest;
        }
        votes[labels[nearest]]++;
        distances[nearest] = Double.POSITIVE_INFINITY;
      }
      return most(votes);
    }

    @Override
    public void learn(float[] row, int label) {
      if (means == null) {
        means = new double[row.length];
        squares = new double[row.length];
      }
      rows[learned % ROWS] = row.clone();
      labels[learned % ROWS] = label;
      learned++;
      for (int c = 0; c < row.length; c++) {
        double off = row[c] - means[c];
        means[c] += off / learned;
        squares[c] += off * (row[c] - means[c]);
      }
    }

    @Override
    public long bytes() {
      return means == null ? 0 : ROWS * (4L * means.length + 4);
    }
  }

  private static int most(long[] counts) {
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return most;
  }
}
