package io.nnem.learners.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One owner of a folder at a time, of all processes; the lock goes when the process does. */
public final class FolderLock implements AutoCloseable {

  /**
   * What this process has: looked up first, because closing any channel to a locked file gives the
   * lock up on some systems.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  /** Far behind the process id, so that others can read that. */
  private static final long LOCKED = Long.MAX_VALUE - 1;

  private static final int LONGEST = 20;

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @param folder that is there
   * @return the lock, to be closed
   * @throws FileSystemException with the owner's process id, if it is taken
   * @throws IOException if the lock's file cannot be written
   */
  public static FolderLock of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    String mine = Long.toString(ProcessHandle.current().pid());
    if (!OURS.add(real)) {
      throw taken(folder, mine + ", which is this one");
    }
    Path file = real.resolve("lock");
    FileChannel channel = null;
    try {
      JournalFolder.isThere(file); // or anything else of that name
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      if (channel.tryLock(LOCKED, 1, false) == null) {
        throw taken(folder, owner(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(mine.getBytes(StandardCharsets.US_ASCII)), 0);
      return new FolderLock(real, channel);
    } catch (IOException e) {
      release(real, channel);
      throw JournalFolder.named(file, e);
    } catch (RuntimeException e) {
      release(real, channel);
      throw e;
    }
  }

  private static void release(Path real, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      OURS.remove(real);
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
  }

  private static FileSystemException taken(Path folder, String owner) {
    return new FileSystemException(
        folder.toString(),
        null,
        "it is in use by process " + owner + ": close it there first, or open it to read only");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      OURS.remove(folder);
    }
  }
}
