package io.nnem.memory.retention;

import io.nnem.core.Seeds;
import io.nnem.memory.Retention;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Keeps a uniform sample of all memories there ever were (Vitter 1985, algorithm R), beside the
 * newest.
 *
 * <p>A memory must be written before it can be left out, so the newest {@code b} are on trial: they
 * are read as all others are. The next write decides on them, one after the other: with {@code m}
 * memories in the sample, the {@code t}-th memory ever joins it with probability {@code m / t} and
 * drives out one of the sample, drawn evenly; else it is given up itself. If every write is of the
 * same {@code b} memories, the sample is a uniform one of {@code capacity - b} among all memories
 * but the newest. Memories that a smaller write does not ask to go join the sample.
 */
public final class Reservoir implements Retention {

  private final int capacity;
  private final long seed;
  private int[] sample = new int[0];
  private int[] onTrial = new int[0];
  private int size;
  private long seen;
  private long writes;

  /**
   * Creates the policy of an empty memory.
   *
   * @param capacity slots of the memory, at least 1
   * @param seed of what is drawn
   */
  public Reservoir(int capacity, long seed) {
    this.capacity = capacity;
    this.seed = seed;
  }

  /** What a write leads to: drawn anew, and alike, whenever it is asked for. */
  private final class Plan {
    private final int[] kept;
    private final int[] slots;
    private int keptCount;

    Plan(int count) {
      SplittableRandom random = Seeds.random(seed, "reservoir " + writes);
      kept = Arrays.copyOf(sample, sample.length + onTrial.length);
      keptCount = sample.length;
      slots = new int[count];
      int filled = 0;
      while (filled < count && size + filled < capacity) {
        slots[filled] = size + filled;
        filled++;
      }
      int decided = 0;
      long ever = seen;
      while (filled < count && decided < onTrial.length) {
        ever++;
        int candidate = onTrial[decided++];
        if (random.nextLong(ever) < keptCount) {
          int driven = random.nextInt(keptCount);
          slots[filled++] = kept[driven];
          kept[driven] = candidate;
        } else {
          slots[filled++] = candidate;
        }
      }
      while (decided < onTrial.length) {
        kept[keptCount++] = onTrial[decided++];
      }
      while (filled < count) { // a larger write than the one before
        int driven = random.nextInt(keptCount);
        slots[filled++] = kept[driven];
        kept[driven] = kept[--keptCount];
      }
    }
  }

  @Override
  public Slots choose(int count) {
    return Slots.of(new Plan(count).slots);
  }

  @Override
  public void written(Slots slots) {
    Plan plan = new Plan(slots.count());
    sample = Arrays.copyOf(plan.kept, plan.keptCount);
    seen += onTrial.length;
    onTrial = slots.toArray();
    for (int slot : onTrial) {
      size = Math.max(size, slot + 1);
    }
    writes++;
  }
}
