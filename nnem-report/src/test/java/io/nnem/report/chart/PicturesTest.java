package io.nnem.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.report.stats.Estimate;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PicturesTest {
  private static final String HOSTILE = "<script>alert('a & \"b\"')</script>\n]]>&lt;\u0000";

  @Test
  void theSameFigureGivesTheSameBytes() throws IOException {
    assertThat(Pictures.svg(lines(5))).isEqualTo(Pictures.svg(lines(5)));
    assertThat(Pictures.png(lines(5))).isEqualTo(Pictures.png(lines(5)));
  }

  @Test
  void thePngIsTheSamePicture_twiceAsLarge() throws Exception {
    Figure figure = lines(3);
    String[] size = root(figure).getAttribute("viewBox").split(" ", -1);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Pictures.png(figure)));

    assertThat(image.getWidth()).isEqualTo(2 * Integer.parseInt(size[2]));
    assertThat(image.getHeight()).isEqualTo(2 * Integer.parseInt(size[3]));
    Set<Integer> colours = new HashSet<>();
    IntStream.range(0, image.getHeight())
        .forEach(
            y -> IntStream.range(0, image.getWidth()).forEach(x -> colours.add(rgb(image, x, y))));
    assertThat(colours).contains(0xFFFFFF, 0x56B4E9, 0x7F7F7F, 0xB8A800, 0x222222);
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void aBandStaysWithinWhatTheQuantityCanBe() throws Exception {
    Axis cosine = Axis.linear("cosine", 0, 1.2, 0.1).within(-1, 1);
    Point wide = new Point(0, 0.9, -0.5, 1.15, 1, "");
    Point narrow = new Point(1, 0.9, 0.8, 1.15, 1, "");
    Series series = new Series("a", Style.at(0), List.of(wide, narrow));
    Figure figure =
        figure(new Chart(Chart.Kind.LINES, Axis.linear("x", 0, 1), cosine, List.of(series)));

    double one = tickOf(figure, "1.0");
    double zero = tickOf(figure, "0.0");
    String band = elements(figure, "path", "fill-own").get(0).getAttribute("d");
    double[] heights =
        Arrays.stream(band.substring(1, band.length() - 1).split("L", -1))
            .mapToDouble(corner -> Double.parseDouble(corner.split(" ", -1)[1]))
            .toArray();
    assertThat(DoubleStream.of(heights).min().orElseThrow()).isEqualTo(one);
    assertThat(DoubleStream.of(heights).max().orElseThrow()).isEqualTo(zero);
  }

  /** Where the horizontal line of a number is. */
  private static double tickOf(Figure figure, String number) throws Exception {
    return elements(figure, "text", "fill-text").stream()
        .filter(text -> text.getTextContent().equals(number))
        .filter(text -> text.getAttribute("text-anchor").equals("end"))
        .mapToDouble(text -> Double.parseDouble(text.getAttribute("y")) - 5)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTitleOfAnAxisStandsClearOfItsNumbers() throws Exception {
    Axis wide = Axis.linear("what is upward", 0, 4e6);
    Figure figure = figure(new Chart(Chart.Kind.LINES, Axis.linear("x", 0, 1), wide, List.of()));
    double leftmost = Double.MAX_VALUE;
    double label = 0;
    for (Element text : elements(figure, "text", "fill-text")) {
      double x = Double.parseDouble(text.getAttribute("x"));
      if (text.getAttribute("text-anchor").equals("end")) {
        leftmost = Math.min(leftmost, x - Lettering.width(text.getTextContent(), 14));
      } else if (text.hasAttribute("transform")) {
        label = x;
      }
    }
    assertThat(label).isBetween(15.0, leftmost - 4);
  }

  @Test
  void twentyLongNamesAreReadAndFit() throws Exception {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "exact-reinstatement/code+options.code-bits=8".repeat(i % 4 + 1) + i;
      series.add(new Series(name, Style.at(i), List.of(Point.of(0, i, ""), Point.of(1, i, ""))));
    }
    series.add(new Series("endless".repeat(100), Style.at(20), List.of()));
    Figure figure =
        figure(
            new Chart(Chart.Kind.LINES, Axis.linear("x", 0, 1), Axis.linear("y", 0, 20), series));
    String[] size = root(figure).getAttribute("viewBox").split(" ", -1);
    List<Element> keys = elements(figure, "g", "key");
    double below = 0;
    for (int i = 0; i < keys.size(); i++) {
      NodeList lines = keys.get(i).getElementsByTagName("text");
      StringBuilder whole = new StringBuilder();
      for (int line = 0; line < lines.getLength(); line++) {
        Element text = (Element) lines.item(line);
        double x = Double.parseDouble(text.getAttribute("x"));
        double y = Double.parseDouble(text.getAttribute("y"));
        assertThat(x + Lettering.width(text.getTextContent(), 14)).isLessThan(1000);
        assertThat(y).isBetween(below + 16, Double.parseDouble(size[3]) - 4);
        below = y;
        whole.append(text.getTextContent());
      }
      String name = series.get(i).name();
      assertThat(whole.toString()).isEqualTo(i < 20 ? name : shortened(name));
    }
    assertThat(keys)
        .extracting(key -> key.getElementsByTagName("title").item(0).getTextContent())
        .as("the whole name is there for who points at it")
        .isEqualTo(series.stream().map(Series::name).toList());
  }

  private static String shortened(String name) {
    return Lettering.shorten(name, 14, 1000 - 2 * 16 - 44 - 14);
  }

  @Test
  void parallelLinesCrossEachAxisAtTheirValue_andTheBestIsDrawnLast() throws Exception {
    List<Axis> axes =
        List.of(
            Axis.log("rate", 0.001, 1, 0.001, 0.1),
            Axis.names("kind", List.of(HOSTILE, "b", "n".repeat(100))),
            Axis.linear("accuracy", 0, 1));
    List<Parallel.Line> lines =
        List.of(
            new Parallel.Line("best " + HOSTILE, List.of(0.1, 0.0, 1.0)),
            new Parallel.Line("worst", List.of(0.001, 2.0, 0.25)),
            new Parallel.Line("lost", List.of(Double.NaN, 1.0, Double.NaN)));
    Figure figure = figure(Parallel.chart(axes, lines));

    List<Element> series =
        elements(figure, "g", "series").stream()
            .filter(e -> e.hasAttribute("data-points"))
            .toList();
    assertThat(series)
        .extracting(each -> each.getAttribute("data-points").split("[|]", -1)[2])
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("worst"),
            second -> assertThat(second).startsWith("best <script>"),
            third -> assertThat(third).isEqualTo("lost"));
    double[] box =
        Arrays.stream(elements(figure, "g", "chart").get(0).getAttribute("data-box").split(" ", -1))
            .mapToDouble(Double::parseDouble)
            .toArray();
    String path = elements(series.get(1), "path", "stroke-own").get(0).getAttribute("d");
    double[] heights =
        Arrays.stream(path.substring(1).split("L", -1))
            .mapToDouble(
                corner -> 1 - (Double.parseDouble(corner.split(" ", -1)[1]) - box[1]) / box[3])
            .toArray();
    assertThat(heights).containsExactly(new double[] {2 / 3.0, 1 / 6.0, 1}, within(1e-4));
    assertThat(labels(figure)).contains("rate", "kind", "accuracy", "0.1", "b");
    assertThat(Pictures.svg(figure))
        .as("the whole name, for who points at it")
        .contains("<title>" + "n".repeat(100) + "</title>")
        .doesNotContain("<script");
    assertThat(figure.legend()).as("the axes say what a line is").isEmpty();
    assertThat(Pictures.png(figure)).isNotEmpty();
  }

  @Test
  void parallelLinesOfOneValueStandSideBySide_theBestAbove() {
    List<Axis> axes = List.of(Axis.names("kind", List.of("a", "b")), Axis.linear("y", 0, 1));
    List<Parallel.Line> lines =
        IntStream.of(1, 3, 2)
            .mapToObj(i -> new Parallel.Line("line " + i, List.of(0.0, i / 4.0)))
            .toList();

    assertThat(Parallel.chart(axes, lines).series())
        .extracting(each -> each.points().get(0).y())
        .isSorted()
        .doesNotHaveDuplicates()
        .allSatisfy(place -> assertThat(place).isCloseTo(0.25, within(0.03)));
  }

  @Test
  void gradesAreToldByLightnessAlone_onEitherGround() {
    List<Style> grades =
        IntStream.rangeClosed(0, 20).mapToObj(i -> Style.graded(i / 20.0)).toList();

    assertThat(grades)
        .extracting(each -> lightness(each.colour()))
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(grades).extracting(each -> lightness(each.dark())).isSorted();
    assertThat(grades.get(20)).isEqualTo(Style.graded(1.5));
    assertThat(grades.get(0)).isEqualTo(Style.graded(Double.NaN));
  }

  /** CIE L* of a colour. */
  private static double lightness(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double luminance = 0;
    for (int i = 0; i < 3; i++) {
      double share = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      luminance +=
          weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
    }
    return 116 * Math.cbrt(luminance) - 16;
  }

  @Test
  void namesAreWholeIfARowHasRoom_andShortOnesStandSideBySide() throws Exception {
    for (int length : new int[] {8, 30, 60, 100}) {
      List<Series> series =
          IntStream.range(0, 4)
              .mapToObj(i -> new Series("n".repeat(length) + i, Style.at(i), List.of()))
              .toList();
      Axis axis = Axis.linear("x", 0, 1);
      Figure figure = figure(new Chart(Chart.Kind.LINES, axis, axis, series));

      assertThat(labels(figure)).containsAll(series.stream().map(Series::name).toList());
      assertThat(
              elements(figure, "text", "fill-text").stream()
                  .filter(text -> text.getTextContent().startsWith("nn"))
                  .map(text -> text.getAttribute("y"))
                  .distinct())
          .hasSize(length == 8 ? 1 : length == 30 ? 2 : 4);
    }
  }

  @Test
  void namesAreInert() throws Exception {
    Point point = Point.of(0.5, 0.5, HOSTILE + "|;");
    Series series = new Series(HOSTILE, HOSTILE, Style.at(0), List.of(point), List.of(point));
    Axis x = Axis.linear(HOSTILE, 0, 1);
    Chart chart = new Chart(Chart.Kind.DOTS, x, x, List.of(series));
    Figure figure = Figure.of("f", HOSTILE, HOSTILE, chart);

    assertThat(Pictures.svg(figure)).doesNotContain("<script", "'a & ");
    Element root = root(figure);
    assertThat(root.getElementsByTagName("script").getLength()).isZero();
    assertThat(root.getAttribute("aria-label")).contains("<script>alert('a & \"b\"')</script>");
    assertThat(elements(figure, "g", "series").get(0).getAttribute("data-points").split("[|;]", -1))
        .as("separators are not in the words")
        .hasSize(4);
    assertThat(Pictures.png(figure)).isNotEmpty();
  }

  @Test
  void aLineStopsWhereThereIsNoNumber() throws Exception {
    List<Point> points =
        List.of(
            Point.of(0, 0, ""),
            Point.of(1, 1, ""),
            Point.of(2, Double.NaN, ""),
            Point.of(3, 1, ""),
            Point.of(4, 0, ""));
    Axis y = Axis.linear("y", 0, 1);
    Series series = new Series("a", "a", Style.at(0), points, points.subList(1, 3));
    Figure figure = figure(new Chart(Chart.Kind.LINES, Axis.linear("x", 0, 4), y, List.of(series)));

    assertThat(elements(figure, "g", "mark cross")).hasSize(1);
    String path = elements(figure, "path", "stroke-own").get(0).getAttribute("d");
    assertThat(path).containsPattern("^M[^ML]+L[^ML]+M[^ML]+L[^ML]+$").doesNotContain("NaN");
  }

  @Test
  void dotsOfTheSameCostStandSideBySide() {
    Axis x = Axis.logOf("cost", 10, 100);
    List<Series> series =
        IntStream.range(0, 3)
            .mapToObj(i -> new Series("s" + i, Style.at(i), List.of(Point.of(10, i, ""))))
            .toList();
    Chart chart = new Chart(Chart.Kind.DOTS, x, Axis.linear("y", 0, 3), series).sideBySide();

    assertThat(chart.series().stream().map(each -> x.place(each.points().get(0).x())).distinct())
        .hasSize(3);
    assertThat(chart.series().get(1).points().get(0).x()).isEqualTo(10);
  }

  @Test
  void barsHistogramsAndHeatMapsHaveTheirShapes() throws Exception {
    Axis names = Axis.names("kind", List.of("a", "b"));
    List<Series> two =
        List.of(
            new Series("one", Style.at(0), bar(-1.0, new Estimate(3, 2, 1, 3))),
            new Series("two", Style.at(1), bar(0.5, new Estimate(3, 1, 0.5, 1.5))));
    Figure bars = figure(Chart.bars(names, "height", two));
    assertThat(elements(bars, "rect", "fill-own")).as("with the legend").hasSize(4 + 2);
    assertThat(bars.charts().get(0).y().low()).isLessThan(-1);

    Figure histogram =
        figure(Chart.histogram("size", Style.at(0), new double[] {0, 0, 1, 9, 10}, 5));
    assertThat(histogram.charts().get(0).series().get(0).points())
        .extracting(Point::y)
        .containsExactly(3.0, 0.0, 0.0, 0.0, 2.0);
    assertThat(elements(histogram, "rect", "fill-own")).hasSize(5);

    Figure map = figure(Chart.heatMap(names, names, new double[][] {{1, 2}, {Double.NaN, 4}}));
    assertThat(elements(map, "rect", "fill-own")).hasSize(3);
    assertThat(elements(map, "rect", "fill-own").get(2).getAttribute("fill-opacity"))
        .isEqualTo("0.5");
    for (Figure each : List.of(bars, histogram, map)) {
      assertThat(Pictures.png(each)).isEqualTo(Pictures.png(each));
    }
  }

  private static List<Point> bar(double first, Estimate second) {
    return List.of(Point.of(0, first, "a"), Point.of(1, second, "b"));
  }

  @Test
  void fortyStylesAreForty() {
    assertThat(IntStream.range(0, 40).mapToObj(Style::at).distinct()).hasSize(40);
  }

  @Test
  void chartsWithTheAxisOfTheFirstShareIt() throws Exception {
    Axis y = Axis.linear("shared", 0, 1);
    Chart first = new Chart(Chart.Kind.LINES, Axis.linear("a", 0, 1), y, List.of());
    Chart second = new Chart(Chart.Kind.LINES, Axis.linear("b", 0, 1), y, List.of());
    Chart other =
        new Chart(Chart.Kind.LINES, Axis.linear("c", 0, 1), Axis.linear("own", 0, 1), List.of());

    assertThat(labels(new Figure("f", "t", "s", 1200, 400, List.of(first, second))))
        .containsOnlyOnce("shared");
    assertThat(labels(new Figure("f", "t", "s", 1200, 400, List.of(first, other))))
        .contains("shared", "own");
  }

  private static List<String> labels(Figure figure) throws Exception {
    return elements(figure, "text", "fill-text").stream().map(Element::getTextContent).toList();
  }

  @Test
  void aFigureThatCannotBeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Figure("f", "t", "s", 1000, 400, List.of()))
        .withMessageContaining("has 0 charts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Figure.of("../f", "t", "s", lines(1).charts().get(0)));
  }

  static Figure lines(int count) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Point> points = new ArrayList<>();
      for (int step = 0; step <= 3; step++) {
        double[] values = {0.1 * i + 0.1 * step, 0.12 * i + 0.1 * step, 0.11 * i + 0.1 * step};
        points.add(Point.of(100 * step, Estimate.of(values), "At step " + 100 * step));
      }
      series.add(new Series("condition-" + i, Style.at(i), points));
    }
    Axis x = Axis.linear("Training step", 0, 303);
    return figure(new Chart(Chart.Kind.LINES, x, Axis.linear("Accuracy", 0, 1, 0.1), series));
  }

  private static Figure figure(Chart chart) {
    return Figure.of("figure", "title", "subtitle", chart);
  }

  /** It must be well-formed. */
  private static Element root(Figure figure) throws Exception {
    byte[] svg = Pictures.svg(figure).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg))
        .getDocumentElement();
  }

  private static List<Element> elements(Figure figure, String tag, String type) throws Exception {
    return elements(root(figure), tag, type);
  }

  private static List<Element> elements(Element within, String tag, String type) {
    NodeList all = within.getElementsByTagName(tag);
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(element -> element.getAttribute("class").equals(type))
        .toList();
  }
}
