package io.nnem.experiments.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.PluginJar;
import io.nnem.experiments.run.Outcome;
import io.nnem.report.run.Machine;
import io.nnem.report.run.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** What the provenance of an experiment has beside that of any program. */
public final class RunProvenance {
  private RunProvenance() {}

  public static Provenance of(
      String version,
      List<String> commandLine,
      ExperimentConfig config,
      Split data,
      String backendDescription,
      List<PluginJar> plugins,
      Instant started) {
    Provenance provenance =
        new Provenance(
            "nnem", version, System.getProperty("nnem.revision", ""), commandLine, started);
    ObjectNode root = provenance.tree();
    LongStream.rangeClosed(1, config.seeds()).forEach(root.putArray("seeds")::add);
    root.putObject("data")
        .put("name", data.name())
        .put("training_sha256", data.training().checksum())
        .put("validation_sha256", data.validation().checksum())
        .put("test_sha256", data.test().checksum());
    root.putObject("backend").put("name", config.backend()).put("description", backendDescription);
    ArrayNode jars = root.putArray("plugins");
    for (PluginJar jar : plugins) {
      ObjectNode node = jars.addObject().put("jar", jar.file()).put("sha256", jar.sha256());
      jar.plugins().forEach(node.putArray("used")::add);
    }
    root.set("machine", Machine.describe("nnem"));
    return provenance;
  }

  public static void end(Provenance provenance, Outcome outcome, Instant ended) {
    provenance.ended(outcome.status(), ended);
    provenance
        .tree()
        .putObject("trials")
        .put("planned", outcome.planned())
        .put("finished", outcome.results().size())
        .put(
            "diverged",
            outcome.results().stream().filter(result -> result.divergence().isPresent()).count());
    if (!outcome.failures().isEmpty()) {
      outcome.failureWords().forEach(provenance.tree().putArray("failures")::add);
    }
  }
}
