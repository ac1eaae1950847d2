package io.nnem.report.chart;

import java.util.List;

/** The one drawing of a figure: title, charts with their axes, legend. */
final class Drawing {
  private static final int EDGE = 16;
  private static final int GAP = 30;
  private static final int TITLE = 20;
  private static final int SMALL = 14;
  private static final int LABEL = 15;
  private static final int ROW = 22;
  private static final int SAMPLE = 44;
  private static final int BELOW = 58;

  private final Figure figure;
  private final Svg svg = new Svg();
  private final List<Series> legend;
  private final List<String> titles;
  private final List<String> subtitles;
  private final int top;
  private final int rows;
  private final int columns;

  Drawing(Figure figure) {
    this.figure = figure;
    int room = figure.width() - 2 * EDGE;
    titles = Lettering.wrap(figure.title(), TITLE, 0.9 * room); // bold letters are wider
    subtitles = Lettering.wrap(figure.subtitle(), SMALL, room);
    top = EDGE + 26 * titles.size() + 19 * subtitles.size() + 10;
    legend = figure.legend();
    double longest =
        legend.stream().mapToDouble(each -> Lettering.width(each.name(), SMALL)).max().orElse(0);
    columns = (int) Math.max(1, Math.min(4, room / (longest + SAMPLE + 24)));
    rows = (legend.size() + columns - 1) / columns;
    draw();
  }

  /** Pixels that it is high: the legend takes what it needs. */
  int height() {
    return top + figure.height() + BELOW + (rows == 0 ? 0 : 12 + ROW * rows);
  }

  @Override
  public String toString() {
    return svg.toString();
  }

  private void draw() {
    String box = "0 0 " + figure.width() + " " + height();
    svg.open(
        "svg", //
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        box, //
        "role",
        "img",
        "aria-label",
        figure.title(), //
        "font-family",
        "DejaVu Sans, Helvetica, Arial, sans-serif");
    svg.rectangle(0, 0, figure.width(), height(), Svg.GROUND, 1);
    int y = EDGE;
    for (String line : titles) {
      y += 26;
      svg.text(line, EDGE, y - 6, TITLE, Svg.TEXT, "font-weight", "bold");
    }
    for (String line : subtitles) {
      y += 19;
      svg.text(line, EDGE, y - 5, SMALL, Svg.FAINT);
    }
    charts();
    double width = (figure.width() - 2.0 * EDGE) / columns;
    for (int i = 0; i < legend.size(); i++) {
      int column = i / rows;
      key(i, EDGE + column * width, height() - ROW * (rows - i % rows) + ROW / 2.0 - 6, width);
    }
    svg.close("svg");
  }

  private void charts() {
    List<Chart> charts = figure.charts();
    double room = figure.width() - 2 * EDGE - 8 - GAP * (charts.size() - 1);
    for (Chart chart : charts) {
      room -= beside(chart);
    }
    double left = EDGE;
    for (int i = 0; i < charts.size(); i++) {
      Chart chart = charts.get(i);
      left += beside(chart);
      Box box = new Box(left, top, room / charts.size(), figure.height(), chart.x(), chart.y());
      chart(chart, box, figure.name() + "-" + i);
      left = box.right() + GAP;
    }
  }

  /** Room for the numbers and the label of a vertical axis; none if it is that of the first. */
  private double beside(Chart chart) {
    Chart first = figure.charts().get(0);
    boolean shared = !chart.equals(first) && chart.y().equals(first.y());
    return shared ? 0 : widest(chart.y()) + ROW + 10;
  }

  private double widest(Axis axis) {
    return axis.ticks().stream()
        .mapToDouble(tick -> Math.min(figure.width() / 4.0, Lettering.width(tick.text(), SMALL)))
        .max()
        .orElse(0);
  }

