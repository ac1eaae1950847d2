package io.nnem.experiments.report;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.stats.Curve;
import io.nnem.experiments.stats.Estimate;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Draws a line for each condition, with its 95% band, or the range of two values. */
final class LineChart {
  static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xDDDDDD);

  private LineChart() {}

  /**
   * A chart with a title line above and the legend below.
   *
   * @param across the horizontal axis
   * @param upward the vertical axis, its range set
   * @param markers whether each point is marked
   */
  static JFreeChart of(
      String title,
      String subtitle,
      List<Curve> curves,
      ValueAxis across,
      ValueAxis upward,
      boolean markers) {
    XYPlot plot = plot(curves, across, upward, markers);
    return dress(title, subtitle, plot, legend(plot));
  }

  /** The lines alone. */
  static XYPlot plot(List<Curve> curves, ValueAxis across, ValueAxis upward, boolean markers) {
    style(across);
    style(upward);
    Map<Condition, ConditionStyle> styles =
        ConditionStyle.of(curves.stream().map(Curve::condition).toList());
    XYPlot plot = new XYPlot();
    plot.setDomainAxis(across);
    plot.setRangeAxis(upward);
    plot.setDataset(0, lines(curves, styles, upward.getRange()));
    plot.setRenderer(0, lineRenderer(curves, styles, markers));
    plot.setDataset(1, crosses(curves));
    plot.setRenderer(1, crossRenderer(curves, styles));
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    paper(plot);
    return plot;
  }

  /** Ground and grid. */
  static void paper(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
  }

  /** A title line above a plot and a legend below. */
  static JFreeChart dress(String title, String subtitle, Plot plot, Title legend) {
    JFreeChart chart = new JFreeChart(title, font(Font.BOLD, 20), plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(14, 14, 12, 24));
    chart.getTitle().setPaint(INK);
    leftAlign(chart.getTitle());
    TextTitle below = new TextTitle(subtitle, font(Font.PLAIN, 14));
    below.setPaint(new Color(0x555555));
    below.setPadding(0, 0, 10, 0);
    leftAlign(below);
    chart.addSubtitle(below);
    chart.addSubtitle(legend);
    return chart;
  }

  /** Numbers as they are written in every country. */
  static DecimalFormat format(String pattern) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  private static void leftAlign(TextTitle title) {
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setTextAlignment(HorizontalAlignment.LEFT);
  }

  /** Fonts and colours of an axis. */
  static void style(ValueAxis axis) {
    axis.setLabelFont(font(Font.PLAIN, 16));
    axis.setTickLabelFont(font(Font.PLAIN, 14));
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(INK);
    axis.setTickMarkPaint(INK);
  }

  private static YIntervalSeriesCollection lines(
      List<Curve> curves, Map<Condition, ConditionStyle> styles, Range range) {
    YIntervalSeriesCollection lines = new YIntervalSeriesCollection();
    for (Curve curve : curves) {
      YIntervalSeries line = new YIntervalSeries(styles.get(curve.condition()).label());
      for (Curve.Point point : curve.points()) {
        add(point.step(), point.accuracy(), range, line);
      }
      lines.addSeries(line);
    }
    return lines;
  }

  /** Adds a mean and what is drawn around it, as far as it lies within the vertical axis. */
  static void add(double x, Estimate estimate, Range range, YIntervalSeries series) {
    Estimate drawn = estimate.drawn();
    double mean = drawn.mean();
    boolean band = drawn.hasInterval();
    series.add(
        x,
        mean,
        band ? range.constrain(drawn.low95()) : mean,
        band ? range.constrain(drawn.high95()) : mean);
  }

  private static DeviationRenderer lineRenderer(
      List<Curve> curves, Map<Condition, ConditionStyle> styles, boolean markers) {
    DeviationRenderer renderer = new DeviationRenderer(true, markers);
    renderer.setAlpha(0.15f);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setLegendLine(new Line2D.Double(-22, 0, 22, 0));
    for (int i = 0; i < curves.size(); i++) {
      ConditionStyle style = styles.get(curves.get(i).condition());
      Paint paint = Color.decode(style.colour());
      renderer.setSeriesPaint(i, paint);
      renderer.setSeriesFillPaint(i, paint);
      renderer.setSeriesStroke(i, stroke(style));
      renderer.setSeriesShape(i, new Ellipse2D.Double(-3.5, -3.5, 7, 7));
    }
    return renderer;
  }

  private static XYSeriesCollection crosses(List<Curve> curves) {
    XYSeriesCollection all = new XYSeriesCollection();
    for (Curve curve : curves) {
      XYSeries marks = new XYSeries(curve.condition().name());
      curve.crosses().forEach(cross -> marks.add(cross.step(), cross.accuracy()));
      all.addSeries(marks);
    }
    return all;
  }

  private static XYLineAndShapeRenderer crossRenderer(
      List<Curve> curves, Map<Condition, ConditionStyle> styles) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setDrawOutlines(true);
    renderer.setUseOutlinePaint(true);
    for (int i = 0; i < curves.size(); i++) {
      Paint paint = Color.decode(styles.get(curves.get(i).condition()).colour());
      renderer.setSeriesShape(i, ShapeUtils.createDiagonalCross(6, 1.4f));
      renderer.setSeriesPaint(i, paint);
      renderer.setSeriesOutlinePaint(i, Color.WHITE);
      renderer.setSeriesOutlineStroke(i, new BasicStroke(0.8f));
      renderer.setSeriesVisibleInLegend(i, false);
    }
    return renderer;
  }

  private static LegendTitle legend(XYPlot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(font(Font.PLAIN, 14));
    legend.setItemPaint(INK);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemLabelPadding(new RectangleInsets(3, 6, 3, 18));
    legend.setBackgroundPaint(Color.WHITE);
    return legend;
  }

  static Stroke stroke(ConditionStyle style) {
    if (style.dashes().isEmpty()) {
      return new BasicStroke((float) style.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
    float[] dashes = new float[style.dashes().size()];
    for (int i = 0; i < dashes.length; i++) {
      dashes[i] = style.dashes().get(i);
    }
    return new BasicStroke(
        (float) style.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
  }

  static Font font(int weight, int size) {
    return new Font(Font.SANS_SERIF, weight, size);
  }
}
