package io.nnem.bench.run;

import io.nnem.bench.nnem.NnemStep;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.StepWork;
import io.nnem.nd4j.Nd4jTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** How a step's time and a memory's bytes grow with capacity, batch and embedding size. */
public final class Growth {

  /** What does not grow in a row of the table. */
  public enum Of {
    /** Capacity. */
    CAPACITY,
    /** Batch. */
    BATCH,
    /** Embedding size. */
    EMBEDDING
  }

  /**
   * One measurement.
   *
   * @param of what was varied
   * @param condition whose step
   * @param sizes of the step
   * @param millis median time of a step
   * @param bytes of the memory: keys, values and what the assigner retains
   */
  public record Row(Of of, Condition condition, Shape sizes, double millis, long bytes) {
    /** The size that was varied. */
    double size() {
      return switch (of) {
        case CAPACITY -> sizes.capacity();
        case BATCH -> sizes.batch();
        case EMBEDDING -> sizes.embeddingSize();
      };
    }

    /**
     * As a line of {@code growth.csv}.
     *
     * @return {@code varied,condition,n,b,d,step_ms,bytes}
     */
    public String csv() {
      return String.format(
          Locale.ROOT,
          "%s,%s,%d,%d,%d,%.4g,%d",
          of.name().toLowerCase(Locale.ROOT),
          condition.label(),
          sizes.capacity(),
          sizes.batch(),
          sizes.embeddingSize(),
          millis,
          bytes);
    }
  }

  private static final int[] CAPACITIES = {1_000, 10_000, 100_000, 1_000_000};
  private static final int[] BATCHES = {1, 8, 32, 128};
  private static final int[] EMBEDDINGS = {16, 64, 256};
  private static final long ENOUGH = 3_000_000_000L; // nanoseconds
  private static final int FEWEST = 3;
  private static final int MOST = 300;

  private Growth() {}

  private static Shape shape(int n, int b, int d) {
    return new Shape(n, b, 784, 256, d);
  }

  /** Measures everything with one thread; tells each row as it comes. */
  static void measure(int mostMemories, Consumer<Row> rows) {
    try (Nd4jTensors tensors = new Nd4jTensors(1)) {
      for (Condition condition : Condition.values()) {
        for (int n : CAPACITIES) {
          if (n <= mostMemories) {
            rows.accept(measure(tensors, Of.CAPACITY, condition, shape(n, 32, 64)));
          }
        }
        for (int b : BATCHES) {
          rows.accept(measure(tensors, Of.BATCH, condition, shape(10_000, b, 64)));
        }
        for (int d : EMBEDDINGS) {
          rows.accept(measure(tensors, Of.EMBEDDING, condition, shape(10_000, 32, d)));
        }
      }
    }
  }

  private static Row measure(Nd4jTensors tensors, Of of, Condition condition, Shape sizes) {
    StepProblem problem = new StepProblem(new StepWork(condition, sizes));
    try (NnemStep<?> step = new NnemStep<>(tensors, problem)) {
      step.run(2);
      long end = System.nanoTime() + ENOUGH;
      List<Double> millis = new ArrayList<>();
      while (millis.size() < FEWEST || (millis.size() < MOST && System.nanoTime() < end)) {
        millis.add(step.run(1) / 1e6);
      }
      return new Row(of, condition, sizes, Medians.of(millis), step.memoryBytes());
    } finally {
      System.gc(); // what is off the heap goes with what is on it
    }
  }

  /**
   * The exponent {@code p} of {@code number ~ size^p}: the slope of logarithms by least squares.
   *
   * @param rows at least two, of different sizes
   * @param number what grows
   * @return the exponent
   */
  static double exponent(List<Row> rows, ToDoubleFunction<Row> number) {
    double x = rows.stream().mapToDouble(row -> Math.log(row.size())).average().orElseThrow();
    double y =
        rows.stream()
            .mapToDouble(row -> Math.log(number.applyAsDouble(row)))
            .average()
            .orElseThrow();
    double xy = 0;
    double xx = 0;
    for (Row row : rows) {
      double dx = Math.log(row.size()) - x;
      xy += dx * (Math.log(number.applyAsDouble(row)) - y);
      xx += dx * dx;
    }
    return xy / xx;
  }

  /**
   * The rows as a table for each size that was varied, with the exponents.
   *
   * @param rows all
   * @return Markdown
   */
  public static String table(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Of of : Of.values()) {
      List<Row> those = rows.stream().filter(row -> row.of() == of).toList();
      if (those.isEmpty()) {
        continue;
      }
      List<Double> sizes = those.stream().map(Row::size).distinct().sorted().toList();
      text.append("| condition, by ").append(of.name().toLowerCase(Locale.ROOT));
      sizes.forEach(size -> text.append(String.format(Locale.ROOT, " | %,.0f", size)));
      text.append(" | time ~ size^p | bytes ~ size^p |\n| ---");
      text.append(" | ---".repeat(sizes.size() + 2)).append(" |\n");
      for (Condition condition : Condition.values()) {
        List<Row> own = those.stream().filter(row -> row.condition() == condition).toList();
        if (own.isEmpty()) {
          continue;
        }
        text.append("| `").append(condition.label()).append('`');
        for (double size : sizes) {
          text.append(" | ");
          own.stream()
              .filter(row -> row.size() == size)
              .findFirst()
              .ifPresent(row -> text.append(cell(row)));
        }
        if (own.size() > 1) {
          text.append(
              String.format(
                  Locale.ROOT,
                  " | %.2f | %.2f |%n",
                  exponent(own, Row::millis),
                  exponent(own, Row::bytes)));
        } else {
          text.append(" | | |\n");
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String cell(Row row) {
    return number(row.millis()) + " ms, " + number(row.bytes() / 1e6) + " MB";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 999.5 ? "%.3g" : "%,.0f", value);
  }
}
