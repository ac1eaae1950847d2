package io.nnem.experiments.saved;

import io.nnem.datasets.Csv;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.DatasetException;
import io.nnem.datasets.Datasets;
import io.nnem.datasets.Table;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.run.TableData;
import io.nnem.learners.MemoryClassifier;
import io.nnem.learners.Prediction;
import io.nnem.report.table.Format;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnem predict}: a saved classifier on other data. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    header = "Let a saved network label data, and name the memories that speak for it.",
    description =
        "%nWrites CSV: for each row the label, its probability, how familiar the row is (the"
            + " similarity of the most similar memory, at most 1), the true label if the data has"
            + " it, and the memories that counted most: slot, similarity, label, and age in"
            + " training steps. Columns of a CSV file are found by their names; missing values are"
            + " taken as in training. A file of MemoryClassifier knows no names: for it, columns"
            + " must be numbers, in the order of the rows that it learned from.%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nnem predict results/train-20250102-030405/network-seed-1.safetensors --data new.csv",
      "  nnem predict mine.nnem --data mnist --out labels.csv"
    })
public final class PredictCommand implements Callable<Integer> {
  private static final int ROWS_AT_ONCE = 256;
  private static final long FIRST_WORD_NANOS = 3_000_000_000L;

  private final Supplier<Catalogue> catalogue;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "What nnem train or MemoryClassifier has saved.")
  private Path file;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "PATH",
      description = "A CSV file, or mnist or a folder of IDX files, whose test images are taken.")
  private String data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column of a CSV file with the true labels. Without it: as in training.")
  private String label;

  @Option(
      names = "--header",
      arity = "1",
      paramLabel = "true|false",
      description =
          "Whether the first line of a CSV file has the columns' names. Without it: as in training.")
  private Boolean header;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the CSV goes, when it is whole. Without it: to standard output.")
  private Path out;

  /** Rows, and their labels if there are any. */
  private record Rows(List<float[]> rows, List<String> labels) {}

  public PredictCommand(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Integer call() throws IOException {
    if (out != null) {
      WholeFile.require("--out", out);
    }
    try (SavedNetwork saved = SavedNetwork.load(file, catalogue.get())) {
      MemoryClassifier classifier =
          saved
              .classifier()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          file + " holds " + saved.kind() + "; predict takes a classifier's"));
      Rows rows = read(saved, classifier);
      int memories = Math.min(classifier.evidence(), classifier.network().memory().size());
      if (out == null) {
        PrintWriter stdout = spec.commandLine().getOut();
        write(classifier, rows, memories, stdout);
        stdout.flush();
      } else {
        WholeFile.write(
            out,
            stream -> {
              Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
              write(classifier, rows, memories, writer);
              writer.flush();
            });
      }
    }
    return 0;
  }

  private Rows read(SavedNetwork saved, MemoryClassifier classifier) {
    int width = classifier.network().embedder().observationSize();
    Optional<SavedTable> table = SavedTable.of(classifier.notes(), width);
    Rows rows;
    try {
      Path path = Path.of(data);
      if (data.equals("mnist") || Files.isDirectory(path)) {
        rows = images((data.equals("mnist") ? Datasets.mnist() : Datasets.folder(path)).test());
      } else if (Files.exists(path)) {
        boolean impute = saved.metadata().getOrDefault("setting.impute-missing", "").equals("true");
        rows = table(path, table, impute);
      } else {
        throw new ConfigException("--data " + data + ": there is no such file or folder");
      }
    } catch (DatasetException | InvalidPathException e) {
      throw new ConfigException(e.getMessage());
    }
    if (rows.rows.get(0).length != width) {
      throw new ConfigException(
          "--data "
              + data
              + ": its rows have "
              + rows.rows.get(0).length
              + " numbers, but the network in "
              + file
              + " takes "
              + width);
    }
    return rows;
  }

  private Rows table(Path path, Optional<SavedTable> known, boolean impute) {
    Optional<String> labels = Optional.ofNullable(label);
    Csv csv;
    if (known.isPresent()) {
      SavedTable like = known.get();
      boolean named = header == null ? like.header() : header;
      csv = new SavedTable(like.columns(), like.label(), named).csv(path, labels, impute);
    } else {
      csv = TableData.csv(path, header == null || header, impute);
      csv = labels.isPresent() ? csv.label(label) : csv;
    }
    Table table = csv.read();
    if (known.isEmpty()) {
      requireNumbers(table);
    }
    return new Rows(Arrays.asList(table.rows()), Arrays.asList(table.labels()));
  }

  /** Columns of names would be numbered as they appear here, not as they did in training. */
  private void requireNumbers(Table table) {
    for (Table.Column column : table.columns()) {
      if (!column.values().isEmpty()) {
        throw new ConfigException(
            data
                + ": '"
                + column.name()
                + "' is a column of names, but "
                + file
                + " does not say which names it knew: give the numbers that it learned from, or"
                + " call the column that has the labels --label");
      }
    }
  }

  private static Rows images(Dataset images) {
    int size = images.observationSize();
    float[][] rows = new float[images.size()][size];
    String[] labels = new String[images.size()];
    for (int i = 0; i < rows.length; i++) {
      images.copyObservations(new int[] {i}, 0, 1, rows[i]);
      labels[i] = Integer.toString(images.label(i));
    }
    return new Rows(Arrays.asList(rows), Arrays.asList(labels));
  }

  private void write(MemoryClassifier classifier, Rows rows, int memories, Writer writer)
      throws IOException {
    boolean labelled = !rows.labels.isEmpty();
    List<String> head = new ArrayList<>(List.of("row", "label", "probability", "familiarity"));
    if (labelled) {
      head.add("true_label");
    }
    for (int i = 1; i <= memories; i++) {
      head.addAll(List.of("slot_" + i, "similarity_" + i, "label_" + i, "age_" + i));
    }
    writer.write(io.nnem.report.table.Csv.line(head));
    long next = System.nanoTime() + FIRST_WORD_NANOS;
    int right = 0;
    for (int from = 0; from < rows.rows.size(); from += ROWS_AT_ONCE) {
      int to = Math.min(from + ROWS_AT_ONCE, rows.rows.size());
      List<Prediction> predictions =
          classifier.predict(rows.rows.subList(from, to).toArray(float[][]::new));
      for (int row = from; row < to; row++) {
        Prediction prediction = predictions.get(row - from);
        String truth = labelled ? rows.labels.get(row) : null;
        right += prediction.label().equals(truth) ? 1 : 0;
        writer.write(io.nnem.report.table.Csv.line(cells(row, prediction, truth, head.size())));
      }
      if (System.nanoTime() - next > 0) {
        next = System.nanoTime() + FIRST_WORD_NANOS;
        say("nnem predict: " + to + " of " + rows.rows.size() + " rows");
      }
    }
    if (labelled) {
      double share = (double) right / rows.rows.size();
      say(
          "accuracy "
              + Format.percent(share)
              + "%: "
              + right
              + " of "
              + rows.rows.size()
              + " rows are labelled as in the data");
    }
  }

  private void say(String words) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(words);
    err.flush();
  }

  private static List<String> cells(int row, Prediction prediction, String truth, int count) {
    List<String> cells = new ArrayList<>(List.of(Integer.toString(row + 1), prediction.label()));
    cells.add(number(prediction.probabilities().get(prediction.label())));
    cells.add(number(prediction.familiarity()));
    if (truth != null) {
      cells.add(truth);
    }
    for (Prediction.Evidence memory : prediction.evidence()) {
      cells.add(Integer.toString(memory.slot()));
      cells.add(number(memory.similarity()));
      cells.add(memory.label());
      cells.add(Long.toString(memory.age()));
    }
    while (cells.size() < count) {
      cells.add(""); // fewer were recalled
    }
    return cells;
  }

  /** As a float: the digits that a network on floats means. */
  private static String number(double value) {
    return Float.toString((float) value);
  }
}
