package io.nnem.bench.report;

import io.nnem.bench.nnem.NnemSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What was measured so far. */
public final class Results {

  /**
   * A time.
   *
   * @param work what was done
   * @param shape how large
   * @param threads with how many
   * @param system by whom
   * @param medianMillis median time of one round
   * @param operations useful floating-point operations of a round; 0 where there are none
   * @param bytes that a round must move; 0 where that is not what limits it
   */
  public record Row(
      String work,
      String shape,
      int threads,
      String system,
      double medianMillis,
      double operations,
      double bytes) {}

  /**
   * A system that did not do a work, or computed something else.
   *
   * @param work what was to be done
   * @param shape how large
   * @param threads with how many
   * @param system by whom
   * @param reason with the deviation, or what was thrown
   */
  public record Failure(String work, String shape, int threads, String system, String reason) {}

  /**
   * What the machine can do.
   *
   * @param kind {@code sgemm} in GFLOP/s, or {@code copy} in GB/s
   * @param shape of what was done
   * @param threads with how many
   * @param medianMillis median time of one
   * @param giga giga operations, or bytes, a second
   */
  public record Limit(String kind, String shape, int threads, double medianMillis, double giga) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private final Map<Integer, Map<String, String>> systems = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /** Nothing measured yet. */
  public Results() {}

  /**
   * Adds a time.
   *
   * @param row the time
   */
  public void measured(Row row) {
    rows.add(row);
  }

  /**
   * Adds a failure.
   *
   * @param failure the failure
   */
  public void failed(Failure failure) {
    failures.add(failure);
  }

  /**
   * Adds a limit, or replaces one of the same kind, shape and threads that was measured lower: the
   * limit is what the machine can do when nobody disturbs it.
   *
   * @param limit the limit
   */
  public void limit(Limit limit) {
    for (int i = 0; i < limits.size(); i++) {
      Limit known = limits.get(i);
      if (known.kind().equals(limit.kind())
          && known.shape().equals(limit.shape())
          && known.threads() == limit.threads()) {
        limits.set(i, known.giga() >= limit.giga() ? known : limit);
        return;
      }
    }
    limits.add(limit);
  }

  /**
   * Adds what a system says of itself.
   *
   * @param threads with how many
   * @param name its name
   * @param description its words
   */
  public void system(int threads, String name, String description) {
    systems.computeIfAbsent(threads, key -> new LinkedHashMap<>()).put(name, description);
  }

  /**
   * Adds something that the user should know. The same words again are not added.
   *
   * @param note a sentence
   */
  public void note(String note) {
    notes.add(note);
  }

  /**
   * The times, in the order in which they came.
   *
   * @return a copy
   */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /**
   * The failures, in the order in which they came.
   *
   * @return a copy
   */
  public List<Failure> failures() {
    return List.copyOf(failures);
  }

  /**
   * The limits, in the order in which they came.
   *
   * @return a copy
   */
  public List<Limit> limits() {
    return List.copyOf(limits);
  }

  /**
   * What the systems say of themselves, by number of threads and name.
   *
   * @return as it was told
   */
  public Map<Integer, Map<String, String>> systems() {
    return systems;
  }

  /**
   * The notes.
   *
   * @return a copy
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * nnem's own time for the same.
   *
   * @param row any time
   * @return nnem's row of that work, shape and number of threads
   */
  public Optional<Row> ours(Row row) {
    return rows.stream()
        .filter(
            other ->
                other.system().equals(NnemSystem.NAME)
                    && other.work().equals(row.work())
                    && other.shape().equals(row.shape())
                    && other.threads() == row.threads())
        .findFirst();
  }

  /**
   * A system's time over nnem's.
   *
   * @param row the system's
   * @return above 1 if nnem is faster; empty if nnem did not do it
   */
  public OptionalDouble ratio(Row row) {
    return ours(row)
        .map(ours -> OptionalDouble.of(row.medianMillis() / ours.medianMillis()))
        .orElse(OptionalDouble.empty());
  }

  /**
   * The best of what the machine can do.
   *
   * @param kind {@code sgemm} or {@code copy}
   * @param threads with how many
   * @return giga a second; empty if it was not measured
   */
  public OptionalDouble best(String kind, int threads) {
    return limits.stream()
        .filter(limit -> limit.kind().equals(kind) && limit.threads() == threads)
        .mapToDouble(Limit::giga)
        .max();
  }

  /**
   * How close to the machine's limit a time is: operations against the best product, or bytes
   * against the copy where a work does none.
   *
   * @param row the time
   * @return from 0 to about 1; empty if neither is known
   */
  public OptionalDouble share(Row row) {
    double amount = row.operations() > 0 ? row.operations() : row.bytes();
    OptionalDouble best = best(row.operations() > 0 ? "sgemm" : "copy", row.threads());
    return best.isEmpty() || amount == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(amount / row.medianMillis() / 1e6 / best.getAsDouble());
  }
}
