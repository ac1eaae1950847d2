package io.nnem.core.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first pass over a state: what there is, how large, and its checksums. */
final class Survey implements EncodingWriter.Sink {

  private final List<StoredEntry> entries = new ArrayList<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private StoredEntry current;

  @Override
  public void begin(String name, ElementType type, List<Long> shape) {
    requireNew(name);
    current = new StoredEntry(name, type, shape, 0, 0);
  }

  @Override
  public void chunk(ByteBuffer bytes) {} // the checksum is all that is wanted of them

  @Override
  public void end(int crc) {
    entries.add(new StoredEntry(current.name(), current.type(), current.shape(), 0, crc));
  }

  @Override
  public void text(String name, String value) {
    requireNew(name);
    texts.put(name, requireUnicode(name, value));
  }

  private void requireNew(String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException(
          "The state has two things with the name " + name + "; give each its own.");
    }
  }

  private static String requireUnicode(String name, String value) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException(
          "The text " + name + " has half a surrogate pair; UTF-8 cannot say that.");
    }
    return value;
  }

  StateHeader header(Map<String, String> metadata) {
    metadata.forEach(
        (key, value) -> {
          requireUnicode("of metadata", key);
          requireUnicode(key, value);
        });
    return StateHeader.of(metadata, texts, entries);
  }
}
