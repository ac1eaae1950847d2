package io.nnem.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.engine.Conditions;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.run.Staleness;
import io.nnem.experiments.stats.Curve;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Pictures;
import io.nnem.report.stats.Estimate;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final List<String> CONDITIONS =
      List.of(
          "none",
          "backprop",
          "synthetic-gradient",
          "exact-reinstatement/decoded",
          "approximate-reinstatement/decoded",
          "exact-reinstatement/stored",
          "my-plugin");

  @Test
  void theSameDataGivesTheSameBytes() throws IOException {
    assertThat(Pictures.svg(chart(3))).isEqualTo(Pictures.svg(chart(3)));
    assertThat(Pictures.png(chart(3))).isEqualTo(Pictures.png(chart(3)));
  }

  @Test
  void everyConditionHasALegendInThePapersWordsAndALineOfItsOwnColour() throws IOException {
    String svg = Pictures.svg(chart(3));

    assertThat(svg)
        .contains(
            ">No memory credit<",
            ">Back-propagation<",
            ">Synthetic gradients<",
            ">Exact gradient reinstatement (decoded)<",
            ">Approximate gradient reinstatement (decoded)<",
            ">Exact reinstatement, stored observations (upper bound)<",
            ">my-plugin<",
            ">Training step<",
            ">Validation accuracy<",
            ">Credit assignment to external memory<",
            ">subtitle<",
            "viewBox=\"0 0 1000 ");
    Set<String> colours = new HashSet<>();
    Conditions.styles(CONDITIONS.stream().map(Condition::parse).toList())
        .values()
        .forEach(
            style -> {
              colours.add(style.colour());
              // the line and its key in the legend
              assertThat(svg.split("color=\"" + style.colour() + "\"", -1))
                  .as(style.colour())
                  .hasSize(3);
            });
    assertThat(colours).hasSize(CONDITIONS.size());
  }

  @Test
  void thePngIsTwiceAsLargeAndNotEmpty() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Pictures.png(chart(1))));

    assertThat(image.getWidth()).isEqualTo(2000);
    assertThat(image.getHeight()).isGreaterThan(1000);
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < 2000; x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    assertThat(colours).contains(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9);
  }

  @Test
  void aDivergedTrialIsMarked() throws IOException {
    Curve plain = curve("backprop", 3, List.of());
    Curve crossed = curve("backprop", 3, List.of(new Curve.Cross(2, 150, 0.4, "the loss is NaN")));

    assertThat(Pictures.svg(RunReport.figure("b", List.of(crossed))))
        .isNotEqualTo(Pictures.svg(RunReport.figure("b", List.of(plain))))
        .contains("<title>Seed 2 diverged at step 150: the loss is NaN</title>");
  }

  @Test
  void stalenessHasALineForEachCondition_overTheAges() throws IOException {
    List<Staleness> rows = new ArrayList<>();
    for (String name : List.of("none", "my-plugin")) {
      for (int seed = 1; seed <= 2; seed++) {
        rows.add(
            new Staleness(
                Condition.parse(name), seed, 9, new AgeRange(1, 2), 16, 0.99 - seed / 1e3));
        rows.add(
            new Staleness(
                Condition.parse(name), seed, 9, new AgeRange(2, 5), 16, 0.8 - seed / 1e3));
      }
    }
    assertThat(Pictures.svg(RunReport.staleness("subtitle", rows)))
        .contains(
            ">No memory credit<",
            ">my-plugin<",
            ">How stale are old keys?<",
            ">subtitle<",
            ">Age of the memory, in updates since it was written<");
    assertThat(Pictures.svg(RunReport.staleness("subtitle", rows)))
        .contains("|At age 1|0.988 \u00b1 0.001;", "|At age 2 to 4|0.799 \u00b1 0.001");
  }

  @Test
  void whatIsNoNumberIsNotDrawn() {
    Condition condition = Condition.parse("none");
    List<Staleness> rows =
        List.of(
            new Staleness(condition, 1, 9, new AgeRange(1, 2), 16, 0.75),
            new Staleness(condition, 1, 9, new AgeRange(2, 3), 16, Double.NaN));

    assertThat(Pictures.svg(RunReport.staleness("subtitle", rows)))
        .contains("|At age 1|0.750")
        .doesNotContain("NaN", "At age 2");
  }

  @Test
  void moreConditionsThanStylesStillHaveTheirNames() throws IOException {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      curves.add(curve("plugin-" + i, 2, List.of()));
    }
    assertThat(Pictures.svg(RunReport.figure("b", curves))).contains(">plugin-0<", ">plugin-11<");
  }

  private static Figure chart(int seeds) {
    return RunReport.figure(
        "subtitle", CONDITIONS.stream().map(name -> curve(name, seeds, List.of())).toList());
  }

  static Curve curve(String condition, int seeds, List<Curve.Cross> crosses) {
    double offset = Math.floorMod(condition.hashCode(), 37) / 100.0;
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i <= 3; i++) {
      double[] values = new double[seeds];
      for (int seed = 0; seed < seeds; seed++) {
        values[seed] = offset + 0.15 * i + 0.01 * seed;
      }
      points.add(new Curve.Point(100 * i, Estimate.of(values)));
    }
    return new Curve(Condition.parse(condition), points, crosses);
  }
}
