package io.nnem.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Objects;

/** The result of a trial as a line of JSON, to be kept or sent, from which it is made again. */
public final class TrialJson {
  static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

  private TrialJson() {}

  /** Writes a result as a line, without its end. */
  public static String line(TrialResult result) {
    return JSON.valueToTree(result).toString();
  }

  /** Reads a result; an IllegalArgumentException says that the line is none. */
  public static TrialResult result(String line, Class<? extends Found> found) {
    try {
      ObjectNode tree = (ObjectNode) JSON.readTree(line);
      JsonNode beside = Objects.requireNonNull(tree.replace("found", null));
      return JSON.treeToValue(tree, TrialResult.class).with(JSON.treeToValue(beside, found));
    } catch (JsonProcessingException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("This is no line of a trial: " + line, e);
    }
  }
}
