package io.nnem.bench.report;

import io.nnem.bench.nnem.NnemSystem;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** A dot for each ratio, a line for each work and shape, against a logarithmic axis. */
final class RatioChart {

  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xE0E0E0);
  private static final Color[] COLOURS = {
    new Color(0xD55E00), new Color(0x0072B2), new Color(0x009E73), new Color(0xCC79A7)
  };
  private static final int LINE = 20;
  private static final int FRAME = 150;

  private RatioChart() {}

  /** How high it wants to be. */
  static int height(Results results) {
    return FRAME + LINE * Math.max(lines(results).size(), 5);
  }

  static JFreeChart of(Results results) {
    List<String> lines = lines(results);
    XYSeriesCollection dots = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    double least = 0.5;
    double most = 4;
    List<String> systems =
        results.rows().stream()
            .map(Results.Row::system)
            .distinct()
            .filter(RatioChart::rival)
            .toList();
    List<Integer> threads = results.rows().stream().map(Results.Row::threads).distinct().toList();
    for (String system : systems) {
      for (int count : threads) {
        XYSeries series =
            new XYSeries(system + (count == 1 ? ", 1 thread" : ", " + count + " threads"), false);
        for (Results.Row row : results.rows()) {
          OptionalDouble ratio = results.ratio(row);
          if (row.system().equals(system) && row.threads() == count && ratio.isPresent()) {
            series.add(ratio.getAsDouble(), lines.size() - 1 - lines.indexOf(label(row)));
            least = Math.min(least, ratio.getAsDouble());
            most = Math.max(most, ratio.getAsDouble());
          }
        }
        int index = dots.getSeriesCount();
        boolean first = threads.indexOf(count) == 0;
        renderer.setSeriesShape(index, dot(first));
        renderer.setSeriesShapesFilled(index, !first || threads.size() == 1);
        renderer.setSeriesPaint(index, COLOURS[systems.indexOf(system) % COLOURS.length]);
        renderer.setSeriesStroke(index, new BasicStroke(1.6f));
        dots.addSeries(series);
      }
    }
    XYPlot plot = new XYPlot(dots, across(least, most), upward(lines), renderer);
    style(plot);
    JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
    title(chart, plot);
    return chart;
  }

  private static boolean rival(String system) {
    return !NnemSystem.isOurs(system);
  }

  /** The works and shapes that some other system did too. */
  private static List<String> lines(Results results) {
    return new ArrayList<>(
        results.rows().stream()
            .filter(row -> rival(row.system()) && results.ratio(row).isPresent())
            .map(RatioChart::label)
            .distinct()
            .toList());
  }

  private static String label(Results.Row row) {
    return row.work() + "  " + row.shape();
  }

  private static Shape dot(boolean round) {
    return round
        ? new Ellipse2D.Double(-4.5, -4.5, 9, 9)
        : new Rectangle2D.Double(-3.5, -3.5, 7, 7);
  }

  private static LogAxis across(double least, double most) {
    LogAxis axis = new LogAxis("the other system's time, as a multiple of nnem's");
    axis.setBase(2);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setMinorTickMarksVisible(false);
    axis.setNumberFormatOverride(
        new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    axis.setRange(least / 1.15, most * 1.15);
    return axis;
  }

  private static SymbolAxis upward(List<String> lines) {
    List<String> fromBelow = new ArrayList<>(lines);
    java.util.Collections.reverse(fromBelow);
    SymbolAxis axis = new SymbolAxis(null, fromBelow.toArray(new String[0]));
    axis.setRange(-0.7, Math.max(lines.size(), 1) - 0.3);
    axis.setGridBandsVisible(false);
    return axis;
  }

  private static void style(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setAxisOffset(new RectangleInsets(4, 4, 4, 4));
    for (double line : new double[] {1, 2}) {
      ValueMarker marker = new ValueMarker(line);
      marker.setPaint(line == 1 ? INK : new Color(0x888888));
      marker.setStroke(new BasicStroke(line == 1 ? 1.5f : 1f));
      plot.addDomainMarker(marker, Layer.BACKGROUND);
    }
    Font small = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    plot.getDomainAxis().setTickLabelFont(small);
    plot.getRangeAxis().setTickLabelFont(small);
    plot.getDomainAxis().setLabelFont(small);
    plot.getDomainAxis().setLabelPaint(INK);
  }

  private static void title(JFreeChart chart, XYPlot plot) {
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 10, 20));
    TextTitle title =
        new TextTitle("nnem beside other systems", new Font(Font.SANS_SERIF, Font.BOLD, 17));
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setPaint(INK);
    chart.setTitle(title);
    TextTitle below =
        new TextTitle(
            "Right of the line at 1 nnem is faster, right of the line at 2 twice as fast.",
            new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    below.setHorizontalAlignment(HorizontalAlignment.LEFT);
    below.setPaint(INK);
    chart.addSubtitle(below);
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    chart.addSubtitle(legend);
  }
}
