package io.nnem.core.state;

import io.nnem.core.StateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** The data of one entry after another, in chunks through one buffer, with its checksum. */
final class EntryInput {

  private final FileChannel channel;
  private final long dataStart;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(EncodingWriter.CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private StoredEntry entry;
  private long position;
  private long end;

  EntryInput(FileChannel channel, long dataStart) {
    this.channel = channel;
    this.dataStart = dataStart;
  }

  void begin(StoredEntry next) {
    entry = next;
    position = dataStart + next.offset();
    end = position + next.length();
    crc.reset();
    buffer.limit(0);
  }

  /** The buffer, with at least one more element in it. */
  ByteBuffer next(int elementBytes) {
    if (buffer.remaining() < elementBytes) { // then 0: chunks are of whole elements
      fill();
    }
    return buffer;
  }

  private void fill() {
    buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
    try {
      read(channel, buffer, position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.flip();
    position += buffer.limit();
    crc.update(buffer.duplicate());
  }

  /** Goes through what is left of the entry, for its checksum alone. */
  void skip() {
    while (position < end) {
      fill();
    }
  }

  /** Reads until the buffer is full. */
  static void read(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
    long position = from;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position);
      if (count < 0) {
        throw new StateException("it became shorter while it was read.");
      }
      position += count;
    }
  }

  void end() {
    StateHeader.requireChecksum(entry.name(), (int) crc.getValue(), entry.crc());
  }
}
