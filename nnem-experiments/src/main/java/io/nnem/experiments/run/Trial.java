package io.nnem.experiments.run;

import io.nnem.experiments.config.Condition;

/** One training: a condition and a seed. */
public record Trial(Condition condition, long seed) {
  @Override
  public String toString() {
    return condition.name() + ", seed " + seed;
  }
}
