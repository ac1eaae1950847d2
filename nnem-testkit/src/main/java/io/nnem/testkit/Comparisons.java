package io.nnem.testkit;

import java.util.List;
import java.util.Locale;

/** Comparisons that name the first difference, instead of showing two long lists. */
final class Comparisons {

  private Comparisons() {}

  /** Element by element, within a tolerance. */
  static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
    if (actual.length != expected.length) {
      throw new AssertionError(
          what + " has " + actual.length + " elements, but must have " + expected.length + ".");
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "%s: element %d of %d is %s, but must be %s, within %.1e; with seed %d",
                what,
                i,
                expected.length,
                actual[i],
                expected[i],
                tolerance,
                TestSeed.get()));
      }
    }
  }

  /** Bit by bit, with what {@link LearnerRig#state} says. */
  static void assertSameState(String what, List<Object> actual, List<Object> expected) {
    for (int i = 0; i < Math.max(actual.size(), expected.size()); i++) {
      Object mine = i < actual.size() ? actual.get(i) : "nothing";
      Object wanted = i < expected.size() ? expected.get(i) : "nothing";
      if (!mine.equals(wanted)) {
        throw new AssertionError(
            what + ": " + difference(mine, wanted) + "; with seed " + TestSeed.get());
      }
    }
  }

  private static String difference(Object actual, Object expected) {
    if (actual instanceof List<?> mine
        && expected instanceof List<?> wanted
        && mine.size() == wanted.size()) {
      for (int i = 1; i < mine.size(); i++) {
        if (!mine.get(i).equals(wanted.get(i))) {
          return String.format(
              Locale.ROOT,
              "element %d of the %s is %s, but must be %s",
              i - 1,
              mine.get(0),
              mine.get(i),
              wanted.get(i));
        }
      }
    }
    return "there is '" + actual + "', but must be '" + expected + "'";
  }
}
