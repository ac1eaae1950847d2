package io.nnem.experiments.decoders;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.engine.Conditions;
import io.nnem.experiments.engine.Curves;
import io.nnem.experiments.engine.FolderReport;
import io.nnem.experiments.engine.RunFiles;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.stats.Curve;
import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Point;
import io.nnem.report.chart.Series;
import io.nnem.report.page.Block;
import io.nnem.report.page.Section;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The report of {@code nnem decoders}: held-out loss against training steps, and calibration. */
public record DecodersReport(RunFiles files, DecodersPlan plan) implements FolderReport {
  record BinRow(Decoded.Calibrated of, int number) {
    Calibration.Bin bin() {
      return of.calibration().bins().get(number);
    }

    static List<BinRow> of(List<Decoded.Calibrated> rows) {
      return rows.stream()
          .flatMap(
              row ->
                  IntStream.range(0, row.calibration().bins().size())
                      .mapToObj(number -> new BinRow(row, number)))
          .toList();
    }
  }

  static final Table<Reconstruction> DECODERS_CSV =
      Table.<Reconstruction>of()
          .with("decoder", Format.TEXT, row -> row.condition().assigner())
          .with("training_images", Format.TEXT, r -> r.condition().reinstatement().orElseThrow())
          .with("seed", Format.PLAIN, Reconstruction::seed)
          .with("step", Format.PLAIN, Reconstruction::step)
          .with("split", Format.TEXT, Reconstruction::split)
          .with("loss", Format.SIGNIFICANT, Reconstruction::loss)
          .with("squared_error", Format.SIGNIFICANT, Reconstruction::squaredError)
          .with("elbo", Format.SIGNIFICANT_OR_EMPTY, Reconstruction::elbo);

  /**
   * {@code calibration.csv}: uncertainty and squared error are sums over the pixels of an image.
   */
  static final Table<BinRow> CALIBRATION_CSV =
      Table.<BinRow>of()
          .with("decoder", Format.TEXT, row -> row.of().condition().assigner())
          .with(
              "training_images",
              Format.TEXT,
              row -> row.of().condition().reinstatement().orElseThrow())
          .with("seed", Format.PLAIN, row -> row.of().seed())
          .with("split", Format.TEXT, row -> row.of().split())
          .with("bin", Format.PLAIN, row -> row.number() + 1)
          .with("images", Format.PLAIN, row -> row.bin().count())
          .with("uncertainty", Format.SIGNIFICANT, row -> row.bin().uncertainty())
          .with("squared_error", Format.SIGNIFICANT, row -> row.bin().squaredError())
          .with(
              "rank_correlation",
              Format.SIGNIFICANT,
              row -> row.of().calibration().rankCorrelation());

  private static final String TITLE = "What decoders make of images that they have not seen";

  private static final Table<DecodersSummary> FINDINGS =
      Table.<DecodersSummary>of()
          .with("Decoder", Conditions.NAME, DecodersSummary::condition)
          .with(
              "What came out",
              Format.WORDS,
              row ->
                  Words.of(row.overfits() ? Words.Look.BELOW : Words.Look.ABOVE, "")
                      .and("It " + row.words()));

  private record Split(Condition condition, DecodersSummary.Final last) {}

  private static final Table<Split> RECONSTRUCTION =
      Table.<Split>of()
          .with("Decoder", Conditions.NAME, Split::condition)
          .with("Images", Format.TEXT, row -> row.last().split())
          .with("Loss", Format.estimate(2), row -> row.last().loss())
          .with("Squared error", Format.estimate(5), row -> row.last().squaredError())
          .with("ELBO", Format.estimate(2), row -> row.last().elbo());

  private record Bin(int number, Calibration.Bin mean) {}

  private static final Table<Bin> CALIBRATION =
      Table.<Bin>of()
          .with("Bin", Format.TEXT, Bin::number)
          .with("Images", Format.PLAIN, row -> row.mean().count())
          .with("Mean uncertainty", Format.fixed(2), row -> row.mean().uncertainty())
          .with("Mean squared error", Format.fixed(2), row -> row.mean().squaredError());

  @Override
  public String write(Outcome outcome) throws IOException {
    Decoded decoded = Decoded.all(outcome, plan.conditions());
    List<Reconstruction> rows = decoded.rows();
    List<Decoded.Calibrated> calibrations = decoded.calibrations();
    List<DecodersSummary> summaries = DecodersSummary.of(rows);
    files.folder().write("provenance.json", files.provenance().json());
    files.csv("decoders.csv", DECODERS_CSV, rows);
    files.csv("calibration.csv", CALIBRATION_CSV, BinRow.of(calibrations));
    List<String> calibrated =
        summaries.stream()
            .flatMap(s -> DecodersSummary.calibrationWords(s.condition(), calibrations).stream())
            .toList();
    if (!rows.isEmpty()) {
      Figure figure = figure(subtitle(), summaries);
      files.figure(figure);
      files.page(
          TITLE,
          subtitle(),
          notice(outcome),
          List.of(
              figureSection(figure),
              findings(summaries, calibrated),
              reconstruction(summaries),
              calibration(summaries, calibrations)));
    }
    List<String> all = new ArrayList<>();
    summaries.forEach(summary -> all.add(summary.condition() + " " + summary.words()));
    all.addAll(calibrated);
    return all.stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
  }

