package io.nnem.experiments.report;

/** Phrases that subtitles have in common. */
final class Subtitles {
  private Subtitles() {}

  /** What data is called in a title. */
  static String data(String name) {
    return name.equals("mnist") ? "MNIST" : name;
  }

  /** What lines and bands are of. */
  static String seeds(int count) {
    return count == 1 ? "one seed" : "mean and 95% band of " + count + " seeds";
  }
}
