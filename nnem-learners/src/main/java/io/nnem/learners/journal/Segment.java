package io.nnem.learners.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A journal file that is written to. */
final class Segment implements Closeable {

  /** What stands before the records: letters, format, number, and a checksum of all that. */
  static final int HEADER_BYTES = 32;

  private static final long LETTERS = 0x6C6E726A6D656E6EL; // "nnemjrnl", little-endian
  private static final int FORMAT = 1;
  private static final int FORMAT_AT = 8;
  private static final int NUMBER_AT = 16;
  private static final int CRC_AT = 28;

  /** The system copies what is written: not all of a large record at once. */
  private static final int BYTES_AT_ONCE = 1 << 20;

  final long number;
  private final Path path;
  private FileChannel channel;
  private long end;
  private boolean ragged; // there may be something behind the end
  private boolean closed;

  private Segment(Path path, long number, FileChannel channel, long end) {
    this.path = path;
    this.number = number;
    this.channel = channel;
    this.end = end;
  }

  /** Makes an empty file that outlasts a power failure. */
  static Segment create(JournalFolder folder, long number) throws IOException {
    Path path = folder.journal(number);
    FileChannel channel = null;
    try {
      if (Files.exists(path) && Files.size(path) <= HEADER_BYTES) {
        Files.delete(path); // an attempt that failed has left it
      }
      channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      write(channel, header(number), 0);
      channel.force(true);
      folder.sync();
      return new Segment(path, number, channel, HEADER_BYTES);
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      throw JournalFolder.named(path, e);
    }
  }

  /** Goes on behind the last whole record of a file, and cuts off what else is there. */
  static Segment reopen(JournalFolder folder, long number, long end) throws IOException {
    Path path = folder.journal(number);
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      Segment segment = new Segment(path, number, channel, end);
      segment.ragged = true;
      segment.cut();
      segment.sync();
      return segment;
    } catch (IOException e) {
      throw JournalFolder.named(path, e);
    }
  }

  private static ByteBuffer header(long number) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(LETTERS).putInt(FORMAT_AT, FORMAT).putLong(NUMBER_AT, number);
    header.putInt(CRC_AT, CallRecord.crc(header, 0, CRC_AT));
    return header.clear();
  }

  /** What is wrong with the header of a file; nothing if it is as it should be. */
  static Optional<String> refuse(ByteBuffer header, long number) {
    if (header.getInt(CRC_AT) != CallRecord.crc(header, 0, CRC_AT)
        || header.getLong(0) != LETTERS) {
      return Optional.of("its first " + HEADER_BYTES + " bytes are not those of a journal");
    }
    if (header.getInt(FORMAT_AT) != FORMAT) {
      return Optional.of("it has format " + header.getInt(FORMAT_AT) + ", not " + FORMAT);
    }
    long its = header.getLong(NUMBER_AT);
    return its == number ? Optional.empty() : Optional.of("it was journal " + its);
  }

  long end() {
    return end;
  }

  boolean isEmpty() {
    return end == HEADER_BYTES;
  }

  /** Writes a record whole. If it throws, there is none. */
  synchronized void append(ByteBuffer record) throws IOException {
    try {
      open();
      cut(); // what an earlier failure has left
      ragged = true;
      write(channel, record, end);
      ragged = false;
      end += record.limit();
    } catch (IOException e) {
      takeBack(end);
      throw JournalFolder.named(path, e);
    } catch (RuntimeException | Error e) {
      takeBack(end);
      throw e;
    }
  }

  /** What stands from a place on is no longer meant. */
  synchronized void takeBack(long to) {
    end = to;
    ragged = true;
    try {
      open();
      cut();
    } catch (IOException e) {
      // tried again before the next record
    }
  }

  private void cut() throws IOException {
    if (ragged) {
      channel.truncate(end);
      ragged = false;
    }
  }

  /** An interrupt of the thread that uses a channel closes it. */
  private void open() throws IOException {
    if (closed) { // it may be somebody else's by now
      throw new ClosedChannelException();
    }
    if (!channel.isOpen()) {
      channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long to) throws IOException {
    for (int at = 0; at < bytes.limit(); ) {
      int some = Math.min(bytes.limit() - at, BYTES_AT_ONCE);
      at += channel.write(bytes.slice(at, some), to + at);
    }
  }

  /** Everything in it outlasts a power failure. */
  void sync() throws IOException {
    FileChannel current;
    synchronized (this) {
      open();
      current = channel;
    }
    try {
      current.force(false); // while others may append
    } catch (IOException e) {
      throw JournalFolder.named(path, e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}
