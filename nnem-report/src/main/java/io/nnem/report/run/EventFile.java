package io.nnem.report.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A file of scalars by step that TensorBoard shows, also while it is being written.
 *
 * <p>It is a sequence of TFRecords (length, check sum of the length, content, check sum of the
 * content), each of which holds an {@code Event} of TensorFlow's {@code event.proto}. Of these
 * messages few fields are needed, so they are encoded here. The first event names the format.
 */
public final class EventFile implements AutoCloseable {
  /** TensorBoard takes each file with {@code tfevents} in its name. */
  private static final String NAME = "events.out.tfevents.nnem";

  // wire types of Protocol Buffers, and how a tag is made of a field's number and its type
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final OutputStream out;

  private EventFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a file, in place of the one that is there.
   *
   * @param folder what TensorBoard calls the run; made if it is not there
   * @param time when the run begins
   * @return without scalars
   * @throws IOException if it cannot be written
   */
  public static EventFile create(Path folder, Instant time) throws IOException {
    Files.createDirectories(folder);
    EventFile file = new EventFile(Files.newOutputStream(folder.resolve(NAME)));
    file.write(event(time, 0, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
    return file;
  }

  /**
   * Adds what was measured at a step. It is in the file when this returns.
   *
   * @param time when it was measured
   * @param step from 0 on
   * @param scalars values by tag; a tag up to its first {@code /} is a heading in TensorBoard
   * @throws IOException if it cannot be written
   */
  public void add(Instant time, long step, Map<String, Double> scalars) throws IOException {
    Message summary = new Message();
    new TreeMap<>(scalars)
        .forEach( // in one order, so that the same scalars are the same bytes
            (tag, scalar) ->
                summary.bytes(
                    1,
                    new Message()
                        .bytes(1, tag.getBytes(StandardCharsets.UTF_8))
                        .fixed32(2, Float.floatToIntBits(scalar.floatValue()))
                        .toByteArray()));
    write(event(time, step, 5, summary.toByteArray()));
  }

  /** An event with one field besides its time and its step. */
  private static byte[] event(Instant time, long step, int field, byte[] content) {
    double seconds = time.getEpochSecond() + time.getNano() * 1e-9;
    return new Message()
        .fixed64(1, Double.doubleToLongBits(seconds))
        .varint(2, step)
        .bytes(field, content)
        .toByteArray();
  }

  private void write(byte[] content) throws IOException {
    byte[] length = little(Long.BYTES).putLong(content.length).array();
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(length);
    record.writeBytes(checksum(length));
    record.writeBytes(content);
    record.writeBytes(checksum(content));
    record.writeTo(out); // at once: whoever reads meanwhile sees whole records
  }

  /** CRC-32C, turned and moved, so that a sum over data with sums in it is of use too. */
  private static byte[] checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    return little(Integer.BYTES).putInt(masked).array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** A message of Protocol Buffers, field by field. */
  private static final class Message extends ByteArrayOutputStream {

    Message varint(int field, long value) {
      if (value != 0) { // what is left out is 0
        raw(((long) field << 3) | VARINT);
        raw(value);
      }
      return this;
    }

    Message fixed64(int field, long bits) {
      raw(((long) field << 3) | FIXED64);
      writeBytes(little(Long.BYTES).putLong(bits).array());
      return this;
    }

    Message fixed32(int field, int bits) {
      raw(((long) field << 3) | FIXED32);
      writeBytes(little(Integer.BYTES).putInt(bits).array());
      return this;
    }

    Message bytes(int field, byte[] content) {
      raw(((long) field << 3) | BYTES);
      raw(content.length);
      writeBytes(content);
      return this;
    }

    /** Seven bits in each byte, the lowest first; the eighth says that more follow. */
    private void raw(long value) {
      long rest = value;
      for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
        write((int) ((rest & 0x7f) | 0x80));
      }
      write((int) rest);
    }
  }
}
