package io.nnem.experiments.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean": the name that is fewest typing mistakes away. */
public final class Suggestions {
  private Suggestions() {}

  /** The closest name, if it is close enough to be meant. */
  public static Optional<String> closest(String typed, Collection<String> names) {
    String plain = simplify(typed);
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(plain, simplify(name))))
        .filter(name -> distance(plain, simplify(name)) <= Math.max(2, typed.length() / 4));
  }

  /** learning_rate, learningRate and learning-rate are one. */
  private static String simplify(String name) {
    return name.replaceAll("[-_ ]", "").toLowerCase(java.util.Locale.ROOT);
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
