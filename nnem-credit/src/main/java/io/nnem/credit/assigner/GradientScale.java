package io.nnem.credit.assigner;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;

/**
 * The running root mean square of gradients, which brings them to unit order: a network learns
 * targets near one far better than targets near 1e-5. A new estimate counts only once committed.
 */
final class GradientScale implements Stateful {

  private static final double DECAY = 0.99;

  private double meanSquare;
  private double proposed;

  /** Takes in the mean square of today's gradients; returns the scale to use today. */
  double propose(double todaysMeanSquare) {
    proposed =
        meanSquare == 0 ? todaysMeanSquare : DECAY * meanSquare + (1 - DECAY) * todaysMeanSquare;
    return Math.sqrt(proposed);
  }

  void commit() {
    meanSquare = proposed;
  }

  void discard() {
    proposed = meanSquare;
  }

  @Override
  public void save(StateWriter out) {
    out.doubles("mean-square", meanSquare);
  }

  @Override
  public void load(StateReader in) {
    meanSquare = in.doubles("mean-square", 1)[0];
    proposed = meanSquare;
  }

  /** The committed scale; 0 before any gradient was seen. */
  double current() {
    return Math.sqrt(meanSquare);
  }
}
