package io.nnem.report.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Where a run's numbers come from: program, call, whatever is added, and how it ended. */
public final class Provenance {
  private static final ObjectWriter WRITER =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final Instant started;

  /**
   * A line of a table.
   *
   * @param name what it is, in words
   * @param value the value
   */
  public record Entry(String name, String value) {}

  /**
   * What is known of every program at its start.
   *
   * @param program what it is called
   * @param version its version
   * @param revision of its source; empty if that is not known
   * @param arguments the command line as it was typed
   * @param started when
   */
  public Provenance(
      String program, String version, String revision, List<String> arguments, Instant started) {
    this.started = started.truncatedTo(ChronoUnit.MILLIS);
    root.put("status", "running");
    root.put(program, version);
    root.put("revision", revision.isEmpty() ? null : revision);
    arguments.forEach(root.putArray("command").add(program)::add);
    root.put("started", this.started.toString());
    root.put("seconds", (Double) null);
  }

  /** The tree, to add to. */
  public ObjectNode tree() {
    return root;
  }

  /** Adds how the run ended, in a word, and when. */
  public void ended(String status, Instant ended) {
    root.put("status", status);
    root.put("seconds", Duration.between(started, ended).toMillis() / 1000.0);
  }

  /** The file: indented JSON. */
  public String json() {
    try {
      return WRITER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the provenance could not be written", e);
    }
  }

  /** The same for a table, in the order of the tree. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    flatten("", root, entries);
    return entries;
  }

  private static void flatten(String prefix, JsonNode node, List<Entry> entries) {
    node.properties()
        .forEach(
            field -> {
              String name = prefix + field.getKey().replace('_', ' ');
              JsonNode value = field.getValue();
              if (value.isObject()) {
                flatten(name + ", ", value, entries);
              } else if (value.isArray() && value.path(0).isObject()) {
                for (int i = 0; i < value.size(); i++) {
                  flatten(name + " " + (i + 1) + ", ", value.get(i), entries);
                }
              } else if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
                entries.add(new Entry(name, text(value)));
              }
            });
  }

  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(" "))
        : value.asText();
  }
}
