package io.nnem.credit;

import io.nnem.core.Tensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import java.util.Arrays;

/** How much one reading took of each memory. */
final class ReadWeights {

  private final Slots slots;
  private final float[] weights;

  /** Copies the weights, which are {@code n x 1}. */
  <T> ReadWeights(Tensors<T> tensors, Slots slots, T weights) {
    this.slots = slots;
    this.weights = new float[slots.count()];
    tensors.copyOut(weights, this.weights);
  }

  /**
   * Tells those whom it concerns. Memories that were read and then given up for others, which are
   * in {@code taken} now, are none of anybody's business any more.
   */
  <T> void tell(Slots taken, MemoryStore<T> memory, Freshener<T> freshener) {
    int[] left = slots.placesOutside(taken);
    if (left.length == 0) {
      return;
    }
    Slots those = Slots.of(Arrays.stream(left).map(slots::get).toArray());
    double[] theirs = Arrays.stream(left).mapToDouble(i -> weights[i]).toArray();
    memory.read(those, theirs.clone());
    if (freshener != null) {
      freshener.read(those, theirs);
    }
  }
}
