package io.nnem.learners.storage;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path that is spelt like one of the machine's own, in a {@link FaultyFileSystem}. */
record FaultyPath(FaultyFileSystem system, Path spelt) implements Path {

  static FaultyPath of(Path path) {
    return (FaultyPath) path;
  }

  static String name(Path path) {
    return of(path).spelt.getFileName().toString();
  }

  /** There is only one. */
  boolean isFolder() {
    return spelt.getNameCount() <= 1;
  }

  private Path with(Path other) {
    return other == null ? null : new FaultyPath(system, other);
  }

  private static Path spelt(Path other) {
    return other instanceof FaultyPath mine ? mine.spelt : other;
  }

  @Override
  public FileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return spelt.isAbsolute();
  }

  @Override
  public Path getRoot() {
    return with(spelt.getRoot());
  }

  @Override
  public Path getFileName() {
    return with(spelt.getFileName());
  }

  @Override
  public Path getParent() {
    return with(spelt.getParent());
  }

  @Override
  public int getNameCount() {
    return spelt.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return with(spelt.getName(index));
  }

  @Override
  public Path subpath(int from, int to) {
    return with(spelt.subpath(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return spelt.startsWith(spelt(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return spelt.endsWith(spelt(other));
  }

  @Override
  public Path normalize() {
    return with(spelt.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return with(spelt.resolve(spelt(other)));
  }

  @Override
  public Path relativize(Path other) {
    return with(spelt.relativize(spelt(other)));
  }

  @Override
  public URI toUri() {
    return URI.create("faulty:" + spelt);
  }

  @Override
  public Path toAbsolutePath() {
    return this;
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return this;
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return spelt.compareTo(spelt(other));
  }

  @Override
  public String toString() {
    return spelt.toString();
  }
}
