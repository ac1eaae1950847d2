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
final class Pictures {
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

  /** A scalable picture with its text as text. */
  static String svg(JFreeChart chart) throws IOException {
    Document document =
        GenericDOMImplementation.getDOMImplementation().createDocument(SVG, "svg", null);
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment("drawn by nnem");
    context.setPrecision(4);
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(SIZE.getSize());
    draw(chart, graphics);
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + SIZE.width + " " + SIZE.height);
    root.setAttributeNS(null, "role", "img");
    root.setAttributeNS(null, "aria-label", chart.getTitle().getText());
    StringWriter text = new StringWriter();
    graphics.stream(root, text, true, false);
    graphics.dispose();
    return text.toString();
  }

  /** A picture of 2000 x 1300 pixels. */
  static byte[] png(JFreeChart chart) throws IOException {
    BufferedImage image =
        new BufferedImage(SIZE.width * SCALE, SIZE.height * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    draw(chart, graphics);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static void draw(JFreeChart chart, Graphics2D graphics) {
    chart.setElementHinting(false);
    chart.draw(graphics, new Rectangle2D.Double(0, 0, SIZE.width, SIZE.height));
  }
}
