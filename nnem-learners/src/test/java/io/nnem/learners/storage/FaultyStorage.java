package io.nnem.learners.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A disk in memory with one folder. What was not synced is a list of changes, and a power failure
 * keeps a random part of them: of a write any of its sectors, of names any change. A name outlasts
 * it for sure only after the folder was synced. It can also be full, and have any call fail.
 */
public final class FaultyStorage {

  private static final int SECTOR = 512;

  /** What a file has, and which changes of that are not on the disk yet. */
  static final class Inode {
    byte[] bytes = new byte[0];
    private byte[] onDisk = new byte[0];
    private final List<Change> pending = new ArrayList<>();

    private void set(Change change) {
      bytes = change.applyTo(bytes);
      pending.add(change);
    }

    private void loseMost(SplittableRandom random) {
      for (Change change : pending) {
        if (random.nextInt(8) > 0) { // else all of it is lost
          onDisk = change.tornBy(random).applyTo(onDisk);
        }
      }
      settle(onDisk);
    }

    private void settle(byte[] content) {
      onDisk = content.clone();
      bytes = content.clone();
      pending.clear();
    }
  }

  /** Bytes at an offset; or, without bytes, a new length. */
  private static final class Change {
    private final long offset;
    private final byte[] written;
    private final boolean[] sectors;

    Change(long offset, byte[] written, boolean[] sectors) {
      this.offset = offset;
      this.written = written;
      this.sectors = sectors;
    }

    static Change write(long offset, byte[] written) {
      boolean[] sectors = new boolean[(written.length + SECTOR - 1) / SECTOR];
      Arrays.fill(sectors, true);
      return new Change(offset, written, sectors);
    }

    byte[] applyTo(byte[] content) {
      if (written == null) {
        return offset < content.length ? Arrays.copyOf(content, (int) offset) : content;
      }
      int last = written.length; // the file ends with the last sector that came
      while (last > 0 && !sectors[(last - 1) / SECTOR]) {
        last--;
      }
      byte[] result = Arrays.copyOf(content, (int) Math.max(content.length, offset + last));
      for (int i = 0; i < last; i++) {
        result[(int) offset + i] = sectors[i / SECTOR] ? written[i] : result[(int) offset + i];
      }
      return result;
    }

    Change tornBy(SplittableRandom random) {
      if (written == null) {
        return this;
      }
      boolean[] some = sectors.clone();
      for (int i = 0; i < some.length; i++) {
        some[i] = random.nextInt(3) > 0;
      }
      return new Change(offset, written, some);
    }
  }

  private Map<String, Inode> names = new TreeMap<>();
  private Map<String, Inode> namesOnDisk = new TreeMap<>();
  private final List<Map<String, Inode>> pendingNames = new ArrayList<>(); // null: no longer there
  private final FaultyFileSystem system = new FaultyFileSystem(this);
  private long operations;
  private long powerFails = Long.MAX_VALUE;
  private long fails = Long.MAX_VALUE;
  private long room = Long.MAX_VALUE;
  private boolean off;

  /** The folder. */
  public Path folder() {
    return system.getPath("/disk");
  }

  /** Calls so far that change something or sync it. */
  public synchronized long operations() {
    return operations;
  }

  /** The power fails in the middle of a call; all later ones fail too. */
  public synchronized void powerFailsAt(long operation) {
    powerFails = operation;
  }

  /** A single call fails, and has done nothing, or half of it. */
  public synchronized void failsAt(long operation) {
    fails = operation;
  }

  /** How many more bytes there is room for; what is deleted gives nothing back. */
  public synchronized void room(long bytes) {
    room = bytes;
  }

