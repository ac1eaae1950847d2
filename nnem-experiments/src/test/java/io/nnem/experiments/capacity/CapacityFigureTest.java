package io.nnem.experiments.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Conditions;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.chart.Pictures;
import io.nnem.report.stats.Estimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CapacityFigureTest {
  @Test
  void theSameDataGivesTheSameBytes() throws IOException {
    assertThat(svg(analysis(3))).isEqualTo(svg(analysis(3)));
    assertThat(png(analysis(3))).isEqualTo(png(analysis(3)));
  }

  @Test
  void threePanelsAndEveryConditionWithItsWholeName() {
    String svg = svg(analysis(3));

    for (Condition condition : config().conditions()) {
      assertThat(svg).contains(">" + condition.name() + "<");
    }
    assertThat(svg)
        .contains(
            ">Accuracy against capacity<",
            ">Validation accuracy<",
            ">Capacity, memories<",
            ">Bytes per memory<",
            ">Time of a training step, ms (median)<",
            ">500<",
            ">2,000<",
            ">32,000<");
  }

  @Test
  void everyConditionThatIsComparedHasAStyleOfItsOwn() {
    Set<String> seen = new HashSet<>();
    Conditions.styles(config().conditions()).values().forEach(style -> seen.add(style.colour()));
    assertThat(seen).hasSameSizeAs(config().conditions()).hasSizeGreaterThan(12);
  }

  @Test
  void oneSeedAndOneCapacityAreDrawnToo() {
    CapacityAnalysis all = analysis(1);
    CapacityAnalysis one =
        new CapacityAnalysis(all.rows().subList(0, 1), all.summaries().subList(0, 1), List.of());
    assertThat(svg(one)).contains(">none<", ">500<");
    assertThat(svg(all)).contains(">none<");
  }

  static String svg(CapacityAnalysis analysis) {
    return Pictures.svg(CapacityFigure.of("subtitle", analysis));
  }

  static byte[] png(CapacityAnalysis analysis) throws IOException {
    return Pictures.png(CapacityFigure.of("subtitle", analysis));
  }

  static ExperimentConfig config() {
    return new ConfigResolver(new CapacityExperiment().presets().get(2).settings()).resolve();
  }

  @Test
  void whereThereIsOneSeed_theBandEndsBefore() {
    CapacityAnalysis three = analysis(3);
    List<CapacitySummary> summaries = new ArrayList<>(three.summaries().subList(0, 4));
    assertThat(bandEnds(summaries)).isEqualTo(dots(summaries).get(3));

    CapacitySummary last = summaries.get(3);
    summaries.set(
        3,
        new CapacitySummary(
            last.condition(), last.capacity(), Estimate.of(new double[] {0.7}), 0, 168, 0, 1));
    assertThat(bandEnds(summaries)).isEqualTo(dots(summaries).get(2));
  }

  /** Where the first band has its right end. */
  private static double bandEnds(List<CapacitySummary> summaries) {
    String svg = svg(new CapacityAnalysis(List.of(), summaries, List.of()));
    Matcher band = Pattern.compile("<path d=\"M([^\"]*)Z\"").matcher(svg);
    assertThat(band.find()).isTrue();
    return Arrays.stream(band.group(1).split("L", -1))
        .mapToDouble(corner -> Double.parseDouble(corner.split(" ", -1)[0]))
        .max()
        .orElseThrow();
  }

  private static List<Double> dots(List<CapacitySummary> summaries) {
    String svg = svg(new CapacityAnalysis(List.of(), summaries, List.of()));
    return Pattern.compile("<circle cx=\"([^\"]*)\"")
        .matcher(svg)
        .results()
        .map(found -> Double.parseDouble(found.group(1)))
        .toList();
  }

  /** Numbers that look like results; one trial has diverged. */
  static CapacityAnalysis analysis(int seeds) {
    ExperimentConfig config = config();
    List<TrialResult> results = new ArrayList<>();
    for (int c = 0; c < config.conditions().size(); c++) {
      for (int rank = 0; rank < 4; rank++) {
        int capacity = 500 << (2 * rank);
        Condition at = config.conditions().get(c).with("capacity", String.valueOf(capacity));
        for (int seed = 1; seed <= seeds; seed++) {
          double accuracy = 0.62 + 0.024 * c + 0.01 * rank * (1 - c % 3) + 0.004 * seed;
          boolean diverged = c == 1 && rank == 2 && seed == 1;
          results.add(
              new TrialResult(
                  at,
                  seed,
                  List.of(
                      new Measurement(at.name(), seed, 20, Measurement.VALIDATION, accuracy, 1)),
                  diverged ? Optional.of(new TrialResult.Divergence(20, "NaN")) : Optional.empty(),
                  at.name().contains("stored") ? 3136 : at.name().contains("code-bits") ? 32 : 0,
                  (1 + c / 3.0) * Math.pow(3.6, rank)));
        }
      }
    }
    return CapacityAnalysis.of(results, config, 10);
  }
}
