package io.nnem.experiments.sweep;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigKey;
import io.nnem.report.table.Format;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a file says of a sweep, and collects all that is wrong with it. */
final class SweepFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder(new YAMLFactory())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final List<String> KEYS =
      List.of("base", "vary", "method", "samples", "seed", "eta", "floor");
  static final String NEEDED = "its keys are " + String.join(", ", KEYS);
  private static final Set<String> RANGE = Set.of("from", "to", "scale", "values");
  private static final String OPTIONS = "options.";

  private final List<String> problems = new ArrayList<>();
  private final JsonNode root;

  private SweepFile(JsonNode root) {
    this.root = root;
  }

  /** Reads a file; a ConfigException says all that is wrong with it. */
  static SweepPlan read(String text) {
    if (text.isBlank()) {
      return SweepPlan.NONE;
    }
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      throw new ConfigException(
          "FILE: " + where + e.getOriginalMessage().lines().findFirst().orElse("it is no YAML"));
    }
    if (!root.isObject()) {
      throw new ConfigException(
          "FILE: it must have lines of `key: value`, with vary among the keys; " + NEEDED);
    }
    SweepFile file = new SweepFile(root);
    SweepPlan plan = file.plan();
    ConfigException.requireNone(file.problems);
    return plan;
  }

  private SweepPlan plan() {
    unknown(root, KEYS, "");
    Map<String, String> base = base();
    String method = root.path("method").asText("grid");
    Optional<SweepPlan.Method> its =
        List.of(SweepPlan.Method.values()).stream()
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(method))
            .findFirst();
    if (its.isEmpty()) {
      problems.add("method: it is " + method + "; it must be grid, random or halving");
    }
    boolean grid = its.equals(Optional.of(SweepPlan.Method.GRID));
    Map<String, Range> vary = vary(grid);
    if (its.equals(Optional.of(SweepPlan.Method.HALVING)) && vary.containsKey(Halving.STEPS)) {
      problems.add("vary: steps: halving sets it; give those of the last round in base");
    }
    if (!grid && !root.has("samples")) {
      problems.add("samples: say how many combinations are drawn, as in samples: 20");
    }
    return new SweepPlan(
        base,
        vary,
        its.orElse(SweepPlan.Method.GRID),
        whole("samples", 1, 1),
        whole("seed", 1, 0),
        new Halving(whole("eta", 3, 2), whole("floor", 500, 1)),
        root.toString());
  }

  private void unknown(JsonNode node, Iterable<String> known, String where) {
    List<String> names = new ArrayList<>();
    known.forEach(names::add);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                problems.add(
                    where
                        + name
                        + ": there is no such key; the keys are "
                        + String.join(", ", names.stream().sorted().toList()));
              }
            });
  }

  private int whole(String key, int fallback, int least) {
    JsonNode node = root.path(key);
    if (node.isMissingNode()) {
      return fallback;
    }
    if (!node.isInt() || node.intValue() < least) {
      problems.add(key + ": it is " + node + "; it must be a whole number, " + least + " or more");
      return fallback;
    }
    return node.intValue();
  }

  private Map<String, String> base() {
    Map<String, String> base = new LinkedHashMap<>();
    JsonNode node = root.path("base");
    if (!node.isMissingNode() && !node.isObject()) {
      problems.add("base: it must be keys of the configuration with their values");
    }
    node.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                entry
                    .getValue()
                    .properties()
                    .forEach(
                        option ->
                            base.put(
                                entry.getKey() + "." + option.getKey(),
                                text(option.getValue(), ",")));
              } else {
                base.put(entry.getKey(), text(entry.getValue(), ","));
              }
            });
    return base;
  }

  private Map<String, Range> vary(boolean grid) {
    Map<String, Range> vary = new LinkedHashMap<>();
    JsonNode node = root.path("vary");
    if (!node.isObject() || node.isEmpty()) {
      problems.add(
          "vary: name what is varied, as in vary: {temperature: [0.1, 0.2], capacity: {from: 250,"
              + " to: 4000, scale: log, values: 5}}");
      return vary;
    }
    node.properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              boolean option = key.startsWith(OPTIONS) && key.length() > OPTIONS.length();
              if (!option && !ConfigKey.ofConditions().contains(key)) {
                problems.add(
                    "vary: "
                        + key
                        + (key.equals("conditions")
                            ? ": list them in base; each is trained with every combination"
                            : " cannot be varied")
                        + "; what can be is options.NAME of plug-ins and "
                        + String.join(", ", ConfigKey.ofConditions()));
              } else {
                range(key, entry.getValue(), grid).ifPresent(range -> vary.put(key, range));
              }
            });
    return vary;
  }

  private Optional<Range> range(String key, JsonNode node, boolean grid) {
    String where = "vary: " + key + ": ";
    if (node.isArray() && !node.isEmpty()) {
      List<String> values = new ArrayList<>();
      node.forEach(item -> values.add(text(item, ":")));
      if (values.stream().distinct().count() < values.size()) {
        problems.add(where + "a value is there twice");
      }
      values.stream()
          .filter(value -> !value.matches("[^\\s,+\"']+"))
          .forEach(
              value ->
                  problems.add(
                      where
                          + "\""
                          + value
                          + "\" cannot be varied: spaces, quotes, commas and + separate what a"
                          + " condition is made of"));
      return Optional.of(new Range(values, 0, 0, false, 0, false));
    }
    if (!node.isObject()) {
      problems.add(
          where
              + "it must be a list of values, or a range {from: 0.1, to: 10, scale: log, values:"
              + " 5}");
      return Optional.empty();
    }
    unknown(node, RANGE, where);
    JsonNode from = node.path("from");
    JsonNode to = node.path("to");
    boolean log = node.path("scale").asText("linear").equals("log");
    if (!log && !node.path("scale").asText("linear").equals("linear")) {
      problems.add(where + "scale is " + node.path("scale") + "; it must be linear or log");
    }
    Optional<BigDecimal> low = number(from);
    Optional<BigDecimal> high = number(to);
    if (low.isEmpty() || high.isEmpty() || low.get().compareTo(high.get()) >= 0) {
      problems.add(where + "from and to must be numbers, and from the smaller one");
      return Optional.empty();
    }
    if (log && low.get().signum() <= 0) {
      problems.add(where + "from must be above 0 on a logarithmic scale");
      return Optional.empty();
    }
    JsonNode count = node.path("values");
    boolean counted = count.isInt() && count.intValue() >= 2;
    if (!counted && (grid || !count.isMissingNode())) {
      problems.add(
          where
              + "values must be a whole number, 2 or more: how many numbers of the range there"
              + " are");
      return Optional.empty();
    }
    return Optional.of(
        new Range(
            List.of(),
            low.get().doubleValue(),
            high.get().doubleValue(),
            log,
            counted ? count.intValue() : 0,
            ConfigKey.whole(key).orElse(from.isIntegralNumber() && to.isIntegralNumber())));
  }

  /** Also one that YAML takes for text, such as 1e-4. */
  private static Optional<BigDecimal> number(JsonNode node) {
    try {
      return node.isValueNode() && !(node instanceof MissingNode)
          ? Optional.of(new BigDecimal(node.asText()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode node, String separator) {
    if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(text(item, separator)));
      return String.join(separator, items);
    }
    return number(node).map(Format::plain).orElse(node.asText());
  }
}