  private String subtitle() {
    return files.dataName()
        + ", codes of "
        + files.config().network().embeddingSize()
        + " floats, batches of "
        + files.config().pretraining().pretrainBatch()
        + ", lines are decoder/training images, "
        + files.seeds();
  }

  private static String notice(Outcome outcome) {
    return outcome.notice("run", ". What was measured is shown.")
        + outcome.results().stream()
            .filter(result -> result.divergence().isPresent())
            .map(
                result ->
                    result.condition()
                        + ", seed "
                        + result.seed()
                        + ", diverged at step "
                        + result.divergence().orElseThrow().step()
                        + " and is shown up to there.")
            .collect(Collectors.joining(" "));
  }

  /** A line for each condition. The first look is before any training and would hide the rest. */
  static Figure figure(String subtitle, List<DecodersSummary> summaries) {
    Map<Condition, List<Point>> lines = new LinkedHashMap<>();
    for (DecodersSummary summary : summaries) {
      List<Curve.Point> trained = summary.curve().stream().filter(p -> p.step() > 0).toList();
      lines.put(summary.condition(), Curves.points(trained));
    }
    List<Series> series = Curves.series(lines);
    double lowest = Curves.values(series, Point::y).min().orElse(0);
    double highest = Curves.values(series, Point::y).max().orElse(1);
    Axis loss =
        Axis.linear(
            "Loss on validation images, in nats",
            Math.floor(0.95 * lowest),
            Math.ceil(1.05 * highest) + 1);
    return Figure.of(
        "decoders",
        TITLE,
        subtitle,
        new Chart(Chart.Kind.DOTTED_LINES, Curves.steps(series), loss, series));
  }

  private static Section figureSection(Figure figure) {
    return new Section(
        "figure",
        "Held-out loss",
        new Block.Prose(
            Block.Prose.Kind.HINT,
            Words.of(
                    "Reconstruction loss on images that nobody learned from, without noise, summed"
                        + " over an image: "
                        + Curves.BAND
                        + ". A line is ")
                .and(Words.Look.EMPHASIS, "decoder/number of training images")
                .and("; one that rises again overfits.")),
        new Block.Picture(figure));
  }

  private static Section findings(List<DecodersSummary> summaries, List<String> calibrated) {
    List<Block> blocks = new ArrayList<>(List.of(new Block.Rows<>(FINDINGS, summaries)));
    calibrated.forEach(words -> blocks.add(Block.paragraph(words)));
    return new Section("findings", "What came out", blocks);
  }

  private static Section reconstruction(List<DecodersSummary> summaries) {
    return new Section(
        "reconstruction",
        "Reconstruction at the end",
        Block.hint(
            "Loss is without noise and summed over an image; squared error is of a pixel, which is"
                + " from 0 to 1; ELBO is the evidence lower bound in nats, of variational decoders."
                + " Mean over seeds, with half of its 95% interval. Validation and test images are"
                + " held out."),
        new Block.Rows<>(
            RECONSTRUCTION,
            summaries.stream()
                .flatMap(s -> s.finals().stream().map(last -> new Split(s.condition(), last)))
                .toList()));
  }

  private static Section calibration(
      List<DecodersSummary> summaries, List<Decoded.Calibrated> calibrations) {
    List<Block> blocks = new ArrayList<>();
    for (DecodersSummary summary : summaries) {
      List<Decoded.Calibrated> own = DecodersSummary.validation(summary.condition(), calibrations);
      if (!own.isEmpty()) {
        List<Calibration.Bin> bins = DecodersSummary.meanBins(own);
        double[] ranks =
            own.stream().mapToDouble(row -> row.calibration().rankCorrelation()).toArray();
        blocks.add(
            new Block.Prose(
                Block.Prose.Kind.HEADING, Conditions.NAME.words().apply(summary.condition())));
        blocks.add(
            new Block.Rows<>(
                CALIBRATION,
                IntStream.range(0, bins.size())
                    .mapToObj(i -> new Bin(i + 1, bins.get(i)))
                    .toList()));
        blocks.add(
            Block.paragraph(
                "Rank correlation over the images: "
                    + Format.estimate(Estimate.of(ranks), 3)
                    + "."));
      }
    }
    if (blocks.isEmpty()) {
      blocks.add(Block.paragraph("None of these decoders says how uncertain it is."));
    } else {
      blocks.add(
          0,
          Block.hint(
              "Validation images in order of their uncertainty, cut into ten bins: what the decoder"
                  + " said its squared error would be, summed over an image, and what it was. Means"
                  + " over seeds."));
    }
    return new Section("calibration", "Is it wrong where it is uncertain?", blocks);
  }
}
