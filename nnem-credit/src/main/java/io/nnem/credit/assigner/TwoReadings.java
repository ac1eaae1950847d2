package io.nnem.credit.assigner;

import io.nnem.core.Tensors;
import io.nnem.memory.Slots;
import java.util.Arrays;

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
final class TwoReadings<T> {

  private static final int PROBED = 64;
  private static final double DECAY = 0.98;

  private final Tensors<T> tensors;
  private final int size;
  private final boolean[] rewritten;
  private Slots justWritten;
  private Probe latest;
  private Probe proposed;
  private double errors;
  private double squares;

  /** Some memories of one reading: {@code g} and {@code m - g}. */
  private static final class Probe {
    private final int[] slots;
    private final float[] gradients;
    private final float[] residuals;

    Probe(int[] slots, int size) {
      this.slots = slots;
      this.gradients = new float[slots.length * size];
      this.residuals = new float[slots.length * size];
    }
  }

  TwoReadings(Tensors<T> tensors, int capacity, int size) {
    this.tensors = tensors;
    this.size = size;
    this.rewritten = new boolean[capacity];
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
    Probe probe = new Probe(Arrays.copyOf(slots.toArray(), rows), size);
    tensors.copyOut(tensors.rowRange(gradients, 0, rows), probe.gradients);
    tensors.copyOut(tensors.rowRange(predicted, 0, rows), probe.residuals);
    for (int i = 0; i < probe.residuals.length; i++) {
      probe.residuals[i] = (float) (unit * probe.residuals[i] - probe.gradients[i]);
    }
    proposed = probe;
  }

  void commit() {
    if (proposed == null) {
      return;
    }
    if (latest != null) {
      double error = 0;
      double square = 0;
      for (int row = 0; row < Math.min(latest.slots.length, proposed.slots.length); row++) {
        if (latest.slots[row] == proposed.slots[row] && !rewritten[latest.slots[row]]) {
          error += dot(latest.residuals, proposed.residuals, row);
          square += dot(latest.gradients, proposed.gradients, row);
        }
      }
      errors = DECAY * errors + (1 - DECAY) * error;
      squares = DECAY * squares + (1 - DECAY) * square;
    }
    latest = proposed;
    proposed = null;
    // What this step wrote came after its reading, and lies between it and the next one.
    Arrays.fill(rewritten, false);
    for (int i = 0; justWritten != null && i < justWritten.count(); i++) {
      rewritten[justWritten.get(i)] = true;
    }
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

  /** To be told before {@link #commit}: the next reading finds other memories in these slots. */
  void written(Slots slots) {
    justWritten = slots;
  }

  /** The committed estimate, relative to the square of what is predicted; 1 before there is one. */
  double error() {
    return squares > 0 ? Math.min(1, Math.max(0, errors / squares)) : 1;
  }
}
