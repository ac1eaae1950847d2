package io.nnem.learners.journal;

import io.nnem.core.StateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The journals behind a checkpoint, as far as their records are whole. Where they are not, a crash
 * may have cut them off, or they were damaged: damage is what a later record knows to have been
 * synced, which no crash takes away.
 */
final class JournalScan {

  /**
   * Where it stops to be whole.
   *
   * @param journal the number of the file
   * @param path the file
   * @param offset in it
   * @param reason what is wrong there
   * @param damage false if a crash can have done it
   */
  record Flaw(long journal, Path path, long offset, String reason, boolean damage) {
    @Override
    public String toString() {
      return path + " at offset " + offset + ": " + reason;
    }
  }

  private static final int WINDOW_BYTES = 1 << 16;

  /** A file as long as it was when the scan began, so that nothing that is added confuses it. */
  private record Source(long number, Path path, long size) {}

  private final List<Source> sources = new ArrayList<>();
  private long calls;
  private Optional<Flaw> flaw = Optional.empty();
  private long lastJournal = -1;
  private long end;

  private JournalScan(long calls) {
    this.calls = calls;
  }

  /**
   * Reads all journals from one on.
   *
   * @param first the journal of the checkpoint
   * @param calls that the checkpoint has
   */
  static JournalScan of(JournalFolder folder, long first, long calls) throws IOException {
    JournalScan scan = new JournalScan(calls);
    Map<Long, Path> journals = folder.journals().tailMap(first, true).descendingMap();
    for (Map.Entry<Long, Path> entry : journals.entrySet()) {
      Path path = entry.getValue();
      scan.sources.add(0, new Source(entry.getKey(), path, Files.size(path)));
    }
    for (int i = 0; scan.flaw.isEmpty() && (i == 0 || i < scan.sources.size()); i++) {
      if (i == scan.sources.size() || scan.sources.get(i).number != first + i) {
        Path missing = folder.journal(first + i);
        scan.flaw = Optional.of(new Flaw(first + i, missing, 0, "it is missing", true));
      } else {
        scan.read(i);
      }
    }
    return scan;
  }

  /** The last whole call. */
  long calls() {
    return calls;
  }

  /** Where the journals stop to be whole; nothing if they are whole to their end. */
  Optional<Flaw> flaw() {
    return flaw;
  }

  /** The last journal that can be gone on with; -1 if not even the first can. */
  long lastJournal() {
    return lastJournal;
  }

  /** Where in it the next record belongs. */
  long end() {
    return end;
  }

  private void read(int index) throws IOException {
    Source source = sources.get(index);
    try (FileChannel channel =
        FileChannel.open(source.path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer header = buffer(Segment.HEADER_BYTES);
      boolean there = source.size >= Segment.HEADER_BYTES;
      if (there) {
        fill(channel, header, 0);
      }
      Optional<String> refused =
          there
              ? Segment.refuse(header, source.number)
              : Optional.of("it has only " + source.size + " bytes");
      boolean unborn = index > 0 && index + 1 == sources.size(); // it may still have been made
      if (unborn && !there) {
        return;
      }
      if (refused.isPresent()) {
        boolean damage = !unborn || source.size > Segment.HEADER_BYTES;
        flaw = Optional.of(new Flaw(source.number, source.path, 0, refused.get(), damage));
        return;
      }
      lastJournal = source.number;
      end = Segment.HEADER_BYTES;
      while (end < source.size) {
        CallRecord record = record(channel, end, source.size);
        if (record == null || record.number() != calls + 1) {
          String reason =
              record == null
                  ? "no whole record of call " + (calls + 1)
                  : "call " + record.number() + " where " + (calls + 1) + " belongs";
          boolean repeated = record != null && record.number() <= calls;
          boolean damage = repeated || isKnownToHaveBeenThere(index, channel);
          flaw = Optional.of(new Flaw(source.number, source.path, end, reason, damage));
          return;
        }
        calls++;
        end += record.bytes();
      }
    }
  }

  /** Null if there is no whole one. */
  private static CallRecord record(FileChannel channel, long at, long size) throws IOException {
    if (size - at < CallRecord.BYTES) {
      return null;
    }
    ByteBuffer header = buffer(CallRecord.BYTES);
    fill(channel, header, at);
    CallRecord record = CallRecord.at(header, 0);
    return record != null && isWhole(channel, record, at, size) ? record : null;
  }

  private static boolean isWhole(FileChannel channel, CallRecord record, long at, long size)
      throws IOException {
    if (record.bytes() > size - at) {
      return false;
    }
    CRC32C crc = new CRC32C();
    long to = at + record.bytes();
    for (long from = at + CallRecord.BYTES; from < to; ) {
      ByteBuffer some = buffer((int) Math.min(WINDOW_BYTES, to - from));
      fill(channel, some, from);
      from += some.limit();
      crc.update(some);
    }
    return (int) crc.getValue() == record.crc();
  }

  /** Whether the record that is not whole at the end was synced, by what a later record says. */
  private boolean isKnownToHaveBeenThere(int index, FileChannel channel) throws IOException {
    if (isKnownToHaveBeenThere(channel, end, sources.get(index).size)) {
      return true;
    }
    for (Source later : sources.subList(index + 1, sources.size())) {
      try (FileChannel other =
          FileChannel.open(later.path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        if (isKnownToHaveBeenThere(other, Segment.HEADER_BYTES, later.size)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isKnownToHaveBeenThere(FileChannel channel, long from, long size)
      throws IOException {
    ByteBuffer window = buffer(WINDOW_BYTES);
    long unread = size - from; // records do not overlap, unless somebody forged them
    for (long at = from; size - at >= CallRecord.BYTES; at += WINDOW_BYTES - CallRecord.BYTES + 8) {
      window.clear().limit((int) Math.min(WINDOW_BYTES, size - at));
      fill(channel, window, at);
      for (int place = 0; place + CallRecord.BYTES <= window.limit(); place += 8) {
        CallRecord record = CallRecord.at(window, place);
        if (record != null
            && record.number() > record.durable()
            && record.durable() > calls
            && record.bytes() <= size - at - place) {
          unread -= record.bytes();
          if (unread < 0 || isWhole(channel, record, at + place, size)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Hands over the whole records, from the first on. */
  void replay(Consumer<Call> consumer) throws IOException {
    for (Source source : sources) {
      if (source.number > lastJournal) {
        return;
      }
      try (FileChannel channel =
          FileChannel.open(source.path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        long to = source.number == lastJournal ? end : source.size;
        for (long at = Segment.HEADER_BYTES; at < to; ) {
          CallRecord record = record(channel, at, to);
          if (record == null) {
            throw new StateException(source.path + " at offset " + at + " changed meanwhile.");
          }
          requireRoom(record, source.path, at);
          ByteBuffer payload = buffer(record.length());
          fill(channel, payload, at + CallRecord.BYTES);
          String place = source.path + " at offset " + at;
          consumer.accept(new Call(record.number(), record.kind(), payload, place));
          at += record.bytes();
        }
      }
    }
  }

  private static void requireRoom(CallRecord record, Path path, long at) {
    long most = Runtime.getRuntime().maxMemory() / 4; // it is held twice, and there is a network
    if (record.length() > most) {
      throw new StateException(
          path
              + " at offset "
              + at
              + ": a call of "
              + record.length()
              + " bytes is too much for a Java heap of "
              + 4 * most
              + " bytes: give it more (-Xmx).");
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void fill(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, from + buffer.position());
      if (count < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
    buffer.flip();
  }
}
