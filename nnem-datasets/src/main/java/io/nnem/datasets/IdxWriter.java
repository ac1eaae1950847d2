package io.nnem.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes IDX files, so that data of one's own can be read by {@code Datasets.folder}. A file whose
 * name ends in {@code .gz} is compressed. An existing file is replaced.
 */
public final class IdxWriter {
  private IdxWriter() {}

  /**
   * Writes images.
   *
   * @param file where to write
   * @param rows the height of an image in pixels, at least 1
   * @param columns the width of an image in pixels, at least 1
   * @param pixels count x rows x columns unsigned bytes, at least one image
   * @throws IllegalArgumentException if the pixels are not a whole number of images, or none
   * @throws DatasetException if the file cannot be written
   */
  public static void writeImages(Path file, int rows, int columns, byte[] pixels) {
    long imageSize = (long) rows * columns;
    if (rows < 1 || columns < 1 || pixels.length == 0 || pixels.length % imageSize != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d pixels are not one or more images of %d x %d.",
              pixels.length,
              rows,
              columns));
    }
    write(file, IdxKind.IMAGES, pixels, (int) (pixels.length / imageSize), rows, columns);
  }

  /**
   * Writes labels.
   *
   * @param file where to write
   * @param labels unsigned bytes, at least one
   * @throws IllegalArgumentException if there is no label
   * @throws DatasetException if the file cannot be written
   */
  public static void writeLabels(Path file, byte[] labels) {
    if (labels.length == 0) {
      throw new IllegalArgumentException("There are no labels to write: give at least one.");
    }
    write(file, IdxKind.LABELS, labels, labels.length);
  }

  private static void write(Path file, IdxKind kind, byte[] bytes, int... shape) {
    ByteBuffer header = ByteBuffer.allocate(kind.headerBytes()).putInt(kind.magic());
    for (int extent : shape) {
      header.putInt(extent);
    }
    boolean gzip = file.toString().endsWith(".gz");
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = gzip ? new GZIPOutputStream(raw) : raw) {
      out.write(header.array());
      out.write(bytes);
    } catch (IOException e) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: cannot be written (%s). Check the folder and that you may write there.",
              file,
              e),
          e);
    }
  }
}
