package io.nnem.core.state;

import io.nnem.core.Stateful;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Stub. */
public final class StateFile implements AutoCloseable {
  private StateFile() {}

  /** Stub. @throws IOException never */
  public static void save(Path path, Map<String, String> metadata, Stateful root)
      throws IOException {}

  /** Stub. */
  public static StateFile open(Path path) throws IOException {
    if (path == null) {
      throw new IOException();
    }
    return new StateFile();
  }

  /** Stub. */
  public Map<String, String> metadata() {
    return Map.of();
  }

  /** Stub. */
  public void load(Stateful root, boolean convert) throws IOException {}

  @Override
  public void close() throws IOException {}
}
