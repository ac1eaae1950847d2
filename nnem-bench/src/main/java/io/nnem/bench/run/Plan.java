package io.nnem.bench.run;

import io.nnem.bench.work.Condition;
import io.nnem.bench.work.QueryWork;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepWork;
import io.nnem.bench.work.Work;
import io.nnem.bench.work.WriteWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is measured, and how long it may take.
 *
 * @param works in this order
 * @param time for all works with one number of threads
 * @param quick whether few repetitions must do
 */
public record Plan(List<Work> works, Duration time, boolean quick) {

  /** What is also done at the largest shape if it must be quick. */
  private static final Set<Condition> BRIEFLY = EnumSet.of(Condition.NONE, Condition.EXACT_STORED);

  private static final Duration QUICK = Duration.ofSeconds(82);
  private static final Duration WHOLE = Duration.ofMinutes(9);

  /** Copies the list. */
  public Plan {
    works = List.copyOf(works);
  }

  /**
   * The works that a user asked for. The time is shared out among them, so that fewer works take
   * less time, not as long with more repetitions.
   *
   * @param quick whether to leave out the largest, and to measure briefly
   * @param filter is looked for in {@code name shape}
   * @param threadCounts how many numbers of threads share the time
   * @return the plan, without works if none matches
   */
  public static Plan of(boolean quick, Pattern filter, int threadCounts) {
    List<Work> all = works(quick);
    List<Work> chosen =
        all.stream().filter(w -> filter.matcher(w.name() + " " + w.shape()).find()).toList();
    Duration time = quick ? QUICK.dividedBy(threadCounts) : WHOLE;
    return new Plan(chosen, time.multipliedBy(chosen.size()).dividedBy(all.size()), quick);
  }

  private static List<Work> works(boolean quick) {
    List<Work> works = new ArrayList<>();
    for (Shape shape : List.of(Shape.SMALL, Shape.MIDDLE)) {
      for (Condition condition : Condition.values()) {
        works.add(new StepWork(condition, shape));
      }
    }
    for (int capacity = 1000; capacity <= (quick ? 100_000 : 1_000_000); capacity *= 10) {
      works.add(new ReadWork(capacity, 1, 64));
      works.add(new ReadWork(capacity, 32, 64));
    }
    for (int queries : new int[] {1, 4}) {
      works.add(new QueryWork(new Shape(8000, queries, 784, 256, 64)));
    }
    for (Shape shape : List.of(Shape.SMALL, Shape.MIDDLE, Shape.LARGE)) {
      works.add(new WriteWork(shape.capacity(), shape.batch(), shape.embeddingSize(), false));
    }
    for (Shape shape : List.of(Shape.SMALL, Shape.MIDDLE, Shape.LARGE)) {
      works.add(new WriteWork(shape.capacity(), shape.batch(), shape.embeddingSize(), true));
    }
    for (Condition condition : Condition.values()) { // last: these take longest
      if (!quick || BRIEFLY.contains(condition)) {
        works.add(new StepWork(condition, Shape.LARGE));
      }
    }
    return works;
  }
}
