package io.nnem.core.state;

import io.nnem.core.Stateful;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private final Map<String, List<ByteBuffer>> pages = new HashMap<>();
  private final Deque<byte[]> room = new ArrayDeque<>();
  private long bytes;

  /**
   * Makes room, so that less is to be done when the copy is taken.
   *
   * @param bytes how many it will have, or about as many; 0 if nobody knows
   */
  public StateCopy(long bytes) {
    for (long i = 0; i < bytes; i += PAGE_BYTES) {
      room.add(new byte[PAGE_BYTES]);
    }
  }

  /** Keeps what the survey only looks at. */
  private final class Keeping implements EncodingWriter.Sink {
    private List<ByteBuffer> current;

    @Override
    public void begin(String name, ElementType type, List<Long> shape) {
      survey.begin(name, type, shape);
      current = new ArrayList<>();
      pages.put(name, current);
    }

    @Override
    public void chunk(ByteBuffer chunk) {
      bytes += chunk.remaining();
      while (chunk.hasRemaining()) {
        ByteBuffer page = current.isEmpty() ? null : current.get(current.size() - 1);
        if (page == null || !page.hasRemaining()) {
          page = page(chunk.remaining());
          current.add(page);
        }
        int some = Math.min(page.remaining(), chunk.remaining());
        page.put(chunk.slice(chunk.position(), some));
        chunk.position(chunk.position() + some);
      }
    }

    /** Small entries are many: they get no more than they need. */
    private ByteBuffer page(int needed) {
      if (needed < EncodingWriter.CHUNK_BYTES) {
        return ByteBuffer.allocate(needed);
      }
      return ByteBuffer.wrap(room.isEmpty() ? new byte[PAGE_BYTES] : room.pop());
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
   * Takes the copy, once. The state must be left alone meanwhile.
   *
   * @param root what to copy
   * @throws IllegalArgumentException if a name is not valid or is used twice, or a text is not
   *     valid Unicode
   */
  public void take(Stateful root) {
    root.save(new EncodingWriter(new Keeping()));
    room.clear();
  }

  /**
   * How many bytes it has, beside names and texts.
   *
   * @return the number
   */
  public long bytes() {
    return bytes;
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
            for (ByteBuffer page : pages.get(name)) {
              position += DataWriter.write(channel, page.duplicate().flip(), position);
            }
          }
        });
  }
}
