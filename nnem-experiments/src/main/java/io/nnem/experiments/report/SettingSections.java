package io.nnem.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The sections that say what was run, and where. */
final class SettingSections {
  private SettingSections() {}

  /** The configuration, as in config.yaml. */
  static Section configuration(String yaml) {
    return new Section(
        "configuration",
        "Configuration",
        "<p class=\"hint\">Also in config.yaml; <code>--config config.yaml</code> runs it"
            + " again.</p>\n<pre>"
            + Html.escape(yaml)
            + "</pre>\n");
  }

  /** The provenance, as in provenance.json. */
  static Section provenance(Provenance provenance) {
    List<List<String>> rows = new ArrayList<>();
    flatten("", provenance.tree(), rows);
    return new Section(
        "provenance",
        "Provenance",
        "<p class=\"hint\">Also in provenance.json.</p>\n"
            + Html.table(List.of("What", "Value"), rows, 2));
  }

  private static void flatten(String prefix, JsonNode node, List<List<String>> rows) {
    node.properties()
        .forEach(
            field -> {
              String name = prefix + field.getKey().replace('_', ' ');
              JsonNode value = field.getValue();
              if (value.isObject()) {
                flatten(name + ", ", value, rows);
              } else if (value.isArray() && value.path(0).isObject()) {
                for (int i = 0; i < value.size(); i++) {
                  flatten(name + " " + (i + 1) + ", ", value.get(i), rows);
                }
              } else if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
                rows.add(List.of(Html.escape(name), "<code>" + text(value) + "</code>"));
              }
            });
  }

  private static String text(JsonNode value) {
    String text =
        value.isArray()
            ? String.join(
                " ",
                StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList())
            : value.asText();
    return Html.escape(text);
  }
}
