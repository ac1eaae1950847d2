package io.nnem.datasets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files of images or labels, the format in which MNIST and its relatives are distributed.
 * An image file is the four big-endian 32-bit integers 0x00000803, count, rows and columns, then
 * count x rows x columns unsigned bytes, row by row. A label file is 0x00000801 and count, then one
 * unsigned byte for each label. The third byte of the first integer is the type: 08 for unsigned
 * bytes, 09 for signed ones, 0b for short, 0c for int, and of images also 0d for float and 0e for
 * double. The fourth is the number of dimensions: images may have 2, count and columns, and labels
 * too, where the first number of each row is the label.
 *
 * <p>Either may be compressed with gzip. Whether the content is compressed is told from its first
 * two bytes, whatever the name. The header is checked before memory is allocated for what it
 * promises, and the content must end exactly where the header says.
 */
public final class IdxReader {
  private static final int BUFFER = 1 << 16;

  /** No array is longer than this. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /** Allocated at once on the word of a header; more only when that much has really been read. */
  private static final int TRUSTED_BYTES = 1 << 26;

  private final InputStream in;
  private final String source;
  private final IdxKind kind;
  private long position;

  private IdxReader(InputStream in, String source, IdxKind kind) {
    this.in = in;
    this.source = source;
    this.kind = kind;
  }

  /**
   * Reads a file of images.
   *
   * @param file an IDX file of images, plain or gzipped
   * @return count x rows x columns pixels
   * @throws DatasetException if it cannot be read, is not such a file, is shorter or longer than
   *     its header says, or promises nothing at all or more than 2 GiB
   */
  public static IdxData readImages(Path file) {
    return read(file, IdxKind.IMAGES);
  }

  /**
   * Reads a file of labels.
   *
   * @param file an IDX file of labels, plain or gzipped
   * @return count labels
   * @throws DatasetException if it cannot be read, is not such a file, is shorter or longer than
   *     its header says, or promises nothing at all or more than 2 GiB
   */
  public static IdxData readLabels(Path file) {
    return read(file, IdxKind.LABELS);
  }

  /**
   * Reads images from a stream, to its end.
   *
   * @param in the content of an IDX file of images; not closed
   * @param source how error messages should name it
   * @return count x rows x columns pixels
   * @throws DatasetException as {@link #readImages(Path)} does
   */
  public static IdxData readImages(InputStream in, String source) {
    return read(in, source, IdxKind.IMAGES);
  }

  /**
   * Reads labels from a stream, to its end.
   *
   * @param in the content of an IDX file of labels; not closed
   * @param source how error messages should name it
   * @return count labels
   * @throws DatasetException as {@link #readLabels(Path)} does
   */
  public static IdxData readLabels(InputStream in, String source) {
    return read(in, source, IdxKind.LABELS);
  }

  private static IdxData read(Path file, IdxKind kind) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), kind);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static IdxData read(InputStream in, String source, IdxKind kind) {
    try {
      return new IdxReader(unzipped(in), source, kind).read();
    } catch (EOFException | ZipException e) {
      // Only the decompression throws these: the end of a plain stream is a return value.
      String reason = e instanceof EOFException ? "it ends too early" : e.getMessage();
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: the gzip stream is damaged (%s). Fetch or compress the file again.",
              source,
              reason),
          e);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static DatasetException unreadable(String source, IOException e) {
    return new DatasetException(
        String.format(
            Locale.ROOT,
            "%s: cannot be read (%s). Check that it is a file and that you may read it.",
            source,
            e),
        e);
  }

  static InputStream unzipped(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(2);
    int magic = buffered.read() | buffered.read() << 8;
    buffered.reset();
    return magic == GZIPInputStream.GZIP_MAGIC ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }

  private IdxData read() throws IOException {
    int magic = header(1, kind.headerBytes()).getInt();
    if (!kind.allows(magic)) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: expected the magic number 0x%08x of %s, found 0x%08x. %s",
              source,
              kind.magic(),
              kind.plural(),
              magic,
              kind.advice(magic)));
    }
    IdxType type = IdxType.of(magic).orElseThrow();
    int[] shape = new int[magic & 0xff];
    ByteBuffer header = header(shape.length, (1 + shape.length) * Integer.BYTES);
    Arrays.setAll(shape, i -> header.getInt());
    byte[] bytes = body(size(shape, type.bytes));
    return new IdxData(source, type, shape, bytes);
  }

  /** So many integers, of a header that has so many bytes in all. */
  private ByteBuffer header(int integers, int all) throws IOException {
    byte[] bytes = new byte[integers * Integer.BYTES];
    if (fill(bytes, 0) < bytes.length) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: expected a header of %d bytes, found only %d bytes in all. %s",
              source,
              all,
              position,
              "Fetch or write the file again."));
    }
    return ByteBuffer.wrap(bytes);
  }

  /** The bytes of all numbers; dimensions are unsigned. An array must be able to hold them. */
  private int size(int[] shape, int bytes) {
    long size = bytes;
    for (int extent : shape) {
      if (extent == 0) {
        throw new DatasetException(
            String.format(
                Locale.ROOT,
                "%s: the header promises %s, which is nothing at all. Write the file again.",
                source,
                kind.describe(shape)));
      }
    }
    for (int extent : shape) {
      if (Integer.toUnsignedLong(extent) > MOST_BYTES / size) {
        throw new DatasetException(
            String.format(
                Locale.ROOT,
                "%s: the header promises %s, which is more than 2 GiB. %s",
                source,
                kind.describe(shape),
                "If the data set is so large, split it; if not, the header is damaged."));
      }
      size *= extent;
    }
    return (int) size;
  }

  private byte[] body(int size) throws IOException {
    byte[] bytes = new byte[Math.min(size, TRUSTED_BYTES)];
    int filled = fill(bytes, 0);
    while (filled == bytes.length && filled < size) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, 2L * filled));
      filled = fill(bytes, filled);
    }
    long expected = position - filled + size;
    if (filled < size) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: expected %d bytes, found %d. The file was cut short: fetch or write it again.",
              source,
              expected,
              position));
    }
    if (in.read() != -1) { // reading the end also makes gzip verify its own check sum
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: expected %d bytes, found more. %s",
              source,
              expected,
              "The header does not belong to the content: fetch or write the file again."));
    }
    return bytes;
  }

  /** Reads until the array is full or the stream ends; returns how far the array is filled. */
  private int fill(byte[] bytes, int from) throws IOException {
    int read = in.readNBytes(bytes, from, bytes.length - from);
    position += read;
    return from + read;
  }
}
