package io.nnem.core.state;

import io.nnem.core.StateException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What a state file says of itself: its entries in the order of their bytes, and texts, which are
 * the caller's metadata, texts of the state, checksums, and the format's version.
 */
final class Header {

  static final String FORMAT = "nnem-format";
  static final String VERSION = "1";
  static final String HEADER_SUM = "nnem-header-crc32c";
  static final String SUM = "crc32c:";
  static final String TEXT = "text:";
  static final String CALLERS = "meta:";

  /** What stands in the place of the header's own checksum while that is computed. */
  private static final String NO_SUM = "00000000";

  private static final String METADATA = "__metadata__";

  final Map<String, Entry> entries;
  final Map<String, String> texts;

  Header(Map<String, Entry> entries, Map<String, String> texts) {
    this.entries = entries;
    this.texts = texts;
  }

  static String checksum(CRC32C sum) {
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  /** The header's bytes: JSON, and spaces up to a multiple of eight bytes. */
  byte[] toBytes() {
    byte[] withoutSum = json(NO_SUM);
    CRC32C sum = new CRC32C();
    sum.update(withoutSum);
    return json(checksum(sum));
  }

  private byte[] json(String ownSum) {
    StringBuilder json = new StringBuilder("{").append(Json.quote(METADATA)).append(":{");
    Map<String, String> all = new TreeMap<>(texts);
    all.put(FORMAT, VERSION);
    all.put(HEADER_SUM, ownSum);
    String comma = "";
    for (Map.Entry<String, String> text : all.entrySet()) {
      json.append(comma).append(Json.quote(text.getKey())).append(':');
      json.append(Json.quote(text.getValue()));
      comma = ",";
    }
    json.append('}');
    for (Entry entry : entries.values()) {
      json.append(',').append(Json.quote(entry.name()));
      json.append(":{\"dtype\":\"").append(entry.type()).append("\",\"shape\":");
      json.append(entry.shape().toString().replace(" ", ""));
      json.append(",\"data_offsets\":[").append(entry.offset()).append(',');
      json.append(entry.end()).append("]}");
    }
    json.append('}');
    while (json.length() % 8 != 0) {
      json.append(' ');
    }
    return json.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a header and checks everything that it says.
   *
   * @param bytes of the header
   * @param dataLength bytes of the file that come after it
   * @throws StateException without the file's name, which the caller adds
   */
  static Header parse(byte[] bytes, long dataLength) {
    Map<String, Object> json = Json.parse(decode(bytes));
    Object metadata = json.remove(METADATA);
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<?, ?> text : object(metadata, "metadata").entrySet()) {
      texts.put((String) text.getKey(), string(text.getValue()));
    }
    requireVersion(texts);
    requireSum(texts, bytes);
    List<Entry> sorted = new ArrayList<>();
    json.forEach((name, value) -> sorted.add(entry(name, object(value, "'" + name + "'"))));
    sorted.sort(Comparator.comparingLong(Entry::offset).thenComparingLong(Entry::end));
    Map<String, Entry> entries = new LinkedHashMap<>();
    long end = 0;
    for (Entry entry : sorted) {
      if (entry.offset() != end) {
        throw new StateException(
            entry + " begins at byte " + entry.offset() + " of the data, but must at " + end);
      }
      end = entry.end();
      entries.put(entry.name(), entry);
    }
    if (end != dataLength) {
      throw new StateException(
          "its entries have " + end + " bytes, but " + dataLength + " bytes follow the header");
    }
    texts.remove(FORMAT);
    texts.remove(HEADER_SUM);
    return new Header(entries, texts);
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new StateException("its header is damaged: it is not text", e);
    }
  }

  private static void requireVersion(Map<String, String> texts) {
    String version = texts.get(FORMAT);
    if (version == null) {
      throw new StateException("it is a safetensors file, but none that nnem has written");
    }
    if (!version.equals(VERSION)) {
      throw new StateException(
          "it is of format version "
              + version
              + ", and this version of nnem reads "
              + VERSION
              + ": use a newer one");
    }
  }

  private static void requireSum(Map<String, String> texts, byte[] bytes) {
    String wanted = String.valueOf(texts.get(HEADER_SUM));
    String field = Json.quote(HEADER_SUM) + ":" + Json.quote(wanted);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(field);
    byte[] without = bytes.clone();
    if (at >= 0 && wanted.length() == NO_SUM.length()) {
      int from = at + field.length() - 1 - NO_SUM.length();
      for (int i = 0; i < NO_SUM.length(); i++) {
        without[from + i] = (byte) NO_SUM.charAt(i);
      }
    }
    CRC32C sum = new CRC32C();
    sum.update(without);
    if (!checksum(sum).equals(wanted)) {
      throw new StateException(
          "its header is damaged: its checksum is " + checksum(sum) + " and not " + wanted);
    }
  }

  private static Map<?, ?> object(Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new StateException("its header is damaged: " + what + " must be an object");
  }

  private static String string(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new StateException("its header is damaged: metadata must be texts");
  }

  private static Entry entry(String name, Map<?, ?> value) {
    try {
      ElementType type = ElementType.named(string(value.get("dtype")));
      List<Long> shape = numbers(value.get("shape"));
      List<Long> offsets = numbers(value.get("data_offsets"));
      Entry entry = new Entry(name, type, shape, offsets.get(0));
      if (value.size() != 3 || offsets.size() != 2 || entry.end() != offsets.get(1)) {
        throw new StateException(
            "its header is damaged: " + entry + " cannot have the bytes " + offsets);
      }
      return entry;
    } catch (ArithmeticException | IndexOutOfBoundsException | ClassCastException e) {
      throw new StateException("its header is damaged: '" + name + "' has no size that can be", e);
    }
  }

  private static List<Long> numbers(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Long.class::cast).toList();
    }
    throw new StateException("its header is damaged: a shape or a place is missing");
  }
}
