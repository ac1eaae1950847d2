package io.nnem.core.state;

import io.nnem.core.Stateful;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A state as it was at one moment, in memory: taken fast, and saved while what it was taken of goes
 * on. It takes as much memory as the file.
 */
public final class StateCopy {

  private static final int PAGE_BYTES = 1 << 20;

  private final Survey survey = new Survey();
  private final Map<String, List<byte[]>> pages = new HashMap<>();

  private StateCopy() {}

  /** Keeps what the survey only looks at. */
  private final class Keeping implements EncodingWriter.Sink {
    private List<byte[]> current;
    private long missing;
    private int room;

    @Override
    public void begin(String name, ElementType type, List<Long> shape) {
      survey.begin(name, type, shape);
      current = new ArrayList<>();
      pages.put(name, current);
      missing = shape.stream().reduce((long) type.bytes, Math::multiplyExact);
      room = 0;
    }

    @Override
    public void chunk(ByteBuffer bytes) {
      while (bytes.hasRemaining()) {
        if (room == 0) {
          room = (int) Math.min(PAGE_BYTES, missing);
          missing -= room;
          current.add(new byte[room]);
        }
        byte[] page = current.get(current.size() - 1);
        int some = Math.min(room, bytes.remaining());
        bytes.get(page, page.length - room, some);
        room -= some;
      }
    }

    @Override
    public void end(int crc) {
      survey.end(crc);
    }

    @Override
    public void text(String name, String value) {
      survey.text(name, value);
    }
  }

  /**
   * Copies a state, which must be left alone meanwhile.
   *
   * @param root what to copy
   * @return the copy
   * @throws IllegalArgumentException if a name is not valid or is used twice, or a text is not
   *     valid Unicode
   */
  public static StateCopy of(Stateful root) {
    StateCopy copy = new StateCopy();
    root.save(new EncodingWriter(copy.new Keeping()));
    return copy;
  }

  /**
   * Saves the copy as {@link StateFile#save} would have saved the state: with the same bytes, in
   * place of a file that may be there, whole or not at all.
   *
   * @param path where to; its folder must exist
   * @param metadata what else to note: any keys and values
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if the metadata is not valid Unicode
   * @throws IllegalStateException if the header would be too long
   */
  public void save(Path path, Map<String, String> metadata) throws IOException {
    StateHeader header = survey.header(metadata);
    byte[] beginning = header.encode();
    AtomicFile.write(
        path,
        channel -> {
          long position = DataWriter.write(channel, ByteBuffer.wrap(beginning), 0);
          for (String name : header.entries().keySet()) { // in the order of their data
            for (byte[] page : pages.get(name)) {
              position += DataWriter.write(channel, ByteBuffer.wrap(page), position);
            }
          }
        });
  }
}
