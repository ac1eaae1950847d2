package io.nnem.memory.eviction;

import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
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
 *
 * @param <T> the matrix type
 */
public final class Reservoir<T> implements EvictionPolicy<T> {

  private final Memory<T> memory;
  private final long seed;
  private int[] sample = new int[0];
  private int[] onTrial = new int[0];
  private long seen;
  private long writes;

  /**
   * Creates the policy of an empty memory.
   *
   * @param context the memory, and the seed of what is drawn
   */
  public Reservoir(EvictionContext<T> context) {
    this.memory = context.memory();
    this.seed = context.seed();
  }

  /** What a write leads to: drawn anew, and alike, whenever it is asked for. */
  private final class Plan {
    private final int[] kept;
    private final int[] evicted;
    private int keptCount;

    Plan(int count) {
      SplittableRandom random = Seeds.random(seed, "reservoir " + writes);
      kept = Arrays.copyOf(sample, sample.length + onTrial.length);
      keptCount = sample.length;
      evicted = new int[count];
      int filled = 0;
      int decided = 0;
      long ever = seen;
      while (filled < count && decided < onTrial.length) {
        ever++;
        int candidate = onTrial[decided++];
        if (random.nextLong(ever) < keptCount) {
          int driven = random.nextInt(keptCount);
          evicted[filled++] = kept[driven];
          kept[driven] = candidate;
        } else {
          evicted[filled++] = candidate;
        }
      }
      while (decided < onTrial.length) {
        kept[keptCount++] = onTrial[decided++];
      }
      while (filled < count) { // a larger write than the one before
        int driven = random.nextInt(keptCount);
        evicted[filled++] = kept[driven];
        kept[driven] = kept[--keptCount];
      }
    }
  }

  @Override
  public Slots evict(int count, T keys, T values) {
    return Slots.of(new Plan(count).evicted);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    int before = sample.length + onTrial.length;
    Plan plan = new Plan(before + slots.count() - memory.size());
    sample = Arrays.copyOf(plan.kept, plan.keptCount);
    seen += onTrial.length;
    onTrial = slots.toArray();
    writes++;
  }

  @Override
  public void onClear(Slots slots) {
    sample = without(sample, slots);
    onTrial = without(onTrial, slots);
  }

  private static int[] without(int[] some, Slots slots) {
    int[] sorted = slots.toArray();
    Arrays.sort(sorted);
    return Arrays.stream(some).filter(slot -> Arrays.binarySearch(sorted, slot) < 0).toArray();
  }

  @Override
  public void save(StateWriter out) {
    out.ints("sample", sample);
    out.ints("on-trial", onTrial);
    out.longs("counts", seen, writes);
  }

  @Override
  public void load(StateReader in) {
    sample = in.ints("sample", (int) in.length("sample"));
    onTrial = in.ints("on-trial", (int) in.length("on-trial"));
    long[] counts = in.longs("counts", 2);
    seen = counts[0];
    writes = counts[1];
  }
}
