package io.nnem.learners.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file of {@link FaultyStorage}, or its folder, which can only be synced. */
final class FaultyChannel extends FileChannel {

  private final FaultyStorage storage;
  private final FaultyStorage.Inode inode; // null: the folder
  private long position;

  FaultyChannel(FaultyStorage storage, FaultyStorage.Inode inode) {
    this.storage = storage;
    this.inode = inode;
  }

  private void requireOpen() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public int read(ByteBuffer target, long from) throws IOException {
    requireOpen();
    byte[] bytes = storage.read(inode);
    if (from >= bytes.length) {
      return target.hasRemaining() ? -1 : 0;
    }
    int some = (int) Math.min(target.remaining(), bytes.length - from);
    target.put(bytes, (int) from, some);
    return some;
  }

  @Override
  public int write(ByteBuffer source, long to) throws IOException {
    requireOpen();
    byte[] bytes = new byte[source.remaining()];
    source.duplicate().get(bytes);
    int some = storage.write(inode, to, bytes);
    source.position(source.position() + some);
    return some;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int some = read(target, position);
    position += Math.max(0, some);
    return some;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int some = write(source, position);
    position += some;
    return some;
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, size() - from));
    read(bytes, from);
    return target.write(bytes.flip());
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public FileChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return storage.read(inode).length;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    requireOpen();
    storage.truncate(inode, size);
    return this;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    requireOpen();
    if (inode == null) {
      storage.syncFolder();
    } else {
      storage.sync(inode);
    }
  }

  /** Nobody else is there. */
  @Override
  public FileLock tryLock(long from, long size, boolean shared) throws IOException {
    requireOpen();
    storage.requirePower();
    return new FileLock(this, from, size, shared) {
      @Override
      public boolean isValid() {
        return isOpen();
      }

      @Override
      public void release() {}
    };
  }

  @Override
  protected void implCloseChannel() {}

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long to, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
