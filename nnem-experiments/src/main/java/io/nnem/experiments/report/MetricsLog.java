package io.nnem.experiments.report;

import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.run.TrialObserver;
import io.nnem.report.run.RunFolder;
import io.nnem.report.table.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * Appends every measurement to {@code metrics.csv} as it is made, so that whatever ends the run
 * loses nothing. The sorted file takes its place in the end. How well decoders reconstruct is
 * written in the end, to {@code reconstruction.csv}.
 */
public final class MetricsLog implements TrialObserver, AutoCloseable {
  private final Writer writer;
  private final RunFolder folder;
  private final List<Reconstruction> reconstructions = new ArrayList<>();

  /**
   * Begins the file.
   *
   * @param folder where it is
   * @param past an earlier run, which it begins with
   * @throws IOException if it cannot be written
   */
  public MetricsLog(RunFolder folder, Past past) throws IOException {
    this.folder = folder;
    reconstructions.addAll(past.reconstructions());
    folder.write("metrics.csv", Csv.of(Tables.METRICS, past.measurements()));
    writer =
        Files.newBufferedWriter(
            folder.file("metrics.csv"), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  @Override
  public void measured(Measurement measurement) {
    try {
      writer.write(Csv.line(Tables.METRICS, measurement));
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("metrics.csv cannot be written", e);
    }
  }

  /** Kept until the end: which comes first depends on threads, and the file must not. */
  @Override
  public void reconstructed(Reconstruction reconstruction) {
    reconstructions.add(reconstruction);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    if (!reconstructions.isEmpty()) {
      folder.write("reconstruction.csv", Csv.of(Tables.RECONSTRUCTION, sorted(reconstructions)));
    }
  }

  /** By condition, seed, split and step. A run that goes on is told again of what was before it. */
  static List<Reconstruction> sorted(List<Reconstruction> reconstructions) {
    return reconstructions.stream()
        .sorted(
            Comparator.comparing(Reconstruction::condition)
                .thenComparingLong(Reconstruction::seed)
                .thenComparing(Reconstruction::split)
                .thenComparingInt(Reconstruction::step))
        .filter(new HashSet<>()::add)
        .toList();
  }
}
