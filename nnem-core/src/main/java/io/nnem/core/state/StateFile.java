package io.nnem.core.state;

import io.nnem.core.StateException;
import io.nnem.core.Stateful;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A file with the saved state of something {@link Stateful}: {@link #save} writes one, {@link
 * #open} reads it.
 *
 * <p>The format is safetensors, which many tools read, with a CRC-32C for the header and for each
 * entry: a file in which any bit has changed, or that was cut off or has grown, is refused. A file
 * is not trusted: all that its header says is compared with the length of the file, and with what
 * is asked for, before memory is allocated for it. A header has at most 16 MiB; the data may be of
 * any size.
 *
 * <pre>{@code
 * StateFile.save(path, Map.of("built", "2 layers"), network);
 * try (StateFile file = StateFile.open(path)) {
 *   file.load(anotherNetworkBuiltAlike, false);
 * }
 * }</pre>
 *
 * <p>Not thread-safe. While a file is open, Windows does not let it be replaced; elsewhere an open
 * file remains the one that was opened.
 */
public final class StateFile implements AutoCloseable {

  /**
   * What a file says of one array or matrix.
   *
   * @param name its name, with the names of the parts that it is in before it, as in {@code
   *     memory.keys}
   * @param dtype the type of its elements: U8, I32, I64, F32 or F64
   * @param shape the length of an array; rows and columns of a matrix
   */
  public record Entry(String name, String dtype, List<Long> shape) {
    /**
     * How much of the file it takes.
     *
     * @return the bytes of its data
     */
    public long bytes() {
      return shape.stream().reduce(1L, Math::multiplyExact) * ElementType.valueOf(dtype).bytes;
    }
  }

  private final Path path;
  private final FileChannel channel;
  private final StateHeader header;
  private final long dataStart;

  private StateFile(Path path, FileChannel channel, StateHeader header, long dataStart) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    this.dataStart = dataStart;
  }

  /**
   * Saves a state, in place of a file that may be there. The new file is written beside it, synced
   * and renamed: whatever fails, and if the machine does, the old file is as it was or the new one
   * is complete. The same state and metadata give the same bytes. The state must be left alone
   * meanwhile; it is gone through twice, so that no copy of it is made ({@link StateCopy} makes
   * one).
   *
   * @param path where to; its folder must exist
   * @param metadata what else to note: any keys and values
   * @param root what to save
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if a name is not valid or is used twice, or a text is not
   *     valid Unicode
   * @throws IllegalStateException if the state changed meanwhile, or its header would be too long
   */
  public static void save(Path path, Map<String, String> metadata, Stateful root)
      throws IOException {
    Survey survey = new Survey();
    root.save(new EncodingWriter(survey));
    StateHeader header = survey.header(metadata);
    byte[] beginning = header.encode();
    AtomicFile.write(
        path,
        channel -> {
          DataWriter.write(channel, ByteBuffer.wrap(beginning), 0);
          DataWriter data = new DataWriter(channel, beginning.length, header);
          try {
            root.save(new EncodingWriter(data));
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
          data.requireAllWritten();
        });
  }

  /**
   * Opens a file and checks its header. The data is checked when it is loaded.
   *
   * @param path the file
   * @return the file, to be closed by the caller
   * @throws IOException if it cannot be read
   * @throws StateException if it is damaged, not a state that nnem saved, or of a newer format
   */
  public static StateFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      byte[] beginning = beginning(channel);
      StateHeader header = HeaderReader.read(beginning, channel.size() - beginning.length);
      return new StateFile(path, channel, header, beginning.length);
    } catch (StateException e) {
      channel.close();
      throw named(path, e);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private static byte[] beginning(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new StateException("it has only " + size + " bytes, which is no saved state.");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    EntryInput.read(channel, length, 0);
    long bytes = length.getLong(0);
    if (bytes < 0 || bytes > StateHeader.MOST_BYTES || bytes > size - Long.BYTES) {
      throw new StateException(
          "it says that its header has "
              + Long.toUnsignedString(bytes)
              + " bytes; it may have "
              + StateHeader.MOST_BYTES
              + ", and the file has "
              + size
              + ". It was cut off, is damaged, or is something else than a saved state.");
    }
    ByteBuffer beginning = ByteBuffer.allocate(Long.BYTES + (int) bytes);
    EntryInput.read(channel, beginning, 0);
    return beginning.array();
  }

  /**
   * What was given to {@link #save} as metadata.
   *
   * @return keys and values, sorted by key
   */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /**
   * The arrays and matrices that the file has.
   *
   * @return one entry for each, in the order in which their data stands there
   */
  public List<Entry> entries() {
    return header.entries().values().stream()
        .map(entry -> new Entry(entry.name(), entry.type().name(), entry.shape()))
        .toList();
  }

  /**
   * Loads the state. Each entry is checked when it is read, and in the end that all were.
   *
   * @param root what takes it over; if this throws, it is in an undefined state and must be dropped
   * @param convert whether matrices may be converted, where they were saved with another precision
   *     than that of the back end: from doubles to floats they are rounded
   * @throws IOException if the file cannot be read
   * @throws StateException if an entry is damaged, missing, or of another kind, length, shape or
   *     precision than what is asked for, or if the file has more than that
   * @throws IllegalStateException if the file is closed
   */
  public void load(Stateful root, boolean convert) throws IOException {
    if (!channel.isOpen()) {
      throw new IllegalStateException(path + " is closed; open it again to load it.");
    }
    StoredReader reader = new StoredReader(header, new EntryInput(channel, dataStart), convert);
    try {
      root.load(reader);
      reader.requireAllRead();
    } catch (StateException e) {
      throw named(path, e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Checks the data of all entries, and loads nothing.
   *
   * @throws IOException if the file cannot be read
   * @throws StateException if an entry is damaged
   * @throws IllegalStateException if the file is closed
   */
  public void check() throws IOException {
    if (!channel.isOpen()) {
      throw new IllegalStateException(path + " is closed; open it again to check it.");
    }
    EntryInput input = new EntryInput(channel, dataStart);
    try {
      for (StoredEntry entry : header.entries().values()) {
        input.begin(entry);
        input.skip();
        input.end();
      }
    } catch (StateException e) {
      throw named(path, e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static StateException named(Path path, StateException e) {
    return new StateException(path + ": " + e.getMessage(), e);
  }
}
