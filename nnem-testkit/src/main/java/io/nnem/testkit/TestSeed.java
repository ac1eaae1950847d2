package io.nnem.testkit;

import io.nnem.core.Seeds;
import java.util.SplittableRandom;

/** The one seed of a test run: printed once, and set with {@code -Dnnem.seed=NUMBER}. */
public final class TestSeed {

  private static final long SEED = announced();

  private TestSeed() {}

  @SuppressWarnings("SystemOut") // the report of a test run is where it belongs
  private static long announced() {
    long seed = Long.getLong("nnem.seed", 20170115);
    System.out.println("nnem test kit: seed " + seed + "; another with -Dnnem.seed=NUMBER");
    return seed;
  }

  /**
   * The seed of this run.
   *
   * @return the number that was printed
   */
  public static long get() {
    return SEED;
  }

  /**
   * A random generator for one purpose.
   *
   * @param purpose what is drawn; the same name draws the same numbers
   * @return a generator that depends on the seed and the purpose alone
   */
  public static SplittableRandom random(String purpose) {
    return Seeds.random(SEED, purpose);
  }
}
