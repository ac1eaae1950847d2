package io.nnem.report.stats;

import java.util.Arrays;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/** Spearman's rank correlation: Pearson's correlation of the ranks. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * The rank correlation of two lists of numbers.
   *
   * @param a finite numbers
   * @param b as many, each the partner of the one in the same place
   * @return from -1 to 1, ranks of equal numbers averaged; NaN if all numbers of one list are equal
   * @throws IllegalArgumentException if there are none, or not as many
   */
  public static double of(double[] a, double[] b) {
    if (a.length == 0 || a.length != b.length) {
      throw new IllegalArgumentException(
          "Numbers to be ranked come in pairs, at least one, but there are "
              + a.length
              + " and "
              + b.length
              + ".");
    }
    NaturalRanking ranking = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);
    double[] ranksA = ranking.apply(a);
    double[] ranksB = ranking.apply(b);
    double meanA = Arrays.stream(ranksA).average().orElseThrow();
    double meanB = Arrays.stream(ranksB).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (ranksA[i] - meanA) * (ranksB[i] - meanB);
      aa += (ranksA[i] - meanA) * (ranksA[i] - meanA);
      bb += (ranksB[i] - meanB) * (ranksB[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
