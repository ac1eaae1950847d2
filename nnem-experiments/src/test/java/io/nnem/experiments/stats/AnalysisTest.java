package io.nnem.experiments.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnalysisTest {
  @Test
  void aFigureShowsTheRangeOfTwoValues_andTheIntervalOfMore() {
    Estimate two = Estimate.of(new double[] {0.7, 0.9});
    assertThat(two.high95()).isGreaterThan(1.5);
    assertThat(two.drawn().low95()).isCloseTo(0.7, within(1e-9));
    assertThat(two.drawn().high95()).isCloseTo(0.9, within(1e-9));
    assertThat(two.drawn().mean()).isEqualTo(two.mean());
    Estimate three = Estimate.of(new double[] {0.7, 0.8, 0.9});
    assertThat(three.drawn()).isEqualTo(three);
    Estimate one = Estimate.of(new double[] {0.7});
    assertThat(one.drawn()).isEqualTo(one);
  }

  @Test
  void aDivergedTrialCountsWithItsLastFiniteAccuracyToTheEnd() {
    Analysis analysis =
        Analysis.of(
            List.of(
                result("none", 1, 0.1, 0.5, 0.6),
                diverged("none", 2, 17, 0.1, 0.4, Double.NaN),
                result("backprop", 1, 0.1, 0.7, 0.8)));

    Analysis.Summary row = analysis.summary().get(0);
    assertThat(row.accuracy().count()).isEqualTo(2);
    assertThat(row.accuracy().mean()).isCloseTo(0.5, within(1e-12));
    assertThat(row.diverged()).isEqualTo(1);
    Curve curve = analysis.curves().get(0);
    assertThat(curve.points()).extracting(Curve.Point::step).containsExactly(0, 10, 20);
    assertThat(curve.points().get(2).accuracy().mean()).isCloseTo(0.5, within(1e-12));
    assertThat(curve.crosses()).containsExactly(new Curve.Cross(2, 17, 0.4, "the loss is NaN"));
  }

  @Test
  void aConditionOfWhichAllDivergedStillHasALineToTheEnd() {
    Analysis analysis =
        Analysis.of(List.of(diverged("none", 1, 5, 0.3), result("backprop", 1, 0.1, 0.7, 0.8)));

    List<Curve.Point> points = analysis.curves().get(0).points();
    assertThat(points).extracting(Curve.Point::step).containsExactly(0, 10, 20);
    assertThat(points).extracting(point -> point.accuracy().mean()).containsOnly(0.3);
  }

  @Test
  void aTrialThatWasNeverMeasuredCountsAsZero() {
    Analysis analysis =
        Analysis.of(List.of(diverged("none", 1, 1), result("none", 2, 0.2, 0.4, 0.6)));

    assertThat(analysis.summary().get(0).accuracy().mean()).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void testAccuracyIsNotMixedIn() {
    TrialResult trial = result("none", 1, 0.1, 0.5, 0.6);
    List<Measurement> more = new ArrayList<>(trial.measurements());
    more.add(new Measurement("none", 1, 30, Measurement.TEST, 0.99, 0));
    Analysis analysis =
        Analysis.of(List.of(new TrialResult(trial.condition(), 1, more, Optional.empty(), 0, 1)));

    assertThat(analysis.summary().get(0).accuracy().mean()).isEqualTo(0.6);
    assertThat(analysis.curves().get(0).points()).hasSize(3);
  }

  @Test
  void comparesThePaperPairsThatArePresentBySeed() {
    Analysis analysis =
        Analysis.of(
            List.of(
                result("none", 1, 0.5),
                result("none", 2, 0.6),
                result("synthetic-gradient", 1, 0.8),
                result("synthetic-gradient", 2, 0.9),
                result("exact-reinstatement/decoded", 1, 0.9),
                result("exact-reinstatement/decoded", 2, 0.9),
                result("exact-reinstatement/decoded", 3, 0.1),
                result("approximate-reinstatement/stored", 1, 0.7),
                result("exact-reinstatement/stored", 1, 0.95)));

    assertThat(analysis.comparisons())
        .extracting(c -> c.first() + " > " + c.second() + " n=" + c.difference().count())
        .containsExactly(
            "exact-reinstatement/stored > approximate-reinstatement/stored n=1",
            "exact-reinstatement/decoded > synthetic-gradient n=2",
            "exact-reinstatement/stored > synthetic-gradient n=1",
            "synthetic-gradient > none n=2",
            "exact-reinstatement/decoded > none n=2",
            "approximate-reinstatement/stored > none n=1",
            "exact-reinstatement/stored > none n=1");
    // 0.1 and 0.0, so seed 3 is left out
    assertThat(analysis.comparisons().get(1).difference().mean()).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void saysInWordsWhatAnIntervalMeans() {
    assertThat(comparison(0.231, 0.2, 0.262).sentence())
        .isEqualTo("backprop is above none by 23.1 points [20.0, 26.2]");
    assertThat(comparison(-0.231, -0.262, -0.2).sentence())
        .isEqualTo("backprop is below none by 23.1 points [20.0, 26.2]");
    assertThat(comparison(0.01, -0.02, 0.04).sentence())
        .isEqualTo("no difference can be told between backprop and none: 1.0 points [-2.0, 4.0]");
    assertThat(
            new Comparison(
                    Condition.parse("backprop"),
                    Condition.parse("none"),
                    Estimate.of(new double[] {0.1}))
                .sentence())
        .isEqualTo(
            "backprop minus none is 10.0 points; one seed says nothing about how sure that is");
  }

  private static Comparison comparison(double mean, double low, double high) {
    return new Comparison(
        Condition.parse("backprop"), Condition.parse("none"), new Estimate(3, mean, low, high));
  }

  private static TrialResult result(String condition, long seed, double... accuracies) {
    return result(condition, seed, Optional.empty(), accuracies);
  }

  private static TrialResult diverged(String condition, long seed, int step, double... accuracies) {
    return result(
        condition,
        seed,
        Optional.of(new TrialResult.Divergence(step, "the loss is NaN")),
        accuracies);
  }

  private static TrialResult result(
      String condition,
      long seed,
      Optional<TrialResult.Divergence> divergence,
      double... accuracies) {
    List<Measurement> measurements = new ArrayList<>();
    for (int i = 0; i < accuracies.length; i++) {
      measurements.add(
          new Measurement(condition, seed, 10 * i, Measurement.VALIDATION, accuracies[i], 1));
    }
    return new TrialResult(Condition.parse(condition), seed, measurements, divergence, 0, 1);
  }
}
