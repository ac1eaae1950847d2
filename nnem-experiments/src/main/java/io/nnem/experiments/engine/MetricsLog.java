package io.nnem.experiments.engine;

import io.nnem.experiments.run.TrialEvent;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.run.RunFolder;
import io.nnem.report.table.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * Appends every measurement to {@code metrics.csv} as it is made, so that whatever ends the run
 * loses nothing. The sorted file takes its place in the end.
 */
public final class MetricsLog implements Consumer<TrialEvent>, AutoCloseable {
  private final Writer writer;

  /** Begins the file with the trials that are finished. */
  public MetricsLog(RunFolder folder, List<TrialResult> past) throws IOException {
    folder.write(
        "metrics.csv",
        Csv.of(
            Tables.METRICS,
            past.stream().flatMap(result -> result.measurements().stream()).toList()));
    writer =
        Files.newBufferedWriter(
            folder.file("metrics.csv"), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  @Override
  public void accept(TrialEvent event) {
    if (event instanceof TrialEvent.Measured measured) {
      try {
        writer.write(Csv.line(Tables.METRICS, measured.measurement()));
        writer.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("metrics.csv cannot be written", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
