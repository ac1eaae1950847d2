package io.nnem.experiments.compare;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.engine.Varied;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that is computed from some folders.
 *
 * @param folders their names: the last part of their path if that tells them apart
 * @param varied the rows by what is not the same for all of them; as many, in the same order
 */
record Compared(List<String> folders, List<Row> rows, Varied varied, List<Difference> differences) {
  static final String DATA = "data (check sums)";

  /** What says how, and not what, or has a row of its own. */
  private static final Set<String> NOT_VARIED = Set.of("conditions", "seeds", "jobs");

  /** A setting that is not the same for all folders, with its values by folder. */
  record Difference(String key, List<String> values) {}

  /** Compares each row with {@code FOLDER/CONDITION}, or with its like in the first folder. */
  static Compared of(List<Run> runs, Optional<String> against) {
    List<String> folders = names(runs);
    List<Row> rows = new ArrayList<>();
    List<Map<String, String>> settings = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      String folder = folders.get(i);
      run.trials()
          .forEach(
              (condition, trials) -> {
                rows.add(Row.of(folder, condition, trials));
                Map<String, String> its = new LinkedHashMap<>();
                its.put("folder", folder);
                its.put(Varied.CONDITION, withoutSettings(condition));
                its.putAll(ConfigWriter.values(run.config().forCondition(condition)));
                its.keySet().removeAll(NOT_VARIED);
                settings.add(its);
              });
    }
    Optional<Row> one = against.map(place -> row(place, runs, rows));
    return new Compared(
        folders,
        rows.stream().map(row -> row.against(one.isPresent() ? one : inFirst(row, rows))).toList(),
        varied(rows, settings),
        differences(runs));
  }

  private static String withoutSettings(Condition condition) {
    return new Condition(condition.assigner(), condition.reinstatement()).name();
  }

  private static List<String> names(List<Run> runs) {
    Set<String> last =
        runs.stream()
            .map(run -> String.valueOf(run.path().getFileName()))
            .collect(Collectors.toSet());
    return runs.stream()
        .map(Run::path)
        .map(
            path ->
                last.size() < runs.size() ? path.toString() : String.valueOf(path.getFileName()))
        .toList();
  }

  private static Optional<Row> inFirst(Row row, List<Row> rows) {
    return rows.stream()
        .filter(each -> each.folder().equals(rows.get(0).folder()))
        .filter(each -> each.condition().equals(row.condition()))
        .findFirst();
  }

  private static Row row(String place, List<Run> runs, List<Row> rows) {
    String path = Path.of(place).toString();
    for (Row row : rows) {
      Run run = runs.get(names(runs).indexOf(row.folder()));
      if (path.equals(row.place()) || path.equals(run.path() + "/" + row.condition())) {
        return row;
      }
    }
    throw new ConfigException(
        "--against "
            + place
            + ": it must be FOLDER/CONDITION, one of "
            + rows.stream().map(Row::place).collect(Collectors.joining(", ")));
  }

  /** The folder counts as varied only where nothing else tells two rows apart. */
  private static Varied varied(List<Row> rows, List<Map<String, String>> settings) {
    List<Varied.Item> items = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, String> its = new LinkedHashMap<>(settings.get(i));
      its.remove("folder");
      items.add(new Varied.Item(its, rows.get(i).accuracy()));
    }
    Varied varied = Varied.of(items);
    if (items.stream().map(varied::name).distinct().count() == rows.size()) {
      return varied;
    }
    List<Varied.Item> placed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      placed.add(new Varied.Item(settings.get(i), rows.get(i).accuracy()));
    }
    return Varied.of(placed);
  }

  private static List<Difference> differences(List<Run> runs) {
    List<Map<String, String>> all =
        runs.stream()
            .map(
                run -> {
                  Map<String, String> values = new LinkedHashMap<>();
                  values.put("command", run.header().command());
                  values.putAll(run.header().plan());
                  values.putAll(ConfigWriter.values(run.config()));
                  values.remove("jobs");
                  values.put(DATA, String.join(", ", run.header().data()));
                  values.put("backend (description)", run.header().backend());
                  return values;
                })
            .toList();
    Set<String> keys = new LinkedHashSet<>();
    all.forEach(values -> keys.addAll(values.keySet()));
    return keys.stream()
        .map(
            key ->
                new Difference(
                    key, all.stream().map(values -> values.getOrDefault(key, "unset")).toList()))
        .filter(difference -> difference.values().stream().distinct().count() > 1)
        .toList();
  }
}