  /** After a power failure: what is on the disk now. */
  public synchronized void restart(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Map<String, Inode> change : pendingNames) {
      if (random.nextInt(3) > 0) {
        change.forEach((name, inode) -> put(namesOnDisk, name, inode));
      }
    }
    pendingNames.clear();
    names = new TreeMap<>(namesOnDisk);
    names.values().forEach(inode -> inode.loseMost(random));
    off = false;
    powerFails = Long.MAX_VALUE;
    fails = Long.MAX_VALUE;
    room = Long.MAX_VALUE;
  }

  /** Changes a bit of a file, on the disk. */
  public synchronized void flip(String name, int at, int bit) {
    Inode inode = names.get(name);
    byte[] bytes = inode.bytes.clone();
    bytes[at] ^= (byte) (1 << bit);
    inode.settle(bytes);
  }

  /** The files and what they have. */
  public synchronized Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    names.forEach((name, inode) -> files.put(name, inode.bytes.clone()));
    return files;
  }

  /** Puts a file there, on the disk. */
  public synchronized void put(String name, byte[] content) {
    Inode inode = new Inode();
    inode.settle(content);
    names.put(name, inode);
    namesOnDisk.put(name, inode);
  }

  /** Takes a file away, from the disk. */
  public synchronized void remove(String name) {
    names.remove(name);
    namesOnDisk.remove(name);
  }

  /** Counts a call, and says whether it is the last one that gets half way. */
  private boolean begin(String what) throws IOException {
    requirePower();
    operations++;
    if (operations == fails) {
      throw what.startsWith("/") // what is done to names is said with the name
          ? new FileSystemException(what, null, "it fails")
          : new IOException(what + " fails");
    }
    off = operations >= powerFails;
    return off;
  }

  void requirePower() throws IOException {
    if (off) {
      throw new IOException("The power is off");
    }
  }

  private static IOException powerFailure() {
    return new IOException("The power fails");
  }

  private void change(Map<String, Inode> change) {
    change.forEach((name, inode) -> put(names, name, inode));
    pendingNames.add(change);
  }

  private static void put(Map<String, Inode> names, String name, Inode inode) {
    if (inode == null) {
      names.remove(name);
    } else {
      names.put(name, inode);
    }
  }

  synchronized Inode open(String name, boolean create, boolean isNew, boolean truncate)
      throws IOException {
    requirePower();
    Inode inode = names.get(name);
    if (inode != null && isNew) {
      throw new FileAlreadyExistsException(name);
    }
    if (inode == null) {
      if (!create) {
        throw new NoSuchFileException(name);
      }
      boolean last = begin("/disk/" + name);
      inode = new Inode();
      change(Map.of(name, inode));
      if (last) {
        throw powerFailure();
      }
    } else if (truncate) {
      truncate(inode, 0);
    }
    return inode;
  }

  synchronized int write(Inode inode, long offset, byte[] bytes) throws IOException {
    boolean last = begin("writing");
    if (room < bytes.length) {
      int some = (int) room;
      room = 0;
      if (some == 0) {
        throw new IOException("No space left on device");
      }
      inode.set(Change.write(offset, Arrays.copyOf(bytes, some)));
      return some;
    }
    room -= bytes.length;
    inode.set(Change.write(offset, bytes));
    if (last) {
      throw powerFailure();
    }
    return bytes.length;
  }

  synchronized void truncate(Inode inode, long size) throws IOException {
    boolean last = begin("truncating");
    if (size < inode.bytes.length) {
      inode.set(new Change(size, null, null));
    }
    if (last) {
      throw powerFailure();
    }
  }

  synchronized void sync(Inode inode) throws IOException {
    if (begin("syncing a file")) {
      throw powerFailure();
    }
    inode.settle(inode.bytes);
  }

  synchronized void syncFolder() throws IOException {
    if (begin("syncing the folder")) {
      throw powerFailure();
    }
    namesOnDisk = new TreeMap<>(names);
    pendingNames.clear();
  }

  synchronized void move(String from, String to) throws IOException {
    Inode inode = require(from);
    boolean last = begin("/disk/" + from);
    Map<String, Inode> change = new TreeMap<>();
    change.put(from, null);
    change.put(to, inode);
    change(change);
    if (last) {
      throw powerFailure();
    }
  }

  synchronized void delete(String name) throws IOException {
    require(name);
    boolean last = begin("/disk/" + name);
    Map<String, Inode> change = new TreeMap<>();
    change.put(name, null);
    change(change);
    if (last) {
      throw powerFailure();
    }
  }

  synchronized Inode require(String name) throws IOException {
    requirePower();
    Inode inode = names.get(name);
    if (inode == null) {
      throw new NoSuchFileException(name);
    }
    return inode;
  }

  synchronized List<String> list() throws IOException {
    requirePower();
    return List.copyOf(names.keySet());
  }

  synchronized byte[] read(Inode inode) throws IOException {
    requirePower();
    return inode.bytes;
  }
}
