package io.nnem.experiments.saved;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnem.datasets.Csv;
import io.nnem.datasets.Table;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.TableData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a saved network remembers of the table that it was trained on, so that others are read
 * alike.
 *
 * @param columns without the label
 * @param label the name of the column with the labels
 * @param header whether its first line had the columns' names
 */
public record SavedTable(List<Table.Column> columns, String label, boolean header) {
  private static final String NOTE = "table";
  private static final ObjectMapper JSON = new ObjectMapper();

  public SavedTable {
    columns = List.copyOf(columns);
    Objects.requireNonNull(label);
  }

  public static SavedTable of(ExperimentConfig config, TableData data) {
    return new SavedTable(data.columns(), data.label(), config.table().header());
  }

  /** For the file. */
  public Map<String, String> notes() {
    return Map.of(NOTE, JSON.valueToTree(this).toString());
  }

  /** Out of a file, of a network that takes so many numbers; empty if it learned something else. */
  public static Optional<SavedTable> of(Map<String, String> notes, int width) {
    String text = notes.get(NOTE);
    if (text == null) {
      return Optional.empty();
    }
    try {
      SavedTable table = JSON.readValue(text, SavedTable.class);
      if (table.columns.stream().mapToLong(Table.Column::width).sum() == width) {
        return Optional.of(table);
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new ConfigException("the file's note on its table's columns is damaged: train it anew");
  }

  /** A file with the same columns, and perhaps with labels, in {@code other} if that is said. */
  public Csv csv(Path path, Optional<String> other, boolean impute) {
    Csv csv = TableData.csv(path, header, impute).like(columns);
    return other.isPresent() ? csv.label(other.get()) : csv.labelIfThere(label);
  }
}
