package io.nnem.core;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * One seed for a run, and from it one for each part by name, so that what one part draws never
 * depends on another.
 */
public final class Seeds {

  private Seeds() {}

  /**
   * The seed of a part.
   *
   * @param seed the run's
   * @param part the part's name
   * @return a seed that depends on both and nothing else
   */
  public static long derive(long seed, String part) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, stable across JVMs
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return new SplittableRandom(seed ^ hash).nextLong();
  }

  /**
   * A random generator for a part.
   *
   * @param seed the run's
   * @param part the part's name
   * @return a generator that depends on both and nothing else
   */
  public static SplittableRandom random(long seed, String part) {
    return new SplittableRandom(derive(seed, part));
  }
}
