package io.nnem.memory.eviction;

import io.nnem.core.Seeds;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

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

  private static final int NONE = -1;

  private final Memory<T> memory;
  private final long seed;
  private final int[] sample;
  private final int[] placeOf; // of each slot in the sample
  private int sampled;
  private int[] onTrial = new int[0];
  private long seen;
  private long writes;
  private int[] undone =
      new int[0]; // places of the sample that a decision changed, and what was there
  private int changes;

  /**
   * Creates the policy of an empty memory.
   *
   * @param context the memory, and the seed of what is drawn
   */
  public Reservoir(EvictionContext<T> context) {
    this.memory = context.memory();
    this.seed = context.seed();
    this.sample = new int[memory.capacity()];
    this.placeOf = new int[memory.capacity()];
    Arrays.fill(placeOf, NONE);
  }

  /**
   * Decides on those on trial, and on as many of the sample as must go beside: drawn anew, and
   * alike, whenever it is asked for.
   */
  private int[] decide(int count) {
    SplittableRandom random = Seeds.random(seed, "reservoir " + writes);
    undone = new int[2 * (count + onTrial.length)];
    changes = 0;
    int[] evicted = new int[count];
    int filled = 0;
    int decided = 0;
    long ever = seen;
    while (filled < count && decided < onTrial.length) {
      ever++;
      int candidate = onTrial[decided++];
      if (random.nextLong(ever) < sampled) {
        int driven = random.nextInt(sampled);
        evicted[filled++] = sample[driven];
        set(driven, candidate);
      } else {
        evicted[filled++] = candidate;
      }
    }
    while (decided < onTrial.length) {
      set(sampled++, onTrial[decided++]);
    }
    while (filled < count) { // a larger write than the one before
      int driven = random.nextInt(sampled);
      evicted[filled++] = sample[driven];
      set(driven, sample[--sampled]);
    }
    return evicted;
  }

  private void set(int place, int slot) {
    undone[2 * changes] = place;
    undone[2 * changes + 1] = sample[place];
    changes++;
    sample[place] = slot;
  }

  @Override
  public Slots evict(int count, T keys, T values) {
    int before = sampled;
    int[] evicted = decide(count);
    for (int i = changes - 1; i >= 0; i--) {
      sample[undone[2 * i]] = undone[2 * i + 1];
    }
    sampled = before;
    return Slots.of(evicted);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    for (int evicted : decide(sampled + onTrial.length + slots.count() - memory.size())) {
      placeOf[evicted] = NONE;
    }
    for (int i = 0; i < changes; i++) {
      int place = undone[2 * i];
      if (place < sampled) {
        placeOf[sample[place]] = place;
      }
    }
    seen += onTrial.length;
    onTrial = slots.toArray();
    writes++;
  }

  @Override
  public void onClear(Slots slots) {
    for (int i = 0; i < slots.count(); i++) {
      int place = placeOf[slots.get(i)];
      if (place != NONE) {
        placeOf[slots.get(i)] = NONE;
        sampled--;
        if (place < sampled) {
          sample[place] = sample[sampled];
          placeOf[sample[place]] = place;
        }
      }
    }
    int[] sorted = slots.toArray();
    Arrays.sort(sorted);
    onTrial =
        Arrays.stream(onTrial).filter(slot -> Arrays.binarySearch(sorted, slot) < 0).toArray();
  }

  @Override
  public void save(StateWriter out) {
    out.ints("sample", Arrays.copyOf(sample, sampled));
    out.ints("on-trial", onTrial);
    out.longs("counts", seen, writes);
  }

  @Override
  public void load(StateReader in) {
    int[] loaded = in.ints("sample", (int) in.length("sample"));
    int[] trial = in.ints("on-trial", (int) in.length("on-trial"));
    memory.requireAllInUse(
        "The reservoir", IntStream.concat(Arrays.stream(loaded), Arrays.stream(trial)).toArray());
    long[] counts = in.longs("counts", 2);
    if (counts[0] < loaded.length || counts[0] > Long.MAX_VALUE / 2 || counts[1] < 0) {
      throw new StateException(
          "The reservoir has "
              + loaded.length
              + " of "
              + counts[0]
              + " memories after "
              + counts[1]
              + " writes.");
    }
    onTrial = trial;
    seen = counts[0];
    writes = counts[1];
    Arrays.fill(placeOf, NONE);
    sampled = 0;
    for (int slot : loaded) {
      placeOf[slot] = sampled;
      sample[sampled++] = slot;
    }
  }
}
