package io.nnem.report.chart;

import java.util.List;

/** The one drawing of a figure: title, charts with their axes, legend. */
final class Drawing {
  private static final String HEAD = "svg xmlns=\"http://www.w3.org/2000/svg\"";
  private static final String FONTS = "DejaVu Sans, Helvetica, Arial, sans-serif";
  private static final int EDGE = 16;
  private static final int GAP = 30;
  private static final int TITLE = 20;
  private static final int SMALL = 14;
  private static final int LABEL = 15;
  private static final int ROW = 22;
  private static final int LINE = 17;
  private static final int RAMP = 8;
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
  private final int legendHeight;

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
    legendHeight =
        columns > 1
            ? ROW * rows
            : legend.stream().mapToInt(each -> ROW + LINE * (names(each, room).size() - 1)).sum();
    draw();
  }

  /** Pixels that it is high: the legend takes what it needs. */
  int height() {
    return top + figure.height() + BELOW + (rows == 0 ? 0 : 12 + legendHeight);
  }

  /** A name that is wider than the figure goes on below, and is shortened if that is too long. */
  private static List<String> names(Series series, double width) {
    return Lettering.wrap(series.name(), SMALL, width - SAMPLE - 14, 3);
  }

  @Override
  public String toString() {
    return svg.toString();
  }

  private void draw() {
    String box = "0 0 " + figure.width() + " " + height();
    svg.open(
        HEAD, "viewBox", box, "role", "img", "aria-label", figure.title(), "font-family", FONTS);
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
    double below = 0;
    for (int i = 0; i < legend.size(); i++) {
      int column = i / rows;
      below = i % rows == 0 ? height() - legendHeight + ROW / 2.0 - 6 : below;
      key(i, EDGE + column * width, below, width);
      below += ROW + LINE * (names(legend.get(i), width).size() - 1);
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
    boolean parallel = chart.kind() == Chart.Kind.PARALLEL;
    if (parallel || chart.x().named()) {
      headings(box, !parallel);
    } else {
      across(box);
    }
    upward(box, beside(chart) > 0, parallel ? 4 : box.width());
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
    if (parallel) {
      ramp(box, box.x(chart.guides().size()));
      chart.guides().forEach(guide -> beside(guide, box));
    }
    svg.close("g");
  }

  /** The names of places across, below each. */
  private void headings(Box box, boolean grid) {
    double apart = box.x(1) - box.x(0);
    for (Axis.Tick tick : box.across().ticks()) {
      double x = box.x(tick.at());
      double room = Math.min(apart - 8, 2 * (Math.min(x, figure.width() - x) - 4));
      List<String> lines = Lettering.wrap(tick.text(), SMALL, room, grid ? 2 : 3);
      svg.open("g", "class", "heading").title(tick.text());
      if (grid) {
        svg.line(x, box.y(), x, box.bottom(), Svg.GRID, 1);
      }
      for (int i = 0; i < lines.size(); i++) {
        double y = box.bottom() + 19 + LINE * i;
        svg.text(lines.get(i), x, y, SMALL, Svg.TEXT, "text-anchor", "middle");
      }
      svg.close("g");
    }
    if (grid) {
      foot(box, 54);
    }
  }

  /** What stands beside a parallel axis, on a ground that keeps it readable above the lines. */
  private void beside(Chart.Guide guide, Box box) {
    boolean last = guide.at() > box.across().high() - 1;
    double x = box.x(guide.at()) + (last ? RAMP : 0);
    double room = (last ? box.right() + EDGE : box.x(guide.at() + 1)) - x - 24;
    double end = Double.POSITIVE_INFINITY;
    for (Axis.Tick tick : guide.ticks()) {
      double y = box.y(tick.at());
      svg.line(x, y, x + 4, y, Svg.TEXT, 1);
      if (y < end - SMALL) { // where numbers would run into each other, some are left out
        double wide = Math.min(room, Lettering.width(tick.text(), SMALL));
        svg.rectangle(x + 6, y - 8, wide + 2, 16, Svg.GROUND, 0.75);
        fitted(tick.text(), room, x + 7, y + 5, "start");
        end = y;
      }
    }
  }

  /** The number or the name of a tick; of one that is shortened the whole is a title. */
  private void fitted(String text, double room, double x, double y, String anchor) {
    String fits = Lettering.shorten(text, SMALL, room);
    boolean whole = fits.equals(text);
    if (!whole) {
      svg.open("g").title(text);
    }
    svg.text(fits, x, y, SMALL, Svg.TEXT, "text-anchor", anchor);
    if (!whole) {
      svg.close("g");
    }
  }

  /** The colours of the outcome, along its axis. */
  private void ramp(Box box, double x) {
    int steps = 40;
    double step = box.height() / steps;
    for (int i = 0; i < steps; i++) {
      Style style = Style.graded((i + 0.5) / steps);
      svg.open("g", "class", "series", "color", style.colour(), "style", "--dark:" + style.dark());
      svg.rectangle(x, box.bottom() - (i + 1) * step, RAMP, step + 0.5, Svg.OWN, 1);
      svg.close("g");
    }
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
    foot(box, 43);
  }

  private void foot(Box box, double below) {
    svg.line(box.x(), box.bottom(), box.right(), box.bottom(), Svg.TEXT, 1);
    String label = Lettering.shorten(box.across().label(), LABEL, box.width());
    double middle = box.x() + box.width() / 2;
    svg.text(label, middle, box.bottom() + below, LABEL, Svg.TEXT, "text-anchor", "middle");
  }

  private void upward(Box box, boolean numbers, double wide) {
    for (Axis.Tick tick : box.upward().ticks()) {
      double y = box.y(tick.at());
      svg.line(box.x(), y, box.x() + wide, y, Svg.GRID, 1);
      if (numbers) {
        fitted(tick.text(), figure.width() / 4.0, box.x() - 7, y + 5, "end");
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

  /** A row under the charts. */
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
    List<String> names = names(series, width);
    svg.rectangle(x - 6, y - 11, width - 4, ROW + LINE * (names.size() - 1), Svg.GROUND, 1);
    if (kind == Chart.Kind.BARS) {
      svg.rectangle(x, y - 6, SAMPLE, 12, Svg.OWN, 1);
    } else if (kind != Chart.Kind.DOTS) {
      String line = "M" + Svg.pair(x, y) + "h" + SAMPLE;
      svg.path(line, Svg.OWN, style.width(), style.dashes());
    }
    if (figure.charts().stream().anyMatch(chart -> chart.kind().dotted())) {
      svg.circle(x + SAMPLE / 2.0, y, 3.5, Svg.OWN);
    }
    for (int i = 0; i < names.size(); i++) {
      svg.text(names.get(i), x + SAMPLE + 9, y + 5 + LINE * i, SMALL, Svg.TEXT);
    }
    svg.close("g");
  }
}
