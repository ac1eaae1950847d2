package io.nnem.credit;

import io.nnem.core.LearningRate;
import io.nnem.core.LearningRate.Constant;
import io.nnem.core.LearningRate.Cosine;
import io.nnem.core.LearningRate.WarmUp;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.OptimiserSettings.AdamRule;
import io.nnem.core.OptimiserSettings.Rule;
import io.nnem.core.OptimiserSettings.SgdRule;

/**
 * An optimiser's settings as the description of a saved network has them: {@code adam <weight
 * decay>} or {@code sgd <momentum>}, then {@code constant <rate>}, {@code warm-up <rate> <steps>}
 * or {@code cosine <rate> <least> <warm-up> <steps>}, then {@code clip <norm>}.
 */
final class OptimiserText {

  private OptimiserText() {}

  static String of(OptimiserSettings settings) {
    return text(settings.rule())
        + " "
        + text(settings.learningRate())
        + " clip "
        + settings.clipNorm();
  }

  private static String text(Rule rule) {
    return rule instanceof SgdRule sgd
        ? "sgd " + sgd.momentum()
        : "adam " + ((AdamRule) rule).weightDecay();
  }

  private static String text(LearningRate rate) {
    if (rate instanceof WarmUp warmUp) {
      return "warm-up " + warmUp.rate() + " " + warmUp.steps();
    }
    if (rate instanceof Cosine cosine) {
      return String.join(
          " ",
          "cosine",
          Double.toString(cosine.rate()),
          Double.toString(cosine.least()),
          Long.toString(cosine.warmUp()),
          Long.toString(cosine.steps()));
    }
    return "constant " + ((Constant) rate).rate();
  }

  /**
   * Reads what {@link #of} has written.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static OptimiserSettings parse(String text) {
    Words words = new Words(text);
    Rule rule = rule(words);
    LearningRate rate = rate(words);
    words.require("clip");
    OptimiserSettings settings = new OptimiserSettings(rule, rate, words.number());
    words.requireEnd();
    return settings;
  }

  private static Rule rule(Words words) {
    return switch (words.next()) {
      case "adam" -> new AdamRule(words.number());
      case "sgd" -> new SgdRule(words.number());
      default -> throw words.wrong();
    };
  }

  private static LearningRate rate(Words words) {
    return switch (words.next()) {
      case "constant" -> new Constant(words.number());
      case "warm-up" -> new WarmUp(words.number(), words.count());
      case "cosine" -> new Cosine(words.number(), words.number(), words.count(), words.count());
      default -> throw words.wrong();
    };
  }

  /** Words of a text, one after the other. */
  private static final class Words {
    private final String text;
    private final String[] words;
    private int read;

    Words(String text) {
      this.text = text;
      this.words = text.split(" ", -1);
    }

    String next() {
      if (read == words.length) {
        throw wrong();
      }
      return words[read++];
    }

    double number() {
      return Double.parseDouble(next());
    }

    long count() {
      return Long.parseLong(next());
    }

    void require(String word) {
      if (!next().equals(word)) {
        throw wrong();
      }
    }

    void requireEnd() {
      if (read < words.length) {
        throw wrong();
      }
    }

    IllegalArgumentException wrong() {
      return new IllegalArgumentException(text);
    }
  }
}