  private void chart(Chart chart, Box box, String clip) {
    String area = Svg.pair(box.x(), box.y()) + " " + Svg.pair(box.width(), box.height());
    String steps = chart.x().log() ? "" : chart.x().low() + " " + chart.x().high();
    svg.open("g", "class", "chart", "data-box", area, "data-kind", chart.kind(), "data-x", steps);
    across(box);
    upward(box, beside(chart) > 0);
    for (Chart.Guide guide : chart.guides()) {
      String ink = guide.bold() ? Svg.TEXT : Svg.GUIDE;
      if (guide.vertical()) {
        svg.line(box.x(guide.at()), box.y(), box.x(guide.at()), box.bottom(), ink, 1.5);
      } else {
        svg.line(box.x(), box.y(guide.at()), box.right(), box.y(guide.at()), ink, 1.5);
      }
    }
    svg.open("clipPath", "id", clip);
    svg.rectangle(box.x(), box.y(), box.width(), box.height(), Svg.GROUND, 1);
    svg.close("clipPath");
    svg.open("g", "clip-path", "url(#" + clip + ")").open("g", "class", "marks");
    Marks marks = new Marks(svg, chart, box);
    chart.series().forEach(series -> marks.draw(series, place(series)));
    chart.series().forEach(series -> marks.cross(series, place(series)));
    svg.close("g");
    svg.close("g");
    svg.close("g");
  }

  /** Where a series is in the legend; -1 if it is not there. */
  private int place(Series series) {
    return legend.stream().map(Series::key).toList().indexOf(series.key());
  }

  private void across(Box box) {
    double end = Double.NEGATIVE_INFINITY;
    for (Axis.Tick tick : box.across().ticks()) {
      double x = box.x(tick.at());
      String text = Lettering.shorten(tick.text(), SMALL, box.width() / 3);
      double half = Lettering.width(text, SMALL) / 2;
      svg.open("g", "class", "tick", "data-at", x);
      svg.line(x, box.y(), x, box.bottom(), Svg.GRID, 1);
      if (x - half > end) { // where numbers would run into each other, some are left out
        svg.text(text, x, box.bottom() + 19, SMALL, Svg.TEXT, "text-anchor", "middle");
        end = x + half + 6;
      }
      svg.close("g");
    }
    svg.line(box.x(), box.bottom(), box.right(), box.bottom(), Svg.TEXT, 1);
    String label = Lettering.shorten(box.across().label(), LABEL, box.width());
    double middle = box.x() + box.width() / 2;
    svg.text(label, middle, box.bottom() + 43, LABEL, Svg.TEXT, "text-anchor", "middle");
  }

  private void upward(Box box, boolean numbers) {
    for (Axis.Tick tick : box.upward().ticks()) {
      double y = box.y(tick.at());
      svg.line(box.x(), y, box.right(), y, Svg.GRID, 1);
      if (numbers) {
        String text = Lettering.shorten(tick.text(), SMALL, figure.width() / 4.0);
        svg.text(text, box.x() - 7, y + 5, SMALL, Svg.TEXT, "text-anchor", "end");
      }
    }
    svg.line(box.x(), box.y(), box.x(), box.bottom(), Svg.TEXT, 1);
    if (numbers) {
      String label = Lettering.shorten(box.upward().label(), LABEL, box.height());
      double x = box.x() - widest(box.upward()) - 16;
      double y = box.y() + box.height() / 2;
      String turned = "rotate(-90 " + Svg.pair(x, y) + ")";
      svg.text(label, x, y, LABEL, Svg.TEXT, "text-anchor", "middle", "transform", turned);
    }
  }

  /** A row under the charts; a name that is wider than the figure is shortened. */
  private void key(int place, double x, double y, double width) {
    Series series = legend.get(place);
    Style style = series.style();
    Chart.Kind kind = figure.charts().get(0).kind();
    svg.open(
        "g",
        "class",
        "key",
        "data-series",
        place,
        "data-name",
        series.name(), //
        "color",
        style.colour(),
        "style",
        "--dark:" + style.dark());
    svg.title(series.detail());
    svg.rectangle(x - 6, y - 11, width - 4, ROW, Svg.GROUND, 1);
    if (kind == Chart.Kind.BARS) {
      svg.rectangle(x, y - 6, SAMPLE, 12, Svg.OWN, 1);
    } else if (kind != Chart.Kind.DOTS) {
      String line = "M" + Svg.pair(x, y) + "h" + SAMPLE;
      svg.path(line, Svg.OWN, style.width(), style.dashes());
    }
    if (figure.charts().stream().anyMatch(chart -> chart.kind().dotted())) {
      svg.circle(x + SAMPLE / 2.0, y, 3.5, Svg.OWN);
    }
    String name = Lettering.shorten(series.name(), SMALL, width - SAMPLE - 14);
    svg.text(name, x + SAMPLE + 9, y + 5, SMALL, Svg.TEXT);
    svg.close("g");
  }
}
