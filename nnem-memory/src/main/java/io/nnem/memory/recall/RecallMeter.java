package io.nnem.memory.recall;

import io.nnem.core.Candidate;
import io.nnem.core.GrowingRows;
import io.nnem.core.Seeds;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.Arrays;

/**
 * Measures how many cells must be scanned to recall as much as is wanted. Now and then a key that
 * was just written is taken for a query, as it was one before it was written. Its true nearest are
 * found in the course of further writes, each of which compares it with some memories more; then
 * each of them counts at the rank that its cell has for the query. What was counted long ago counts
 * less.
 */
final class RecallMeter<T> implements Stateful, AutoCloseable {

  /** Memories that a query is compared with for each key that is written. */
  private static final int COMPARED = 256;

  /** Queries after which something can be said. */
  private static final int FEWEST = 16;

  /** What a query leaves of the weight of those before it: some 128 count. */
  private static final double DECAY = 1 - 1.0 / 128;

  private final Tensors<T> tensors;
  private final Memory<T> memory;
  private final Partition<T> partition;
  private final int k;
  private final double wanted;
  private final long seed;
  private final GrowingRows<T> room;

  private double[] found = new double[0]; // at each rank of a cell, decayed
  private long queries; // that were finished
  private int probes = Integer.MAX_VALUE;
  private double recall = 1;

  private float[] query; // null where there is none under way
  private int own; // its slot
  private int compared; // slots that it has been compared with
  private long[] best = new long[0]; // ascending

  /**
   * Creates a meter that has measured nothing.
   *
   * @param target the share of the true nearest that is wanted; a little more is aimed at, for the
   *     measurement has an error
   */
  RecallMeter(
      Tensors<T> tensors,
      Memory<T> memory,
      Partition<T> partition,
      int k,
      double target,
      long seed) {
    this.tensors = tensors;
    this.memory = memory;
    this.partition = partition;
    this.k = k;
    this.wanted = target + (1 - target) / 8;
    this.seed = seed;
    this.room = new GrowingRows<>(tensors, memory.keySize());
  }

  /** Cells to scan for each query; more than there can be as long as nothing is known. */
  int probes() {
    return probes;
  }

  /** The share of the true nearest that is in as many cells. */
  double recall() {
    return recall;
  }

  /** Goes on measuring; the partition knows of what was written. */
  void write(Slots slots, T keys) {
    leave(slots);
    long budget = (long) COMPARED * slots.count();
    long last = queries + 1 + slots.count() / FEWEST; // a small memory has enough sooner
    while (budget > 0 && queries < last && memory.size() > 1) {
      if (query == null) {
        begin(slots, keys);
      }
      int to = (int) Math.min(memory.end(), compared + Math.min(budget, COMPARED * COMPARED));
      budget -= Math.max(1, to - compared);
      compare(to);
      if (compared >= memory.end()) {
        finish();
      }
    }
  }

  void clear(Slots slots) {
    leave(slots);
    if (memory.size() == 0) { // what comes next may be anything
      found = new double[0];
      queries = 0;
      probes = Integer.MAX_VALUE;
      recall = 1;
      query = null;
    }
  }

  /** What is gone is nobody's neighbour. */
  private void leave(Slots slots) {
    for (int i = 0; i < slots.count() && query != null; i++) {
      int slot = slots.get(i);
      for (int j = 0; j < best.length; j++) {
        if (Candidate.row(best[j]) == slot) {
          long[] left = new long[best.length - 1];
          System.arraycopy(best, 0, left, 0, j);
          System.arraycopy(best, j + 1, left, j, left.length - j);
          best = left;
          break;
        }
      }
    }
  }

  private void begin(Slots slots, T keys) {
    int row = Seeds.random(seed, "query " + queries).nextInt(slots.count());
    query = new float[memory.keySize()];
    tensors.copyOut(tensors.rowRange(keys, row, row + 1), query);
    own = slots.get(row);
    compared = 0;
    best = new long[0];
  }

  private T query() {
    T row = room.first(1);
    tensors.copyIn(query, row);
    return row;
  }

  private void compare(int to) {
    int[] candidates = new int[Math.max(0, to - compared)];
    int count = 0;
    for (; compared < to; compared++) {
      if (compared != own && memory.holds(compared)) {
        candidates[count++] = compared;
      }
    }
    if (count == 0) {
      return;
    }
    int size = Math.min(k, count);
    int[] slots = new int[size];
    float[] similarities = new float[size];
    memory.nearest(query(), candidates, new int[] {count}, size, slots, similarities);
    long[] both = Arrays.copyOf(best, best.length + size);
    for (int i = 0; i < size; i++) {
      both[best.length + i] = Candidate.of(similarities[i], slots[i]);
    }
    Arrays.sort(both);
    best = Arrays.copyOfRange(both, Math.max(0, both.length - k), both.length);
  }

  private void finish() {
    int cells = partition.cells().count();
    int[] ranked = new int[cells];
    partition.centroids().nearest(query(), cells, ranked, new float[cells]);
    int[] rankOf = new int[cells];
    for (int rank = 0; rank < cells; rank++) {
      rankOf[ranked[rank]] = rank;
    }
    found = found.length < cells ? Arrays.copyOf(found, cells) : found;
    for (int i = 0; i < found.length; i++) {
      found[i] *= DECAY;
    }
    for (long each : best) {
      found[rankOf[partition.cells().of(Candidate.row(each))]]++;
    }
    queries++;
    query = null;
    best = new long[0];
    evaluate();
  }

  private void evaluate() {
    double all = Arrays.stream(found).sum();
    if (queries < FEWEST || all == 0) {
      return;
    }
    double sum = 0;
    probes = 0;
    while (sum < wanted * all && probes < found.length) {
      sum += found[probes++];
    }
    recall = Math.min(1, sum / all);
  }

  @Override
  public void save(StateWriter out) {
    out.doubles("found", found);
    out.longs("queries", queries);
    out.floats("query", query == null ? new float[0] : query);
    out.ints("under-way", own, compared);
    out.longs("best", best);
  }

  @Override
  public void load(StateReader in) {
    found = in.doubles("found", (int) in.length("found"));
    for (double each : found) {
      if (!(each >= 0 && each < Double.POSITIVE_INFINITY)) {
        throw new StateException("What was found at a rank of cells is " + each + ".");
      }
    }
    queries = in.number("queries", 0, Long.MAX_VALUE);
    float[] numbers = in.floats("query", in.length("query") == 0 ? 0 : memory.keySize());
    query = numbers.length == 0 ? null : numbers;
    int[] underWay = in.ints("under-way", 2);
    own = underWay[0];
    compared = underWay[1];
    best = in.longs("best", (int) in.length("best"));
    if (compared < 0 || best.length > k) {
      throw new StateException("The measurement of recall that is under way is damaged.");
    }
    int[] nearest = Arrays.stream(best).mapToInt(Candidate::row).toArray();
    for (int slot : nearest) {
      if (!memory.holds(slot) || slot == own) {
        throw new StateException(
            "The nearest of the memory in slot " + own + " cannot be that in slot " + slot + ".");
      }
    }
    if (Arrays.stream(nearest).distinct().count() < nearest.length) {
      throw new StateException("The nearest of a query are " + Arrays.toString(nearest) + ".");
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw new StateException("A query that is under way has the number " + number + ".");
      }
    }
    probes = Integer.MAX_VALUE;
    recall = 1;
    evaluate();
  }

  @Override
  public void close() {
    room.close();
  }
}
