package io.nnem.experiments.run;

import io.nnem.core.Seeds;
import io.nnem.datasets.Csv;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Datasets;
import io.nnem.datasets.Split;
import io.nnem.datasets.Table;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.learners.Inputs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A CSV file as data to train on: rows in an order drawn by chance, always the same; a sixth for
 * test, a sixth for validation. Columns have mean 0 and variance 1 in the training rows.
 *
 * @param columns of the file, without the label
 * @param label the name of the column with the labels
 * @param labels by class
 * @param inputs what rows became
 * @param split the data
 */
public record TableData(
    List<Table.Column> columns, String label, List<String> labels, Inputs inputs, Split split) {

  /** They give numbers from 0 to 1, which those of a table are not. */
  private static final Set<String> FOR_IMAGES = Set.of("decoded", "code");

  /** Reads what the key {@code data} names; a ConfigException says what does not suit. */
  public static TableData read(ExperimentConfig config) {
    if (config.table().label().isEmpty()) {
      throw new ConfigException(
          "data is \"" + config.data() + "\", a file: name its column of labels with --label");
    }
    for (Condition condition : config.conditions()) {
      if (config.reinstatement(condition).filter(FOR_IMAGES::contains).isPresent()) {
        throw new ConfigException(
            "condition "
                + condition
                + " decodes observations, which is for images; with a table take /stored, such as"
                + " exact-reinstatement/stored");
      }
    }
    boolean impute = config.table().missing().equals("impute");
    Table table =
        csv(Path.of(config.data()), config.table().header(), impute)
            .label(config.table().label())
            .read();
    float[][] rows = table.rows();
    if (rows.length < 3) {
      throw new ConfigException(config.data() + " has " + rows.length + " rows; it must have 3");
    }
    List<String> classes = table.classes();
    int[] labels = Arrays.stream(table.labels()).mapToInt(classes::indexOf).toArray();
    shuffle(rows, labels);
    int part = Math.max(1, rows.length / 6);
    int training = rows.length - 2 * part;
    Inputs inputs = Inputs.standardising(Arrays.copyOf(rows, training), impute);
    int width = rows[0].length;
    Path name = Path.of(config.data()).getFileName();
    Dataset all =
        Datasets.of(name.toString(), 1, width, classes.size(), inputs.apply(rows), labels);
    Split split =
        new Split(
            name.toString(),
            all.slice(0, training),
            all.slice(training, training + part),
            all.slice(training + part, rows.length));
    String label = table.label().orElseThrow();
    return new TableData(table.columns(), label, classes, inputs, split);
  }

  /** A file that is to be read; with {@code impute}, missing values are left to {@link Inputs}. */
  public static Csv csv(Path path, boolean header, boolean impute) {
    Csv csv = Csv.of(path);
    csv = header ? csv : csv.withoutHeader();
    return impute ? csv.keepMissing() : csv;
  }

  private static void shuffle(float[][] rows, int[] labels) {
    SplittableRandom random = Seeds.random(1, "rows of a table");
    for (int i = rows.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      float[] row = rows[i];
      rows[i] = rows[other];
      rows[other] = row;
      int label = labels[i];
      labels[i] = labels[other];
      labels[other] = label;
    }
  }
}
