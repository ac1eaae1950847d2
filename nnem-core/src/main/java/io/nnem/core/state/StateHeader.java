package io.nnem.core.state;

import io.nnem.core.StateException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * All that stands before the data, and its bytes. Headers of nnem begin with the same letters
 * whatever the version: the checksum of the header, in a fixed place, and the version.
 *
 * @param metadata the caller's, by key
 * @param texts of the state, by full name
 * @param entries of the state, by full name, in the order of their data
 */
record StateHeader(
    Map<String, String> metadata, Map<String, String> texts, Map<String, StoredEntry> entries) {

  /** The version that is written, and the newest that can be read. */
  static final int FORMAT = 1;

  /** The most bytes that a header may have, the length before it not counted. */
  static final int MOST_BYTES = 16 << 20;

  static final String CHECKSUM = "nnem-crc32c";
  static final String VERSION = "nnem-format";
  static final String METADATA_PREFIX = "meta.";
  static final String TEXT_PREFIX = "text.";
  static final String CHECKSUM_PREFIX = "crc32c.";

  private static final HexFormat HEX = HexFormat.of();

  static final String BEFORE_CHECKSUM = "{\"__metadata__\":{\"" + CHECKSUM + "\":\"";
  private static final int CHECKSUM_AT = Long.BYTES + BEFORE_CHECKSUM.length();

  /** Gives each entry its place, the largest elements first, so that all are aligned to theirs. */
  static StateHeader of(
      Map<String, String> metadata, Map<String, String> texts, List<StoredEntry> unplaced) {
    List<StoredEntry> ordered = new ArrayList<>(unplaced);
    ordered.sort(Comparator.comparing(entry -> -entry.type().bytes)); // stable
    Map<String, StoredEntry> entries = new LinkedHashMap<>();
    long offset = 0;
    for (StoredEntry entry : ordered) {
      entries.put(entry.name(), entry.at(offset));
      offset += entry.length();
    }
    return new StateHeader(new TreeMap<>(metadata), new TreeMap<>(texts), entries);
  }

  /** The bytes of the file up to the data: the length, the JSON and its padding. */
  byte[] encode() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(CHECKSUM, "00000000");
    all.put(VERSION, Integer.toString(FORMAT));
    metadata.forEach((key, value) -> all.put(METADATA_PREFIX + key, value));
    texts.forEach((name, value) -> all.put(TEXT_PREFIX + name, value));
    entries.forEach((name, entry) -> all.put(CHECKSUM_PREFIX + name, HEX.toHexDigits(entry.crc())));

    StringBuilder json = new StringBuilder("{\"__metadata__\":{");
    all.forEach((key, value) -> appendMember(json, key, value));
    json.append('}');
    for (StoredEntry entry : entries.values()) {
      long end = entry.offset() + entry.length();
      json.append(",\"").append(entry.name());
      json.append("\":{\"dtype\":\"").append(entry.type());
      json.append("\",\"shape\":").append(entry.shape().toString().replace(" ", ""));
      json.append(",\"data_offsets\":[").append(entry.offset()).append(',').append(end);
      json.append("]}");
    }
    byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + 7) / 8 * 8;
    if (padded > MOST_BYTES) {
      throw new IllegalStateException(
          "The names, shapes and texts of this state take "
              + padded
              + " bytes; at most "
              + MOST_BYTES
              + " are allowed. Save long texts as bytes.");
    }
    byte[] bytes = new byte[Long.BYTES + padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
    byte[] checksum = HEX.toHexDigits(checksum(bytes)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, bytes, CHECKSUM_AT, checksum.length);
    return bytes;
  }

  private static void appendMember(StringBuilder json, String key, String value) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
    appendString(json, key);
    json.append(':');
    appendString(json, value);
  }

  private static void appendString(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u").append(HEX.toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /** Of all bytes up to the data, with zeros for the digits of the checksum itself. */
  static int checksum(byte[] bytes) {
    byte[] zeros = "00000000".getBytes(StandardCharsets.US_ASCII);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM_AT);
    crc.update(zeros);
    int rest = CHECKSUM_AT + zeros.length;
    crc.update(bytes, rest, bytes.length - rest);
    return (int) crc.getValue();
  }

  static void requireChecksum(String what, int actual, int stored) {
    if (actual != stored) {
      throw new StateException(
          what
              + " is damaged: its CRC-32C is "
              + HEX.toHexDigits(actual)
              + ", but "
              + HEX.toHexDigits(stored)
              + " was saved.");
    }
  }
}
