package io.nnem.core;

/** The size of an optimiser's steps, from its first step on. */
public sealed interface LearningRate {

  /**
   * The rate of a step.
   *
   * @param step which, from 1 on
   * @return above 0; or 0 at the end of a {@link Cosine} that ends there
   */
  double at(long step);

  /**
   * The same rate always.
   *
   * @param rate above 0
   */
  record Constant(double rate) implements LearningRate {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Constant {
      requireRate(rate);
    }

    @Override
    public double at(long step) {
      return rate;
    }
  }

  /**
   * A rate that grows in equal parts, {@code rate * step / steps}, and then stays.
   *
   * @param rate from step {@code steps} on, above 0
   * @param steps how long it grows, at least 1
   */
  record WarmUp(double rate, long steps) implements LearningRate {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public WarmUp {
      requireRate(rate);
      if (steps < 1) {
        throw new IllegalArgumentException(
            "The learning rate must warm up for 1 step or more, but it is " + steps + ".");
      }
    }

    @Override
    public double at(long step) {
      return step < steps ? rate * step / steps : rate;
    }
  }

  /**
   * A rate that grows as by {@link WarmUp} for {@code warmUp} steps, falls along half a cosine
   * until step {@code steps} (Loshchilov and Hutter 2016, arXiv 1608.03983, without restarts), and
   * then stays at {@code least}:
   *
   * <pre>{@code
   * least + (rate - least) (1 + cos(pi (step - warmUp) / (steps - warmUp))) / 2
   * }</pre>
   *
   * @param rate at the top, above 0
   * @param least at the end, from 0 to {@code rate}
   * @param warmUp steps of growth, 0 for none
   * @param steps the step at which it reaches {@code least}, more than {@code warmUp}
   */
  record Cosine(double rate, double least, long warmUp, long steps) implements LearningRate {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is outside its bounds
     */
    public Cosine {
      requireRate(rate);
      if (!(least >= 0 && least <= rate)) {
        throw new IllegalArgumentException(
            "The least learning rate must be from 0 to " + rate + ", but it is " + least + ".");
      }
      if (warmUp < 0 || steps <= warmUp) {
        throw new IllegalArgumentException(
            "The learning rate must fall for 1 step or more after its warm-up, but it warms up for "
                + warmUp
                + " steps and ends at step "
                + steps
                + ".");
      }
    }

    @Override
    public double at(long step) {
      if (step < warmUp) {
        return rate * step / warmUp;
      }
      if (step >= steps) {
        return least;
      }
      double part = (double) (step - warmUp) / (steps - warmUp);
      return least + (rate - least) * (1 + StrictMath.cos(Math.PI * part)) / 2;
    }
  }

  private static void requireRate(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "The learning rate must be a finite number above 0, but it is " + rate + ".");
    }
  }
}
