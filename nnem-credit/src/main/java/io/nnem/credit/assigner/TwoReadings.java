package io.nnem.credit.assigner;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.memory.Slots;

/**
 * Estimates how wrong predicted gradients are, by what they leave out of the mean that they are to
 * predict, and not by the noise of a single reading, which no prediction could know. Two readings
 * of one memory, with other queries each, have independent noise, so that with prediction {@code m}
 * and gradients {@code g}, {@code g'} of consecutive readings
 *
 * <pre>{@code
 * E (m - g) . (m' - g') = |m - E g|^2          E g . g' = |E g|^2
 * error = mean (m - g) . (m' - g') / mean g . g'       running means, cut to 0 .. 1
 * }</pre>
 *
 * <p>as far as memory and embedder stay as they are between the two. The first few memories of a
 * reading are looked at; a mean counts only once committed.
 */
final class TwoReadings<T> implements Stateful {

  private static final int PROBED = 64;
  private static final double DECAY = 0.98;

  private final Tensors<T> tensors;
  private final int size;
  private Probe latest;
  private Probe proposed;
  private double proposedError;
  private double proposedSquare;
  private double errors;
  private double squares;

  /** Some memories of one reading: {@code g} and {@code m - g}, and which were rewritten since. */
  private static final class Probe {
    private final int[] slots;
    private final float[] gradients;
    private final float[] residuals;
    private final boolean[] rewritten;

    Probe(int[] slots, int size) {
      this.slots = slots;
      this.gradients = new float[slots.length * size];
      this.residuals = new float[slots.length * size];
      this.rewritten = new boolean[slots.length];
    }

    void rewritten(Slots others) {
      for (int i = 0; i < others.count(); i++) {
        for (int row = 0; row < slots.length; row++) {
          rewritten[row] |= slots[row] == others.get(i);
        }
      }
    }
  }

  TwoReadings(Tensors<T> tensors, int size) {
    this.tensors = tensors;
    this.size = size;
  }

  /**
   * Looks at a reading.
   *
   * @param gradients {@code n x d}
   * @param predicted {@code n x d}
   * @param unit what a predicted 1 stands for
   */
  void propose(Slots slots, T gradients, T predicted, double unit) {
    int rows = Math.min(PROBED, slots.count());
    Probe probe = new Probe(slots.part(0, rows).toArray(), size);
    tensors.copyOut(tensors.rowRange(gradients, 0, rows), probe.gradients);
    tensors.copyOut(tensors.rowRange(predicted, 0, rows), probe.residuals);
    for (int i = 0; i < probe.residuals.length; i++) {
      probe.residuals[i] = (float) (unit * probe.residuals[i] - probe.gradients[i]);
    }
    proposed = probe;
    proposedError = 0;
    proposedSquare = 0;
    if (latest != null) {
      for (int row = 0; row < Math.min(latest.slots.length, rows); row++) {
        if (latest.slots[row] == probe.slots[row] && !latest.rewritten[row]) {
          proposedError += dot(latest.residuals, probe.residuals, row);
          proposedSquare += dot(latest.gradients, probe.gradients, row);
        }
      }
    }
  }

  void commit() {
    if (proposed == null) {
      return;
    }
    if (latest != null) {
      errors = DECAY * errors + (1 - DECAY) * proposedError;
      squares = DECAY * squares + (1 - DECAY) * proposedSquare;
    }
    latest = proposed;
    proposed = null;
  }

  private double dot(float[] a, float[] b, int row) {
    double sum = 0;
    for (int i = row * size; i < (row + 1) * size; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  void discard() {
    proposed = null;
  }

  /** The next reading finds other memories in these slots, or none. */
  void rewritten(Slots slots) {
    if (latest != null) {
      latest.rewritten(slots);
    }
    if (proposed != null) {
      proposed.rewritten(slots);
    }
  }

  @Override
  public void save(StateWriter out) {
    out.doubles("means", errors, squares);
    out.ints("slots", latest == null ? new int[0] : latest.slots);
    if (latest != null) {
      out.floats("gradients", latest.gradients);
      out.floats("residuals", latest.residuals);
      out.flags("rewritten", latest.rewritten);
    }
  }

  @Override
  public void load(StateReader in) {
    double[] means = in.doubles("means", 2);
    errors = means[0];
    squares = means[1];
    proposed = null;
    latest = null;
    int rows = (int) Math.min(in.length("slots"), PROBED);
    int[] slots = in.ints("slots", rows);
    if (rows > 0) {
      Probe probe = new Probe(slots, size);
      System.arraycopy(in.floats("gradients", rows * size), 0, probe.gradients, 0, rows * size);
      System.arraycopy(in.floats("residuals", rows * size), 0, probe.residuals, 0, rows * size);
      System.arraycopy(in.flags("rewritten", rows), 0, probe.rewritten, 0, rows);
      latest = probe;
    }
  }

  /** The committed estimate, relative to the square of what is predicted; 1 before there is one. */
  double error() {
    return squares > 0 ? Math.min(1, Math.max(0, errors / squares)) : 1;
  }
}
