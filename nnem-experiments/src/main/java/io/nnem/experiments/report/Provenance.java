package io.nnem.experiments.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.PluginJar;
import io.nnem.experiments.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Where a run's numbers come from: program, call, data, machine, and how it ended. */
public final class Provenance {
  private static final ObjectWriter WRITER =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final Instant started;

  /**
   * What is known at the start.
   *
   * @param version the version of nnem
   * @param commandLine the arguments as they were typed
   * @param config the setting
   * @param data what is trained on
   * @param backendDescription what the backend says of itself
   * @param plugins jars that did not come with nnem
   * @param started when
   */
  public Provenance(
      String version,
      List<String> commandLine,
      ExperimentConfig config,
      Split data,
      String backendDescription,
      List<PluginJar> plugins,
      Instant started) {
    this.started = started.truncatedTo(ChronoUnit.MILLIS);
    root.put("status", "running");
    root.put("nnem", version);
    String revision = System.getProperty("nnem.revision", "");
    root.put("revision", revision.isEmpty() ? null : revision);
    ArrayNode call = root.putArray("command");
    call.add("nnem");
    commandLine.forEach(call::add);
    root.put("started", this.started.toString());
    root.put("seconds", (Double) null);
    ArrayNode seeds = root.putArray("seeds");
    for (int seed = 1; seed <= config.seeds(); seed++) {
      seeds.add(seed);
    }
    ObjectNode dataNode = root.putObject("data");
    dataNode.put("name", data.name());
    dataNode.put("training_sha256", data.training().checksum());
    dataNode.put("validation_sha256", data.validation().checksum());
    dataNode.put("test_sha256", data.test().checksum());
    ObjectNode backend = root.putObject("backend");
    backend.put("name", config.backend());
    backend.put("description", backendDescription);
    ArrayNode jars = root.putArray("plugins");
    for (PluginJar jar : plugins) {
      ObjectNode node = jars.addObject();
      node.put("jar", jar.file());
      node.put("sha256", jar.sha256());
      ArrayNode used = node.putArray("used");
      jar.plugins().forEach(used::add);
    }
    root.set("machine", Machine.describe());
  }

  /**
   * Adds how the run ended.
   *
   * @param outcome what came out
   * @param ended when
   */
  public void ended(Outcome outcome, Instant ended) {
    root.put("status", outcome.status());
    root.put("seconds", Duration.between(started, ended).toMillis() / 1000.0);
    ObjectNode trials = root.putObject("trials");
    trials.put("planned", outcome.planned());
    trials.put("finished", outcome.results().size());
    trials.put(
        "diverged",
        outcome.results().stream().filter(result -> result.divergence().isPresent()).count());
    if (!outcome.failures().isEmpty()) {
      ArrayNode failures = root.putArray("failures");
      outcome.failureWords().forEach(failures::add);
    }
  }

  /**
   * The file.
   *
   * @return indented JSON
   */
  public String json() {
    try {
      return WRITER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the provenance could not be written", e);
    }
  }

  /** The tree, for the page. */
  ObjectNode tree() {
    return root;
  }
}
