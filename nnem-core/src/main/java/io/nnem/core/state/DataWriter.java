package io.nnem.core.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The second pass over a state: writes each entry to the place that its header gives it. */
final class DataWriter implements EncodingWriter.Sink {

  private final FileChannel channel;
  private final long dataStart;
  private final StateHeader header;
  private final Set<String> missing = new HashSet<>();
  private StoredEntry current;
  private long position;

  DataWriter(FileChannel channel, long dataStart, StateHeader header) {
    this.channel = channel;
    this.dataStart = dataStart;
    this.header = header;
    missing.addAll(header.entries().keySet());
    missing.addAll(header.texts().keySet());
  }

  @Override
  public void begin(String name, ElementType type, List<Long> shape) {
    current = header.entries().get(name);
    if (!missing.contains(name)
        || current == null
        || current.type() != type
        || !current.shape().equals(shape)) {
      throw changed(name);
    }
    position = dataStart + current.offset();
  }

  @Override
  public void chunk(ByteBuffer bytes) {
    try {
      position += write(channel, bytes, position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all of the buffer, and says how much that was. */
  static int write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    int written = 0;
    while (bytes.hasRemaining()) {
      written += channel.write(bytes, position + written);
    }
    return written;
  }

  @Override
  public void end(int crc) {
    if (current.crc() != crc) {
      throw changed(current.name());
    }
    missing.remove(current.name());
  }

  @Override
  public void text(String name, String value) {
    if (!missing.remove(name) || !value.equals(header.texts().get(name))) {
      throw changed(name);
    }
  }

  void requireAllWritten() {
    if (!missing.isEmpty()) {
      throw changed(missing.iterator().next());
    }
  }

  private static IllegalStateException changed(String name) {
    return new IllegalStateException(
        "The state changed while it was saved (" + name + "); nothing may change it meanwhile.");
  }
}
