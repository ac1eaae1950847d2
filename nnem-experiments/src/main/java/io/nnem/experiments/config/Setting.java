package io.nnem.experiments.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A value as it was written, before anything is made of it.
 *
 * @param text the characters of a scalar, as written
 * @param origin where it was written: {@code FILE:LINE} or the name of an option
 */
record Setting(
    Kind kind, String text, List<Setting> items, Map<String, Setting> entries, String origin) {

  /** What a value looks like where it is written. */
  enum Kind {
    TEXT("text"),
    INTEGER("a whole number"),
    REAL("a number"),
    FLAG("true or false"),
    NOTHING("nothing"),
    LIST("a list"),
    MAP("a map");

    final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern REAL =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  static Setting scalar(Kind kind, String text, String origin) {
    return new Setting(kind, text, List.of(), Map.of(), origin);
  }

  static Setting list(List<Setting> items, String origin) {
    return new Setting(Kind.LIST, "", List.copyOf(items), Map.of(), origin);
  }

  static Setting map(Map<String, Setting> entries, String origin) {
    return new Setting(Kind.MAP, "", List.of(), entries, origin);
  }

  /** A scalar that is written without quotes, where numbers and flags are not text. */
  static Setting plain(String text, String origin) {
    if (INTEGER.matcher(text).matches()) {
      return scalar(Kind.INTEGER, text, origin);
    }
    if (REAL.matcher(text).matches() || NOT_FINITE.matcher(text).matches()) {
      return scalar(Kind.REAL, text, origin);
    }
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "true", "false", "yes", "no", "on", "off" -> scalar(Kind.FLAG, text, origin);
      case "", "null", "~" -> scalar(Kind.NOTHING, text, origin);
      default -> scalar(Kind.TEXT, text, origin);
    };
  }

  /** What a person would recognise: the characters, in quotes where they are text. */
  String shown() {
    return switch (kind) {
      case TEXT -> "\"" + text + "\"";
      case LIST -> items.stream().map(Setting::shown).toList().toString();
      case MAP, NOTHING -> kind.words;
      default -> text;
    };
  }
}
