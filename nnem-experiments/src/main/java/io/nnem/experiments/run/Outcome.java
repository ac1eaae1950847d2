package io.nnem.experiments.run;

import io.nnem.experiments.plugins.PluginFailedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known when the trials have ended, all of them or not.
 *
 * @param results of the trials that ran to their end, by condition and seed
 * @param measurements of all trials, also of those that did not end; by condition, seed and step
 * @param failures what failed, by condition and seed
 */
public record Outcome(
    int planned,
    List<TrialResult> results,
    List<Measurement> measurements,
    List<Failure> failures,
    boolean interrupted) {

  public Outcome {
    results = List.copyOf(results);
    measurements = List.copyOf(measurements);
    failures = List.copyOf(failures);
  }

  /** A trial that threw, or a condition that went along with one. */
  public record Failure(Trial trial, Throwable cause) {}

  /** A sentence for each condition that failed, with the cause of its first seed. */
  public List<String> failureWords() {
    return failures.stream()
        .collect(
            Collectors.groupingBy(
                failure -> failure.trial().condition(), LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(Outcome::words)
        .toList();
  }

  private static String words(List<Failure> failures) {
    Failure first = failures.get(0);
    String seeds =
        failures.stream()
            .map(failure -> Long.toString(failure.trial().seed()))
            .distinct()
            .collect(Collectors.joining(", "));
    return first.trial().condition()
        + (seeds.contains(",") ? ", seeds " : ", seed ")
        + seeds
        + " failed: "
        + oneLine(first.cause());
  }

  /**
   * The message of what was thrown on one line, after its type where it was not meant for people.
   */
  public static String oneLine(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null) {
      return thrown.getClass().getName();
    }
    String text = message.lines().map(String::strip).collect(Collectors.joining(" "));
    boolean plain =
        thrown instanceof PluginFailedException
            || thrown instanceof IllegalArgumentException
            || thrown instanceof IllegalStateException;
    return plain ? text : thrown.getClass().getSimpleName() + ": " + text;
  }

  /** What the trials that ran to their end found beside, by condition and seed. */
  public <F extends Found> List<F> found(Class<F> type) {
    return results.stream()
        .map(TrialResult::found)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Whether all went well: no failure, and no interrupt before all trials were done. */
  public boolean complete() {
    return results.size() == planned && failures.isEmpty();
  }

  /**
   * What a reader must know of a run that did not end, with a sentence on what of it is shown;
   * empty if all went well.
   */
  public String notice(String what, String shown) {
    return complete()
        ? ""
        : "This "
            + what
            + " is not complete ("
            + status()
            + "): "
            + results.size()
            + " of "
            + planned
            + " trials ran to their end"
            + shown
            + " "
            + String.join(" ", failureWords());
  }

  /**
   * {@code complete}, {@code failed}, {@code interrupted}, or {@code running} of one that goes on.
   */
  public String status() {
    if (complete()) {
      return "complete";
    }
    if (!failures.isEmpty()) {
      return "failed";
    }
    return interrupted ? "interrupted" : "running";
  }
}
