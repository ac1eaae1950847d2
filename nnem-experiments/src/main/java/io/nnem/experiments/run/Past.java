package io.nnem.experiments.run;

import java.util.List;

/**
 * What an earlier run of the same trials left. Its trials are not run again.
 *
 * @param results of the trials that ran to their end
 * @param reconstructions how well decoders did in them, as far as it is known
 */
public record Past(List<TrialResult> results, List<Reconstruction> reconstructions) {
  /** Makes the lists unchangeable. */
  public Past {
    results = List.copyOf(results);
    reconstructions = List.copyOf(reconstructions);
  }

  /**
   * No earlier run.
   *
   * @return nothing
   */
  public static Past none() {
    return new Past(List.of(), List.of());
  }

  /**
   * Everything that was measured in the trials that ran to their end.
   *
   * @return in their order
   */
  public List<Measurement> measurements() {
    return results.stream().flatMap(result -> result.measurements().stream()).toList();
  }

  /**
   * Whether a trial ran to its end.
   *
   * @param trial which
   * @return true if it need not be run again
   */
  public boolean has(Trial trial) {
    return results.stream()
        .anyMatch(
            result ->
                result.condition().equals(trial.condition()) && result.seed() == trial.seed());
  }
}
