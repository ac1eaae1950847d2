package io.nnem.experiments.engine;

import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Staleness;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialEvent;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.run.EventFile;
import io.nnem.report.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes what is measured for TensorBoard, as it is measured: {@code tensorboard/CONDITION/seed-N}
 * has the event file of a trial. A file that a killed run left is begun anew with its trial.
 */
final class EventLog implements Consumer<TrialEvent>, AutoCloseable {
  private static final String FOLDER = "tensorboard";

  /** Most file systems end at 255 bytes. */
  private static final int LONGEST = 200;

  private final RunFolder folder;
  private final Clock clock;
  private final Map<Path, EventFile> open = new HashMap<>();

  /** Begins with the files of trials that are finished; their times are those of now. */
  EventLog(RunFolder folder, Clock clock, List<TrialResult> past) throws IOException {
    this.folder = folder;
    this.clock = clock;
    Files.createDirectories(folder.file(FOLDER));
    for (TrialResult result : past) {
      result.measurements().forEach(this::measured);
      finished(result);
    }
  }

  /** Whether a run that began in a folder wrote such files, so that who goes on must write them. */
  static boolean isIn(RunFolder folder) {
    return Files.isDirectory(folder.file(FOLDER));
  }

  @Override
  public void accept(TrialEvent event) {
    if (event instanceof TrialEvent.Measured measured) {
      measured(measured.measurement());
    } else if (event instanceof TrialEvent.Finished finished) {
      finished(finished.result());
    } else if (event instanceof TrialEvent.Failed failed) {
      close(place(failed.trial()));
    }
  }

  private void measured(Measurement measurement) {
    add(
        place(measurement.condition(), measurement.seed()),
        measurement.step(),
        Map.of(
            "accuracy/" + measurement.split(), measurement.accuracy(),
            "loss/" + measurement.split(), measurement.loss()));
  }

  private void finished(TrialResult result) {
    Trial trial = result.trial();
    Path place = place(trial);
    result.reconstructions().stream()
        .filter(row -> row.condition().equals(trial.condition()))
        .forEach(
            row ->
                add(
                    place,
                    row.step(),
                    Map.of("reconstruction-error/" + row.split(), row.squaredError())));
    if (result.found() instanceof Found.Ages ages && !ages.staleness().isEmpty()) {
      List<Staleness> rows = ages.staleness();
      double memories = rows.stream().mapToDouble(Staleness::memories).sum();
      double cosines = rows.stream().mapToDouble(row -> row.memories() * row.cosine()).sum();
      add(place, rows.get(0).step(), Map.of("freshness/cosine", cosines / memories));
    }
    close(place);
  }

  private Path place(Trial trial) {
    return place(trial.condition().name(), trial.seed());
  }

  private Path place(String condition, long seed) {
    return folder.file(FOLDER).resolve(folderName(condition)).resolve("seed-" + seed);
  }

  /**
   * A name for a folder, another one for each condition: letters, digits and {@code + = , . -}
   * stay, a slash becomes {@code _}, and the rest is as in a URL. A long one ends in a number.
   */
  static String folderName(String condition) {
    String name =
        URLEncoder.encode(condition, StandardCharsets.UTF_8)
            .replace("_", "%5F")
            .replace("*", "%2A")
            .replace("+", "%20")
            .replace("%2B", "+")
            .replace("%3D", "=")
            .replace("%2C", ",")
            .replace("%2F", "_");
    return name.length() <= LONGEST
        ? name
        : name.substring(0, LONGEST) + "-" + Integer.toHexString(name.hashCode());
  }

  private void add(Path place, int step, Map<String, Double> scalars) {
    try {
      EventFile file = open.get(place);
      if (file == null) {
        file = EventFile.create(place, clock.instant());
        open.put(place, file);
      }
      file.add(clock.instant(), step, scalars);
    } catch (IOException e) {
      throw new UncheckedIOException("a file in " + place + " cannot be written", e);
    }
  }

  private void close(Path place) {
    EventFile file = open.remove(place);
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException("a file in " + place + " cannot be written", e);
      }
    }
  }

  @Override
  public void close() {
    List.copyOf(open.keySet()).forEach(this::close);
  }
}
