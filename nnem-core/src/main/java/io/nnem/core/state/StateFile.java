package io.nnem.core.state;

import io.nnem.core.StateException;
import io.nnem.core.Stateful;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A saved state in one file, in the safetensors format, with a checksum for each entry and one for
 * the header, so that no damage goes unnoticed. {@code docs/state-format.md} describes it for those
 * who read it with other programs.
 */
public final class StateFile implements AutoCloseable {

  /** The longest header that is read: that of some hundred thousand entries. */
  private static final long LONGEST_HEADER = 64L << 20;

  private final Path path;
  private final FileChannel channel;
  private final Header header;
  private final long dataStart;

  private StateFile(Path path, FileChannel channel, Header header, long dataStart) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    this.dataStart = dataStart;
  }

  /**
   * Saves a state in place of a file that may be there: into another file beside it, which is
   * synced to the disk and renamed. Whatever fails, the file that was there stays as it was.
   *
   * @param path the file
   * @param metadata texts of the caller's own
   * @param root whose state; {@link Stateful#save} is called twice and must write the same
   * @throws IOException if the file cannot be written; the message names it
   * @throws IllegalStateException if the state changed meanwhile, or names something twice
   */
  public static void save(Path path, Map<String, String> metadata, Stateful root)
      throws IOException {
    EntryWriter.Account account = new EntryWriter.Account(bytes -> bytes.position(bytes.limit()));
    root.save(new EntryWriter(account));
    byte[] header = account.header(metadata).toBytes();
    Path target = path.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new IOException(path + " is a folder: name a file.");
    }
    Path part =
        target.resolveSibling(target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(header.length).put(header).flip();
        while (start.hasRemaining()) {
          channel.write(start);
        }
        EntryWriter.Account again = new EntryWriter.Account(channel::write);
        root.save(new EntryWriter(again));
        if (!again.entries.equals(account.entries)
            || !again.sums.equals(account.sums)
            || !again.texts.equals(account.texts)) {
          throw new IllegalStateException(
              "The state changed while it was saved to " + path + ": nobody may change it then.");
        }
        channel.force(true);
      }
      move(part, target);
    } catch (UncheckedIOException e) {
      throw new IOException(
          path + " cannot be written: " + e.getCause().getMessage(), e.getCause());
    } catch (IOException e) {
      throw new IOException(path + " cannot be written: " + e, e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
    // The new name is on the disk once its folder is; not every platform can be asked for that.
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      return;
    }
  }

  /**
   * Opens a file and checks its header.
   *
   * @param path the file
   * @return the file, to be closed by the caller
   * @throws IOException if it cannot be read
   * @throws StateException if it is no such file, is damaged, or of a newer format
   */
  public static StateFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + " is no file that can be read.");
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      long size = channel.size();
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      if (size < 8) {
        throw new StateException(path + ": it has " + size + " bytes, too few for a state.");
      }
      readAll(channel, 0, length);
      long headerLength = length.flip().getLong();
      if (headerLength < 2 || headerLength > Math.min(LONGEST_HEADER, size - 8)) {
        throw new StateException(
            path
                + ": its header should have "
                + headerLength
                + " bytes, in a file of "
                + size
                + ": it is damaged, or no state.");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) headerLength);
      readAll(channel, 8, bytes);
      Header header = parse(path, bytes.array(), size - 8 - headerLength);
      return new StateFile(path, channel, header, 8 + headerLength);
    } catch (RuntimeException | Error | IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Header parse(Path path, byte[] bytes, long dataLength) {
    try {
      return Header.parse(bytes, dataLength);
    } catch (StateException e) {
      throw new StateException(path + ": " + e.getMessage() + ".", e);
    }
  }

  private static void readAll(FileChannel channel, long position, ByteBuffer out)
      throws IOException {
    long at = position;
    while (out.hasRemaining()) {
      int count = channel.read(out, at);
      if (count < 0) {
        throw new EOFException("The file ends at byte " + at + ", earlier than it did before.");
      }
      at += count;
    }
  }

  /**
   * The texts that were given to {@link #save}.
   *
   * @return by name
   */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    header.texts.forEach(
        (name, text) -> {
          if (name.startsWith(Header.CALLERS)) {
            metadata.put(name.substring(Header.CALLERS.length()), text);
          }
        });
    return metadata;
  }

  /**
   * What is in the file, for those who look at it.
   *
   * @return for each entry its name, its element type and its shape, in the order of their bytes
   */
  public List<String> entries() {
    return header.entries.values().stream()
        .map(entry -> entry.name() + " " + entry.type() + " " + entry.shape())
        .toList();
  }

  /**
   * Loads the state.
   *
   * @param root takes it over; if this throws, it is in an undefined state
   * @param convert whether matrices of another precision than the back end's are converted
   * @throws IOException if the file cannot be read
   * @throws StateException if an entry is damaged or missing, does not fit, or was not asked for
   */
  public void load(Stateful root, boolean convert) throws IOException {
    EntryReader reader =
        new EntryReader(
            header,
            (offset, bytes) -> readAll(channel, dataStart + offset, bytes),
            convert,
            path.toString());
    try {
      root.load(reader);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!reader.left().isEmpty()) {
      throw new StateException(
          path
              + ": it has "
              + reader.left()
              + ", which belongs to nothing here: it is the state of something else, or of a newer"
              + " version.");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
