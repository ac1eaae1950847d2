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
    int[] sorted = taken.toArray();
    Arrays.sort(sorted);
    int[] left = new int[slots.count()];
    double[] theirs = new double[slots.count()];
    int count = 0;
    for (int i = 0; i < slots.count(); i++) {
      if (Arrays.binarySearch(sorted, slots.get(i)) < 0) {
        left[count] = slots.get(i);
        theirs[count++] = weights[i];
      }
    }
    if (count == 0) {
      return;
    }
    Slots those = Slots.of(Arrays.copyOf(left, count));
    memory.read(those, Arrays.copyOf(theirs, count));
    if (freshener != null) {
      freshener.read(those, Arrays.copyOf(theirs, count));
    }
  }
}
