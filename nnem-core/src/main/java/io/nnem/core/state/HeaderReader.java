package io.nnem.core.state;

import static io.nnem.core.state.StateHeader.CHECKSUM_PREFIX;
import static io.nnem.core.state.StateHeader.METADATA_PREFIX;
import static io.nnem.core.state.StateHeader.TEXT_PREFIX;

import io.nnem.core.StateException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the bytes of a header apart, and believes nothing that it has not compared. */
final class HeaderReader {

  private static final Pattern BEGINNING =
      Pattern.compile(
          Pattern.quote(StateHeader.BEFORE_CHECKSUM)
              + "([0-9a-f]{8})\",\""
              + StateHeader.VERSION
              + "\":\"([1-9][0-9]{0,8})\"");
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{8}");

  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, String> texts = new TreeMap<>();
  private final Map<String, Integer> checksums = new TreeMap<>();

  private HeaderReader() {}

  /**
   * Reads a header. Its checksum and version come first, so that nothing else is read in one that
   * is damaged or newer.
   *
   * @param bytes the file's up to the data
   * @param dataLength how many follow
   * @throws StateException if it is damaged, newer, not nnem's, or does not fit the data
   */
  static StateHeader read(byte[] bytes, long dataLength) {
    Matcher beginning = beginning(bytes);
    int stored = HexFormat.fromHexDigits(beginning.group(1));
    StateHeader.requireChecksum("the header", StateHeader.checksum(bytes), stored);
    int version = Integer.parseInt(beginning.group(2));
    if (version > StateHeader.FORMAT) {
      throw new StateException(
          "it has format version "
              + version
              + ", but this nnem reads versions up to "
              + StateHeader.FORMAT
              + ": load it with the version of nnem that saved it, or a newer one.");
    }
    HeaderParser json = new HeaderParser(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
    return new HeaderReader().header(json, dataLength);
  }

  private static Matcher beginning(byte[] bytes) {
    int look = Math.min(bytes.length - Long.BYTES, 100);
    Matcher beginning =
        BEGINNING.matcher(new String(bytes, Long.BYTES, look, StandardCharsets.ISO_8859_1));
    if (beginning.lookingAt()) {
      return beginning;
    }
    throw new StateException(
        look > 0 && bytes[Long.BYTES] == '{'
            ? "this may be a safetensors file, but nnem did not save it, or its beginning is"
                + " damaged: its __metadata__ must begin with \""
                + StateHeader.CHECKSUM
                + "\" and \""
                + StateHeader.VERSION
                + "\"."
            : "this is neither a saved state of nnem nor another safetensors file: no { follows"
                + " the length of the header.");
  }

  private StateHeader header(HeaderParser json, long dataLength) {
    json.metadataByKey().forEach(this::sort);
    List<StoredEntry> entries = new ArrayList<>();
    json.entriesByName().forEach((name, raw) -> entries.add(entry(name, raw)));
    if (!checksums.isEmpty()) {
      throw new StateException("there are checksums of missing entries: " + checksums.keySet());
    }
    entries.sort( // an empty entry before the one that begins at the same place
        Comparator.comparingLong(StoredEntry::offset).thenComparingLong(StoredEntry::length));
    requireCovered(entries, dataLength);
    Map<String, StoredEntry> byName = new LinkedHashMap<>();
    entries.forEach(entry -> byName.put(entry.name(), entry));
    return new StateHeader(metadata, texts, byName);
  }

  private void sort(String key, String value) {
    if (key.startsWith(METADATA_PREFIX)) {
      metadata.put(key.substring(METADATA_PREFIX.length()), value);
    } else if (key.startsWith(TEXT_PREFIX)) {
      texts.put(requireName(key.substring(TEXT_PREFIX.length())), value);
    } else if (key.startsWith(CHECKSUM_PREFIX)) {
      String name = requireName(key.substring(CHECKSUM_PREFIX.length()));
      if (!DIGITS.matcher(value).matches()) {
        throw new StateException("the checksum of " + name + " is not 8 hexadecimal digits.");
      }
      checksums.put(name, HexFormat.fromHexDigits(value));
    } else if (!key.equals(StateHeader.CHECKSUM) && !key.equals(StateHeader.VERSION)) {
      throw new StateException("its __metadata__ has a key that nnem does not write.");
    }
  }

  private StoredEntry entry(String name, HeaderParser.RawEntry raw) {
    requireName(name);
    if (texts.containsKey(name)) {
      throw new StateException(name + " is both a text and an entry.");
    }
    Integer crc = checksums.remove(name);
    if (crc == null) {
      throw new StateException("there is no checksum of " + name + ".");
    }
    StoredEntry entry =
        new StoredEntry(name, type(name, raw.type()), raw.shape(), raw.begin(), crc);
    boolean floats = entry.type() == ElementType.F32 || entry.type() == ElementType.F64;
    if (entry.shape().isEmpty() || (entry.isMatrix() && !floats)) {
      throw new StateException(
          name + " is " + entry.description() + ", but nnem saves arrays, and matrices of floats.");
    }
    if (!holds(entry, raw.end())) {
      throw new StateException(
          name
              + " is "
              + entry.description()
              + ", which does not take the bytes from "
              + raw.begin()
              + " to "
              + raw.end()
              + ".");
    }
    return entry;
  }

  private static boolean holds(StoredEntry entry, long end) {
    try {
      return Math.addExact(entry.offset(), entry.length()) == end;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static ElementType type(String name, String dtype) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new StateException(
        name + " has another dtype than nnem's " + Arrays.toString(ElementType.values()) + ".");
  }

  /** Names of other characters are not repeated: they might do something to a terminal. */
  private static String requireName(String name) {
    if (!Names.isValid(name)) {
      throw new StateException("an entry, text or checksum has a name that nnem does not give.");
    }
    return name;
  }

  private static void requireCovered(List<StoredEntry> entries, long dataLength) {
    long position = 0;
    for (StoredEntry entry : entries) {
      if (entry.offset() != position) {
        throw new StateException(
            entry.name()
                + " begins at byte "
                + entry.offset()
                + " of the data, but what stands before it ends at "
                + position
                + ".");
      }
      position += entry.length();
      if (position > dataLength) {
        throw new StateException(
            entry.name()
                + " ends at byte "
                + position
                + " of the data, but there are only "
                + dataLength
                + ": the file was cut off.");
      }
    }
    if (position != dataLength) {
      throw new StateException(
          "its entries take "
              + position
              + " bytes, but "
              + dataLength
              + " bytes of data are there.");
    }
  }
}
