package io.nnem.experiments.report;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import javax.imageio.ImageIO;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A chart as SVG and as PNG. The same chart gives the same bytes. */
public final class Pictures {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final Rectangle SIZE = new Rectangle(1000, 650);
  private static final int SCALE = 2;

  static {
    // there is no screen to draw on, and none is wanted
    System.setProperty("java.awt.headless", "true");
    // a turned label stays text, not outlines
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private Pictures() {}

  /** A scalable picture of the usual size, with its text as text. */
  static String svg(JFreeChart chart) throws IOException {
    return svg(chart, SIZE.height);
  }

  /** A picture of 2000 x 1300 pixels. */
  static byte[] png(JFreeChart chart) throws IOException {
    return png(chart, SIZE.height);
  }

  /**
   * A scalable picture with its text as text.
   *
   * @param chart with a title
   * @param height in units of which the picture is 1000 wide
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static String svg(JFreeChart chart, int height) throws IOException {
    return svg(chart, SIZE.width, height);
  }

  /** A scalable picture of any size. */
  static String svg(JFreeChart chart, int width, int height) throws IOException {
    Rectangle size = new Rectangle(width, height);
    Document document =
        GenericDOMImplementation.getDOMImplementation().createDocument(SVG, "svg", null);
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment("drawn by nnem");
    context.setPrecision(4);
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(size.getSize());
    draw(chart, graphics, size);
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + size.width + " " + size.height);
    root.setAttributeNS(null, "role", "img");
    root.setAttributeNS(null, "aria-label", chart.getTitle().getText());
    StringWriter text = new StringWriter();
    graphics.stream(root, text, true, false);
    graphics.dispose();
    return text.toString();
  }

  /**
   * A picture of pixels, two for each unit.
   *
   * @param chart what is drawn
   * @param height in units of which the picture is 1000 wide
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static byte[] png(JFreeChart chart, int height) throws IOException {
    return png(chart, SIZE.width, height);
  }

  /** A picture of any size, two pixels for each unit. */
  static byte[] png(JFreeChart chart, int width, int height) throws IOException {
    Rectangle size = new Rectangle(width, height);
    BufferedImage image =
        new BufferedImage(size.width * SCALE, size.height * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    draw(chart, graphics, size);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static void draw(JFreeChart chart, Graphics2D graphics, Rectangle size) {
    chart.setElementHinting(false);
    chart.draw(graphics, new Rectangle2D.Double(0, 0, size.width, size.height));
  }
}
