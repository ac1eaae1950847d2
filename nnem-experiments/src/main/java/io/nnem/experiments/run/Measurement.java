package io.nnem.experiments.run;

/**
 * One evaluation of a model.
 *
 * @param step training steps done so far; warm-up steps do not count
 * @param split {@link #VALIDATION} or {@link #TEST}
 * @param accuracy share of right answers, 0 to 1; NaN if the model gave no finite answer
 * @param loss mean loss, in nats
 */
public record Measurement(
    String condition, long seed, int step, String split, double accuracy, double loss) {
  /** The split that settings are chosen by. */
  public static final String VALIDATION = "validation";

  /** The split that is only reported on. */
  public static final String TEST = "test";
}
