package io.nnem.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes arrays as NumPy reads them: {@code numpy.load("file.npz")["name"]}. The format is a zip of
 * {@code .npy} files of version 1.0.
 */
public final class NpzWriter implements AutoCloseable {

  private static final int ALIGNMENT = 64;

  private final ZipOutputStream zip;

  /**
   * Before the first array.
   *
   * @param out where to write; closed with this
   */
  public NpzWriter(OutputStream out) {
    zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  /**
   * A matrix of 32-bit floats.
   *
   * @param name what it is called
   * @param rows of one length; a matrix without rows has no columns
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if rows differ in length; nothing is written then
   */
  public void floats(String name, List<float[]> rows) throws IOException {
    int columns = rows.isEmpty() ? 0 : rows.get(0).length;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).length != columns) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Row %d of %s (counted from 0) has %d numbers, but row 0 has %d.",
                i,
                name,
                rows.get(i).length,
                columns));
      }
    }
    begin(name, "<f4", rows.size() + ", " + columns);
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      bytes.asFloatBuffer().put(row);
      zip.write(bytes.array());
    }
    zip.closeEntry();
  }

  /**
   * An array of 64-bit integers.
   *
   * @param name what it is called
   * @param values the numbers
   * @throws IOException if it cannot be written
   */
  public void longs(String name, long... values) throws IOException {
    begin(name, "<i8", values.length + ",");
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    zip.write(bytes.array());
    zip.closeEntry();
  }

  /**
   * An array of texts.
   *
   * @param name what it is called
   * @param texts any characters, but no zeros at their ends: NumPy drops those
   * @throws IOException if it cannot be written
   */
  public void texts(String name, List<String> texts) throws IOException {
    int longest =
        texts.stream().mapToInt(text -> text.codePointCount(0, text.length())).max().orElse(0);
    int width = Math.max(1, longest); // NumPy has none of width 0
    begin(name, "<U" + width, texts.size() + ",");
    for (String text : texts) {
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(Integer.BYTES, width))
              .order(ByteOrder.LITTLE_ENDIAN);
      text.codePoints().forEach(bytes::putInt);
      zip.write(bytes.array());
    }
    zip.closeEntry();
  }

  private void begin(String name, String type, String shape) throws IOException {
    String header =
        String.format(
            Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type, shape);
    int fixed = 6 + 2 + 2; // magic, version, length of the header
    int padding = ALIGNMENT - (fixed + header.length() + 1) % ALIGNMENT;
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer beginning = ByteBuffer.allocate(fixed + text.length).order(ByteOrder.LITTLE_ENDIAN);
    beginning.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    beginning.put((byte) 1).put((byte) 0).putShort((short) text.length).put(text);
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTime(0); // the same arrays give the same bytes
    zip.putNextEntry(entry);
    zip.write(beginning.array());
  }

  /** Ends the file. */
  @Override
  public void close() throws IOException {
    zip.close();
  }
}
