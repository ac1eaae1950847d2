package io.nnem.experiments.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.experiments.decoders.Calibration;
import io.nnem.experiments.decoders.CalibrationRow;
import io.nnem.experiments.decoders.DecodersSummary;
import io.nnem.experiments.stats.Curve;
import io.nnem.experiments.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sections that show how decoders did by themselves. */
final class DecodersSections {
  private DecodersSections() {}

  /** The interactive figure. */
  static Section figure(List<DecodersSummary> summaries) {
    List<Curve> curves = DecodersChart.curves(summaries);
    ObjectNode data = CurveData.of(curves);
    ObjectNode upward = data.putObject("y");
    upward.put("label", "Loss on validation images, in nats");
    upward.put("min", DecodersChart.floor(curves));
    upward.put("max", DecodersChart.ceiling(curves));
    return new Section(
        "figure",
        "Held-out loss",
        "<p class=\"hint\">Reconstruction loss on images that nobody learned from, without noise,"
            + " summed over an image: "
            + Subtitles.BAND
            + ". A line is"
            + " <em>decoder/number of training images</em>; one that rises again overfits. Point at"
            + " the figure for values, click a name to hide or show its line.</p>\n"
            + "<div class=\"plot\" data-curves=\"decoder-curves\"></div>\n"
            + "<noscript><p>The figure needs JavaScript; decoders.svg shows the same.</p>"
            + "</noscript>\n"
            + Html.data("decoder-curves", data));
  }

  /** What came out, a sentence for each condition. */
  static Section findings(List<DecodersSummary> summaries, List<CalibrationRow> calibrations) {
    List<List<String>> cells = new ArrayList<>();
    for (DecodersSummary summary : summaries) {
      cells.add(
          List.of(
              FigureSections.name(summary.condition()),
              "<span class=\"verdict "
                  + (summary.overfits() ? "below" : "above")
                  + "\"></span>It "
                  + Html.escape(summary.words())));
    }
    StringBuilder html =
        new StringBuilder(Html.table(List.of("Decoder", "What came out"), cells, 2));
    for (DecodersSummary summary : summaries) {
      DecodersSummary.calibrationWords(summary.condition(), calibrations)
          .ifPresent(words -> html.append("<p>").append(Html.escape(words)).append("</p>\n"));
    }
    return new Section("findings", "What came out", html.toString());
  }

  /** The last step, by split. */
  static Section reconstruction(List<DecodersSummary> summaries) {
    List<List<String>> cells = new ArrayList<>();
    for (DecodersSummary summary : summaries) {
      for (DecodersSummary.Final last : summary.finals()) {
        cells.add(
            List.of(
                FigureSections.name(summary.condition()),
                last.split(),
                number(last.loss(), 2),
                number(last.squaredError(), 5),
                number(last.elbo(), 2)));
      }
    }
    return new Section(
        "reconstruction",
        "Reconstruction at the end",
        "<p class=\"hint\">Loss is without noise and summed over an image; squared error is of a"
            + " pixel, which is from 0 to 1; ELBO is the evidence lower bound in nats, of"
            + " variational decoders. Mean over seeds, with half of its 95% interval. Validation and"
            + " test images are held out.</p>\n"
            + Html.table(List.of("Decoder", "Images", "Loss", "Squared error", "ELBO"), cells, 2));
  }

  /** Uncertainty against error. */
  static Section calibration(List<DecodersSummary> summaries, List<CalibrationRow> calibrations) {
    StringBuilder html =
        new StringBuilder(
            "<p class=\"hint\">Validation images in order of their uncertainty, cut into ten bins:"
                + " what the decoder said its squared error would be, summed over an image, and"
                + " what it was. Means over seeds.</p>\n");
    boolean any = false;
    for (DecodersSummary summary : summaries) {
      List<CalibrationRow> own = DecodersSummary.validation(summary.condition(), calibrations);
      if (own.isEmpty()) {
        continue;
      }
      any = true;
      List<List<String>> cells = new ArrayList<>();
      for (Calibration.Bin bin : DecodersSummary.meanBins(own)) {
        cells.add(
            List.of(
                String.valueOf(cells.size() + 1),
                String.valueOf(bin.count()),
                String.format(Locale.ROOT, "%.2f", bin.uncertainty()),
                String.format(Locale.ROOT, "%.2f", bin.squaredError())));
      }
      html.append("<h3>")
          .append(FigureSections.name(summary.condition()))
          .append("</h3>\n")
          .append(
              Html.table(
                  List.of("Bin", "Images", "Mean uncertainty", "Mean squared error"), cells, 1))
          .append("<p>Rank correlation over the images: ")
          .append(
              number(
                  Estimate.of(
                      own.stream()
                          .mapToDouble(row -> row.calibration().rankCorrelation())
                          .toArray()),
                  3))
          .append(".</p>\n");
    }
    return new Section(
        "calibration",
        "Is it wrong where it is uncertain?",
        any ? html.toString() : "<p>None of these decoders says how uncertain it is.</p>\n");
  }

  private static String number(Estimate estimate, int decimals) {
    if (!Double.isFinite(estimate.mean())) {
      return "&ndash;";
    }
    String format = "%." + decimals + "f";
    String mean = String.format(Locale.ROOT, format, estimate.mean()).replace("-", "&minus;");
    return estimate.hasInterval()
        ? mean + " &plusmn; " + String.format(Locale.ROOT, format, estimate.halfWidth())
        : mean;
  }
}
