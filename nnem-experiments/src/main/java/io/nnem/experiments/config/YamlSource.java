package io.nnem.experiments.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads a YAML file into {@link Setting}s that know their file and line. */
final class YamlSource {
  /** More than any configuration has. */
  private static final long MOST_BYTES = 1 << 20;

  private final String name;

  /** Code points, for so the parser counts. */
  private final int[] characters;

  private final List<String> problems;
  private YAMLParser parser;

  private YamlSource(String name, String text, List<String> problems) {
    this.name = name;
    this.characters = text.codePoints().toArray();
    this.problems = problems;
  }

  /**
   * The settings of a file, in its order; mistakes such as duplicate keys are added to the
   * problems.
   */
  static Map<String, Setting> read(Path file, List<String> problems) {
    String text = text(file);
    YamlSource source = new YamlSource(file.toString(), text, problems);
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      source.parser = parser;
      return source.document();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? file.toString() : file + ":" + at.getLineNr();
      String reason =
          e.getOriginalMessage().startsWith("Expected a field name")
              ? "a key must be plain text, not an alias, a list or a map"
              : "this is not YAML: " + reason(e);
      throw new ConfigException(where + ": " + reason);
    } catch (IOException e) {
      throw new ConfigException("--config " + file + ": " + e.getMessage());
    }
  }

  private static String text(Path file) {
    try {
      if (!Files.exists(file)) {
        throw unreadable(file, "no such file");
      }
      if (Files.isDirectory(file)) {
        throw unreadable(file, "it is a folder; name a YAML file");
      }
      if (!Files.isRegularFile(file)) {
        throw unreadable(
            file,
            "it is no regular file, but a pipe or a device; write the configuration to a file and"
                + " name that");
      }
      long bytes = Files.size(file);
      if (bytes > MOST_BYTES) {
        throw unreadable(
            file,
            "it has "
                + bytes
                + " bytes, which no configuration has: at most "
                + MOST_BYTES
                + " are read");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      boolean marked = text.startsWith("\uFEFF"); // the parser would not count it
      return marked ? text.substring(1) : text;
    } catch (IOException e) {
      throw unreadable(file, "it cannot be read as UTF-8 text");
    }
  }

  private static ConfigException unreadable(Path file, String reason) {
    return new ConfigException("--config " + file + ": " + reason);
  }

  /** The parser's message without the lines that quote the file. */
  private static String reason(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }

  private Map<String, Setting> document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    Setting root = value(first);
    if (root.kind() != Setting.Kind.MAP) {
      throw new ConfigException(
          root.origin() + ": expected lines of `key: value`, found " + root.kind().words);
    }
    if (parser.nextToken() != null) {
      throw new ConfigException(origin() + ": a second YAML document; one file holds one");
    }
    return root.entries();
  }

  private Setting value(JsonToken token) throws IOException {
    String origin = origin();
    return switch (token) {
      case START_OBJECT -> Setting.map(map(), origin);
      case START_ARRAY -> Setting.list(list(), origin);
      default -> scalar(origin);
    };
  }

  private Setting scalar(String origin) throws IOException {
    if (parser.isCurrentAlias()) {
      problems.add(origin + ": YAML aliases such as *" + parser.getText() + " are not supported");
      return Setting.scalar(Setting.Kind.TEXT, parser.getText(), origin);
    }
    return isQuoted()
        ? Setting.scalar(Setting.Kind.TEXT, parser.getText(), origin)
        : Setting.plain(parser.getText(), origin);
  }

  private Map<String, Setting> map() throws IOException {
    Map<String, Setting> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String origin = origin();
      Setting value = value(parser.nextToken());
      Setting earlier = entries.putIfAbsent(key, value);
      if (earlier != null) {
        problems.add(origin + ": " + key + " is given twice, first at " + earlier.origin());
      }
    }
    return entries;
  }

  private List<Setting> list() throws IOException {
    List<Setting> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token));
    }
    return items;
  }

  private String origin() {
    return name + ":" + parser.currentTokenLocation().getLineNr();
  }

  /** Whether a scalar is text whatever it looks like; a tag and an anchor may stand before it. */
  private boolean isQuoted() {
    int at = (int) parser.currentTokenLocation().getCharOffset();
    while (at < characters.length && (characters[at] == '&' || characters[at] == '!')) {
      while (at < characters.length && !Character.isWhitespace(characters[at])) {
        at++;
      }
      while (at < characters.length && Character.isWhitespace(characters[at])) {
        at++;
      }
    }
    return at < characters.length && "\"'|>".indexOf(characters[at]) >= 0;
  }
}
