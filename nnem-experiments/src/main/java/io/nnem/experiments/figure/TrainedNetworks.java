package io.nnem.experiments.figure;

import io.nnem.credit.MemoryNetwork;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.FolderReport;
import io.nnem.experiments.engine.RunFiles;
import io.nnem.experiments.run.DataSource;
import io.nnem.experiments.run.TableData;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.experiments.saved.SavedTable;
import io.nnem.learners.Inputs;
import io.nnem.learners.MemoryClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Saves what was trained into the folder of the run, as classifiers: with their labels, and what
 * becomes of a row before the network sees it, so that they answer on other data by themselves.
 */
final class TrainedNetworks implements TrialRunner.Keeper {
  private volatile Optional<RunFiles> files = Optional.empty();

  FolderReport report(RunFiles theirs) {
    files = Optional.of(theirs);
    RunReport report = new RunReport(theirs);
    return outcome -> {
      StringBuilder words = new StringBuilder(report.write(outcome));
      outcome.results().stream()
          .map(result -> file(result.seed()))
          .filter(Files::exists)
          .forEach(file -> words.append("The network is in ").append(file).append('\n'));
      return words.toString();
    };
  }

  private Path file(long seed) {
    return files.orElseThrow().folder().file("network-seed-" + seed + ".safetensors");
  }

  @Override
  public void keep(Trial trial, ExperimentConfig config, Split data, MemoryNetwork<?> network)
      throws IOException {
    if (files.isEmpty()) {
      throw new IllegalStateException(
          "nnem train saves the network here, which no other machine can: leave --executor out");
    }
    List<String> labels =
        IntStream.range(0, data.training().classes()).mapToObj(Integer::toString).toList();
    Inputs inputs = Inputs.unchanged(data.training().observationSize());
    Map<String, String> notes = Map.of();
    if (DataSource.isTable(config)) {
      TableData table = TableData.read(config);
      if (!table.split().training().checksum().equals(data.training().checksum())) {
        throw new IllegalStateException(
            config.data() + " was changed while its network was trained; nothing is saved");
      }
      labels = table.labels();
      inputs = table.inputs();
      notes = SavedTable.of(config, table).notes();
    }
    MemoryClassifier.save(file(trial.seed()), network, config.backend(), labels, inputs, notes);
  }
}
