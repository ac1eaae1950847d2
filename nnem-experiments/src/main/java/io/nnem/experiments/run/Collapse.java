package io.nnem.experiments.run;

import java.util.Locale;
import java.util.Optional;

/**
 * Notices when a model that had learned falls back to guessing: after an accuracy of at least 3
 * times chance (or half way from chance to one, where that is less), one that is within a quarter
 * of the way from chance to there.
 */
final class Collapse {
  private final double chance;
  private double best;

  Collapse(int classes) {
    this.chance = 1.0 / classes;
  }

  /** Takes in an accuracy; returns what is wrong with it, if anything. */
  Optional<String> check(double accuracy) {
    if (!Double.isFinite(accuracy)) {
      return Optional.of("an answer of the memory is not finite");
    }
    double learned = Math.min(3 * chance, (1 + chance) / 2);
    if (best >= learned && accuracy <= chance + (learned - chance) / 4) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the accuracy fell to %.3f, where guessing gives %.3f, after %.3f",
              accuracy,
              chance,
              best));
    }
    best = Math.max(best, accuracy);
    return Optional.empty();
  }
}
