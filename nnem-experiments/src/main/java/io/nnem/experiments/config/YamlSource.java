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
  private final String name;
  private final List<String> lines;
  private final List<String> problems;
  private YAMLParser parser;

  private YamlSource(String name, List<String> lines, List<String> problems) {
    this.name = name;
    this.lines = lines;
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @param file a YAML file whose top level is a map
   * @param problems where mistakes such as duplicate keys are added
   * @return the settings in the order of the file; empty for an empty file
   * @throws ConfigException if the file cannot be read or is no YAML
   */
  static Map<String, Setting> read(Path file, List<String> problems) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      String reason = Files.exists(file) ? "it cannot be read as UTF-8 text" : "no such file";
      throw new ConfigException("--config " + file + ": " + reason);
    }
    YamlSource source = new YamlSource(file.toString(), text.lines().toList(), problems);
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      source.parser = parser;
      return source.document();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? file.toString() : file + ":" + at.getLineNr();
      throw new ConfigException(where + ": this is not YAML: " + reason(e));
    } catch (IOException e) {
      throw new ConfigException("--config " + file + ": " + e.getMessage());
    }
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
    char start = firstCharacter();
    if (start == '*') {
      problems.add(origin + ": YAML aliases such as *" + parser.getText() + " are not supported");
      return Setting.scalar(Setting.Kind.TEXT, parser.getText(), origin);
    }
    boolean quoted = start == '"' || start == '\'' || start == '|' || start == '>';
    return quoted
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

  private char firstCharacter() {
    JsonLocation at = parser.currentTokenLocation();
    int line = at.getLineNr() - 1;
    int column = at.getColumnNr() - 1;
    boolean inside =
        line >= 0 && line < lines.size() && column >= 0 && column < lines.get(line).length();
    return inside ? lines.get(line).charAt(column) : ' ';
  }
}
