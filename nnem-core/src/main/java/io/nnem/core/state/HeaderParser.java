package io.nnem.core.state;

import io.nnem.core.StateException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses the JSON header of a safetensors file. It knows the grammar of such headers and nothing
 * more of JSON, so that there is no nesting to be limited: an object of entries, one of which may
 * be {@code __metadata__}, an object of strings. Stricter than many parsers: a name that comes
 * twice, a number that is signed, a fraction or too large, and text that is not Unicode are errors.
 */
final class HeaderParser {

  /** An entry as it stands there; nothing in it is checked. */
  record RawEntry(String type, List<Long> shape, long begin, long end) {}

  private final byte[] json;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, RawEntry> entries = new LinkedHashMap<>();
  private int at;

  /**
   * Parses a header.
   *
   * @param json the header without the length before it
   * @throws StateException if it is not the header of a safetensors file
   */
  HeaderParser(byte[] json) {
    this.json = json;
    Set<String> seen = new HashSet<>();
    for (String name = nextName(seen); name != null; name = nextName(seen)) {
      if (name.equals("__metadata__")) {
        metadata();
      } else {
        entries.put(name, entry());
      }
    }
    for (; at < json.length; at++) {
      if (json[at] != ' ') {
        throw malformed("something stands behind its end");
      }
    }
  }

  Map<String, String> metadataByKey() {
    return metadata;
  }

  Map<String, RawEntry> entriesByName() {
    return entries;
  }

  private void metadata() {
    Set<String> seen = new HashSet<>();
    for (String key = nextName(seen); key != null; key = nextName(seen)) {
      metadata.put(key, string());
    }
  }

  private RawEntry entry() {
    String type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    Set<String> seen = new HashSet<>();
    for (String name = nextName(seen); name != null; name = nextName(seen)) {
      switch (name) {
        case "dtype" -> type = string();
        case "shape" -> shape = numbers();
        case "data_offsets" -> offsets = numbers();
        default -> throw malformed("an entry has more than dtype, shape and data_offsets");
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw malformed("an entry lacks a dtype, a shape, or two data_offsets");
    }
    return new RawEntry(type, shape, offsets.get(0), offsets.get(1));
  }

  /** Reads up to the value of an object's next member; null at the end of the object. */
  private String nextName(Set<String> seen) {
    if (seen.isEmpty()) {
      expect('{');
    }
    if (accept('}')) {
      return null;
    }
    if (!seen.isEmpty()) {
      expect(',');
    }
    String name = string();
    if (!seen.add(name)) {
      throw malformed("a name comes twice");
    }
    expect(':');
    return name;
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    expect('[');
    while (!accept(']')) {
      if (!numbers.isEmpty()) {
        expect(',');
      }
      if (numbers.size() == 2) {
        throw malformed("nnem has nothing of more than two dimensions");
      }
      numbers.add(number());
    }
    return List.copyOf(numbers);
  }

  private long number() {
    skipSpace();
    int start = at;
    long value = 0;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      int digit = json[at] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw malformed("a number is too large");
      }
      value = value * 10 + digit;
      at++;
    }
    if (at == start || (json[start] == '0' && at > start + 1)) {
      throw malformed("there should be a whole number, neither signed nor with leading zeros");
    }
    return value;
  }

  private String string() {
    expect('"');
    int start = at;
    boolean escaped = false;
    for (byte b = next(); b != '"'; b = next()) {
      if (b >= 0 && b < ' ') {
        throw malformed("a control character stands in a string");
      }
      if (b == '\\') {
        escaped = true;
        next(); // whatever follows does not end the string
      }
    }
    String text = decode(start, at - 1);
    return escaped ? unescape(text) : text;
  }

  private String decode(int from, int to) {
    try {
      return StandardCharsets.UTF_8 // a new decoder reports what is malformed
          .newDecoder()
          .decode(ByteBuffer.wrap(json, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("a string is not UTF-8");
    }
  }

  private String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escape = text.charAt(i++);
      switch (escape) {
        case '"', '\\', '/' -> plain.append(escape);
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          plain.append(codeUnit(text, i));
          i += 4;
        }
        default -> throw malformed("a string has an unknown escape");
      }
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(plain)) {
      throw malformed("a string has half a surrogate pair");
    }
    return plain.toString();
  }

  private char codeUnit(String text, int from) {
    try {
      return (char) HexFormat.fromHexDigits(text, from, from + 4);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw malformed("\\u needs four hexadecimal digits");
    }
  }

  private boolean accept(char wanted) {
    skipSpace();
    if (at < json.length && json[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw malformed("there should be " + wanted);
    }
  }

  private byte next() {
    if (at == json.length) {
      throw malformed("it ends within a string");
    }
    return json[at++];
  }

  private void skipSpace() {
    while (at < json.length
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
  }

  private StateException malformed(String what) {
    return new StateException("the header is malformed near its byte " + at + ": " + what + ".");
  }
}
