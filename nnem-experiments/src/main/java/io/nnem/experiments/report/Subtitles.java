package io.nnem.experiments.report;

/** Phrases that subtitles have in common. */
final class Subtitles {
  private Subtitles() {}

  /** What data is called in a title. */
  static String data(String name) {
    return name.equals("mnist") ? "MNIST" : name;
  }

  /** What lines and bands are, in a hint above a figure. */
  static final String BAND = "the mean over seeds, with its 95% band (of two seeds, their range)";

  /** What lines and bands are of. */
  static String seeds(int count) {
    return switch (count) {
      case 1 -> "one seed";
      case 2 -> "mean and range of 2 seeds";
      default -> "mean and 95% band of " + count + " seeds";
    };
  }
}
