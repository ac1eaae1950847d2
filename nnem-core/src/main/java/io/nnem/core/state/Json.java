package io.nnem.core.state;

import io.nnem.core.StateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The part of JSON that headers are made of: objects, arrays, strings, and whole numbers that are
 * not negative. Anything else is refused, and so are names that come twice.
 */
final class Json {

  private static final int DEEPEST = 4;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** Parses an object that spaces may follow. */
  static Map<String, Object> parse(String text) {
    Json json = new Json(text);
    Object value = json.value(0);
    while (json.at < text.length() && text.charAt(json.at) == ' ') {
      json.at++;
    }
    if (json.at < text.length() || !(value instanceof Map<?, ?>)) {
      throw json.bad("an object and nothing else");
    }
    @SuppressWarnings("unchecked") // names are strings
    Map<String, Object> object = (Map<String, Object>) value;
    return object;
  }

  private StateException bad(String expected) {
    return new StateException(
        "its header is damaged: at character " + at + " there should be " + expected);
  }

  private char peek() {
    if (at >= text.length()) {
      throw bad("more of it");
    }
    return text.charAt(at);
  }

  private void skip(char expected) {
    if (peek() != expected) {
      throw bad("'" + expected + "'");
    }
    at++;
  }

  private boolean skipIf(char next) {
    if (peek() == next) {
      at++;
      return true;
    }
    return false;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw bad("no further nesting");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    skip('{');
    if (skipIf('}')) {
      return object;
    }
    do {
      String name = string();
      skip(':');
      if (object.put(name, value(depth + 1)) != null) {
        throw bad("another name than '" + name + "', which is there already");
      }
    } while (skipIf(','));
    skip('}');
    return object;
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    skip('[');
    if (skipIf(']')) {
      return array;
    }
    do {
      array.add(value(depth + 1));
    } while (skipIf(','));
    skip(']');
    return array;
  }

  private Long number() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(from, at);
    if (digits.isEmpty() || (digits.length() > 1 && digits.charAt(0) == '0')) {
      throw bad("a value");
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw bad("a smaller number");
    }
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    skip('"');
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        break;
      }
      if (c < ' ') {
        throw bad("no control character");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    for (int i = 0; i < out.length(); i++) {
      boolean pair =
          Character.isHighSurrogate(out.charAt(i))
              && i + 1 < out.length()
              && Character.isLowSurrogate(out.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(out.charAt(i))) {
        throw bad("whole characters");
      }
    }
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> throw bad("an escape that there is");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw bad("a hexadecimal digit");
      }
      code = 16 * code + digit;
      at++;
    }
    return (char) code;
  }

  /** A string as JSON, all in ASCII. */
  static String quote(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
