package io.nnem.experiments.capacity;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.stats.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is computed from the trials: rows by condition, capacity and seed, summaries by
 * condition and capacity, comparisons by capacity and condition.
 */
public record CapacityAnalysis(
    List<CapacityRow> rows, List<CapacitySummary> summaries, List<CapacityComparison> comparisons) {

  public CapacityAnalysis {
    rows = List.copyOf(rows);
    summaries = List.copyOf(summaries);
    comparisons = List.copyOf(comparisons);
  }

  /** Analyses the trials that ran to their end; values have as many floats as there are classes. */
  public static CapacityAnalysis of(
      List<TrialResult> results, ExperimentConfig config, int classes) {
    List<CapacityRow> rows =
        results.stream()
            .map(result -> CapacityRow.of(result, config, classes))
            .sorted(
                Comparator.<CapacityRow>comparingInt(
                        row -> config.conditions().indexOf(row.condition()))
                    .thenComparingInt(CapacityRow::capacity)
                    .thenComparingLong(CapacityRow::seed))
            .toList();
    Map<Place, List<CapacityRow>> places = new LinkedHashMap<>();
    for (CapacityRow row : rows) {
      Place place = new Place(row.condition(), row.capacity());
      places.computeIfAbsent(place, key -> new ArrayList<>()).add(row);
    }
    return new CapacityAnalysis(
        rows,
        places.values().stream().map(CapacitySummary::of).toList(),
        comparisons(places, config));
  }

  private record Place(Condition condition, int capacity) {}

  private static List<CapacityComparison> comparisons(
      Map<Place, List<CapacityRow>> places, ExperimentConfig config) {
    StoredReference references = new StoredReference(config);
    List<CapacityComparison> comparisons = new ArrayList<>();
    places.forEach(
        (place, rows) -> {
          Optional<Condition> reference = references.of(place.condition());
          Optional<List<CapacityRow>> others =
              reference.map(stored -> places.get(new Place(stored, place.capacity())));
          if (others.isPresent() && !reference.get().equals(place.condition())) {
            Estimate difference =
                Estimate.ofDifferences(
                    rows, others.get(), CapacityRow::seed, CapacityRow::accuracy);
            if (difference.count() > 0) {
              comparisons.add(
                  new CapacityComparison(
                      place.condition(),
                      reference.get(),
                      place.capacity(),
                      difference,
                      CapacitySummary.of(rows).keptBytes()));
            }
          }
        });
    comparisons.sort(Comparator.comparingInt(CapacityComparison::capacity));
    return comparisons;
  }
}
