package io.nnem.autoencoder.variational;

import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import java.util.SplittableRandom;

/**
 * Standard normal numbers that depend on the seed and on the number of updates alone. Whatever is
 * drawn between two updates is the same each time: the loss is a function whose gradient can be
 * checked, and a step that is forgotten leaves no trace.
 */
final class Noise implements Stateful {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long seed;

  Noise(long seed) {
    this.seed = Seeds.derive(seed, "decoder-noise");
  }

  /** Fills an array with the numbers of an update (Box and Muller, the same on every JVM). */
  void fill(long update, double[] out) {
    SplittableRandom random = new SplittableRandom(seed + update * GOLDEN);
    for (int i = 0; i < out.length; i += 2) {
      double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      double angle = 2 * Math.PI * random.nextDouble();
      out[i] = radius * StrictMath.cos(angle);
      if (i + 1 < out.length) {
        out[i + 1] = radius * StrictMath.sin(angle);
      }
    }
  }

  @Override
  public void save(StateWriter out) {
    out.longs("seed", seed);
  }

  @Override
  public void load(StateReader in) {
    seed = in.longs("seed", 1)[0];
  }
}
