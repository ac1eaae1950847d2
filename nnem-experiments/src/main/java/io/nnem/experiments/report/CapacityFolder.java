package io.nnem.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnem.datasets.Split;
import io.nnem.experiments.capacity.CapacityPlan;
import io.nnem.experiments.capacity.CapacityRow;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Divergence;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.table.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder that {@code nnem capacity} left, to go on with. */
public final class CapacityFolder {
  private static final String CALL = "# nnem capacity --config config.yaml --capacities ";

  private final Path path;

  /**
   * Nothing is read yet.
   *
   * @param path the folder
   */
  public CapacityFolder(Path path) {
    this.path = path;
  }

  /**
   * The first line of {@code config.yaml}.
   *
   * @param plan the capacities
   * @return a comment
   */
  public static String call(CapacityPlan plan) {
    return CALL + plan + "\n";
  }

  /**
   * Its configuration.
   *
   * @return the file
   */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /**
   * The capacities of its first line.
   *
   * @return as they are written after {@code --capacities}
   * @throws ConfigException if it is no folder of {@code nnem capacity}
   */
  public String capacities() {
    try {
      return Files.readAllLines(config()).stream()
          .findFirst()
          .filter(line -> line.startsWith(CALL))
          .map(line -> line.substring(CALL.length()))
          .orElseThrow(() -> foreign("config.yaml in it is not of nnem capacity", null));
    } catch (IOException e) {
      throw foreign("there is no config.yaml in it that can be read", e);
    }
  }

  /**
   * Its trials that ran to their end.
   *
   * @param config its configuration
   * @param plan its capacities
   * @param data must be what it was trained on
   * @return what is not to be run again
   * @throws ConfigException if a file cannot be read, or other data was trained on
   */
  public Past read(ExperimentConfig config, CapacityPlan plan, Split data) {
    requireSameData(data);
    try {
      List<TrialResult> results = results(config, plan, data.training().classes());
      return new Past(results, reconstructions(results));
    } catch (IllegalArgumentException e) {
      throw foreign("a table in it cannot be read: " + e.getMessage(), e);
    }
  }

  private List<TrialResult> results(ExperimentConfig config, CapacityPlan plan, int classes) {
    List<Trial> trials = plan.trials(config);
    List<Measurement> measurements = measurements();
    List<List<String>> divergences = table("divergences.csv", 4);
    List<TrialResult> results = new ArrayList<>();
    for (List<String> row : table("capacity.csv", 7)) {
      Condition condition = Condition.parse(row.get(0)).with("capacity", row.get(1));
      Trial trial = new Trial(condition, Long.parseLong(row.get(2)));
      if (!trials.contains(trial)) {
        throw foreign("capacity.csv in it has " + trial + ", which its config.yaml has not", null);
      }
      List<Measurement> its =
          measurements.stream()
              .filter(m -> m.condition().equals(condition.name()) && m.seed() == trial.seed())
              .toList();
      boolean diverged = Boolean.parseBoolean(row.get(6));
      if (!diverged && its.isEmpty()) {
        continue; // its measurements were lost: it is run again
      }
      results.add(
          new TrialResult(
              condition,
              trial.seed(),
              its,
              diverged ? Optional.of(divergence(trial, its, divergences)) : Optional.empty(),
              Long.parseLong(row.get(4)) - CapacityRow.keyAndValue(condition, config, classes),
              Double.parseDouble(row.get(5))));
    }
    return results;
  }

  private static Divergence divergence(
      Trial trial, List<Measurement> measurements, List<List<String>> divergences) {
    for (List<String> row : divergences) {
      if (row.get(0).equals(trial.condition().name())
          && row.get(1).equals(String.valueOf(trial.seed()))) {
        return new Divergence(Integer.parseInt(row.get(2)), row.get(3));
      }
    }
    int last = measurements.stream().mapToInt(Measurement::step).max().orElse(0);
    return new Divergence(last, "it diverged before the run was resumed");
  }

  private List<Measurement> measurements() {
    List<Measurement> measurements = new ArrayList<>();
    for (List<String> row : table("metrics.csv", 6)) {
      measurements.add(
          new Measurement(
              row.get(0),
              Long.parseLong(row.get(1)),
              Integer.parseInt(row.get(2)),
              row.get(3),
              Double.parseDouble(row.get(4)),
              Double.parseDouble(row.get(5))));
    }
    return measurements;
  }

  /** Of what was trained beforehand, and of the trials that are kept. */
  private List<Reconstruction> reconstructions(List<TrialResult> results) {
    List<Reconstruction> reconstructions = new ArrayList<>();
    for (List<String> row : table("reconstruction.csv", 7)) {
      long seed = Long.parseLong(row.get(1));
      boolean kept =
          row.get(0).equals(Reconstruction.PRETRAINING)
              || results.stream()
                  .anyMatch(r -> r.condition().name().equals(row.get(0)) && r.seed() == seed);
      if (kept) {
        reconstructions.add(
            new Reconstruction(
                row.get(0),
                seed,
                Integer.parseInt(row.get(2)),
                row.get(3),
                Double.parseDouble(row.get(4)),
                Double.parseDouble(row.get(5)),
                Double.parseDouble(row.get(6))));
      }
    }
    return reconstructions;
  }

  /** Rows below the head; a last one that was not written to its end is left out. */
  private List<List<String>> table(String name, int columns) {
    Path file = path.resolve(name);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file);
      List<List<String>> rows = Csv.rows(text.substring(0, text.lastIndexOf('\n') + 1));
      if (rows.stream().anyMatch(row -> row.size() != columns)) {
        throw foreign(name + " in it has a line without " + columns + " columns", null);
      }
      return rows.isEmpty() ? rows : rows.subList(1, rows.size());
    } catch (IOException e) {
      throw foreign(name + " in it cannot be read", e);
    }
  }

  private void requireSameData(Split data) {
    JsonNode then;
    try {
      then = JsonMapper.builder().build().readTree(path.resolve("provenance.json").toFile());
    } catch (IOException e) {
      throw foreign("provenance.json in it cannot be read", e);
    }
    if (!then.path("data").path("training_sha256").asText().equals(data.training().checksum())) {
      throw foreign("it was trained on other data than " + data.name() + " is now", null);
    }
  }

  private ConfigException foreign(String reason, Exception cause) {
    ConfigException exception = new ConfigException("--resume " + path + ": " + reason);
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }
}
