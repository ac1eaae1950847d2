package io.nnem.report.chart;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Figures as files. The same figure gives the same bytes. */
public final class Pictures {
  private static final int SCALE = 2;

  static {
    // there is no screen to draw on, and none is wanted
    System.setProperty("java.awt.headless", "true");
  }

  private Pictures() {}

  /** SVG with its text as text: a file of its own, and an element that can stand in a page. */
  public static String svg(Figure figure) {
    return new Drawing(figure).toString();
  }

  /**
   * The same picture as PNG, two pixels for each of the figure.
   *
   * @throws IOException if it cannot be written
   */
  public static byte[] png(Figure figure) throws IOException {
    Drawing drawing = new Drawing(figure);
    byte[] svg = drawing.toString().getBytes(StandardCharsets.UTF_8);
    SVGDocument document =
        Objects.requireNonNull(
            new SVGLoader()
                .load(new ByteArrayInputStream(svg), null, LoaderContext.createDefault()));
    int width = figure.width() * SCALE;
    int height = drawing.height() * SCALE;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    document.render((Component) null, graphics, new ViewBox(0, 0, width, height));
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
