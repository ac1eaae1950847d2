package io.nnem.memory.recall;

import io.nnem.core.Pool;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.Slots;
import java.util.Arrays;

/**
 * Recalls what {@link RecallNearest} recalls, or most of it, without meeting every key. Keys are
 * kept in cells around centroids, about twice the root of their number; a query is compared with
 * the centroids, then with 8-bit codes of the keys in the cells that are nearest to it, and then
 * with twice as many keys as it recalls.
 *
 * <p>Beside its key each memory takes a byte for each of the key's elements and some 12 bytes more.
 * Queries are answered faster than by meeting all keys from about 2,000 memories on; at 1,000,000
 * keys like those of images, one query takes a hundredth of the time.
 *
 * <p>How many cells are scanned is measured: now and then a key that was just written serves as a
 * query, whose true nearest are found by comparing it with all keys, and the smallest number of
 * cells is taken in which a share of {@code target} of them would have been found. As long as too
 * little is known, and where it would be as fast, every key is met.
 *
 * <p>Writing, clearing and replacing keys costs a constant number of comparisons with centroids,
 * {@code O(sqrt(N) d)} time for each key; of keys that are replaced together, some hundred change
 * cells at once and the others in the course of further writes. All of it is done while memories
 * are written, none while they are read.
 *
 * @param <T> the matrix type
 */
public final class RecallPartitioned<T> implements Recall<T> {

  /** Queries that are compared with cells at a time. */
  private static final int QUERIES = 64;

  /**
   * What it costs to meet a key's code for one query; each of {@code b} queries costs 1 for each
   * key where all are met in turn, and {@link #TURN} beside.
   */
  private static final int CODE = 6;

  private static final int TURN = 6;

  private final Tensors<T> tensors;
  private final Memory<T> memory;
  private final int k;
  private final RecallNearest<T> exact;
  private final Partition<T> partition;
  private final RecallMeter<T> meter;
  private final Pool<Space> spaces = new Pool<>(Space::new);

  /**
   * How it recalls at present.
   *
   * @param recall the share of the true nearest that was found in as many cells, of late
   * @param probes cells that are scanned for a query; all of them as long as nothing is known
   * @param cells cells there are
   */
  public record Measured(double recall, int probes, int cells) {}

  /** What one scan needs. */
  private static final class Space implements AutoCloseable {
    private int[] probed = new int[0];
    private int[] places = new int[0];
    private int[] candidates = new int[0];
    private int[] ends = new int[0];
    private int[] found = new int[0];
    private float[] similarities = new float[0];

    @Override
    public void close() {}
  }

  /**
   * Creates the recall of a memory.
   *
   * @param context the memory, still empty, and the seed by which queries are chosen that measure
   * @param k memories for each query, at least 1
   * @param target the share of the {@code k} nearest that is wanted, above 0 and at most 1
   * @throws IllegalArgumentException if {@code k} or {@code target} is outside
   */
  public RecallPartitioned(RecallContext<T> context, int k, double target) {
    if (!(target > 0 && target <= 1)) {
      throw new IllegalArgumentException(
          "The recall that is wanted must be above 0 and at most 1, but is "
              + target
              + "; 0.95 is usual.");
    }
    this.tensors = context.tensors();
    this.memory = context.memory();
    this.k = k;
    this.exact = new RecallNearest<>(context, k);
    this.partition = new Partition<>(tensors, memory);
    this.meter = new RecallMeter<>(tensors, memory, partition, k, target, context.seed());
  }

  @Override
  public Slots recall(T queries) {
    long b = tensors.rows(queries);
    long probes = meter.probes();
    long cells = partition.cells().count();
    boolean all = probes >= cells || b * probes * CODE >= cells * (b + TURN);
    return all
        ? exact.recall(queries)
        : near(queries, (int) probes, (int) Math.min(memory.size(), 2L * k + 8));
  }

  /**
   * What is found in so many of the nearest cells of each query.
   *
   * @param rough how many for each query are chosen by their codes; their keys then tell the
   *     nearest
   */
  Slots near(T queries, int probes, int rough) {
    int b = tensors.rows(queries);
    int each = Math.min(k, memory.size());
    int[] all = new int[Math.multiplyExact(b, each)];
    int count = 0;
    Space space = spaces.take();
    try {
      for (int from = 0; from < b; from += QUERIES) {
        int to = Math.min(from + QUERIES, b);
        search(tensors.rowRange(queries, from, to), to - from, probes, rough, each, space);
        for (int i = 0; i < (to - from) * each; i++) {
          if (space.found[i] >= 0) {
            all[count++] = space.found[i];
          }
        }
      }
    } finally {
      spaces.back(space);
    }
    return Slots.of(Arrays.stream(all, 0, count).sorted().distinct().toArray());
  }

  private void search(T queries, int b, int probes, int rough, int each, Space space) {
    Cells cells = partition.cells();
    space.probed = grown(space.probed, b * probes);
    space.places = grown(space.places, b * rough);
    space.candidates = grown(space.candidates, b * rough);
    space.ends = grown(space.ends, b);
    space.found = grown(space.found, b * each);
    int most = b * Math.max(each, Math.max(probes, rough));
    if (space.similarities.length < most) {
      space.similarities = new float[most];
    }
    partition.centroids().nearest(queries, probes, space.probed, space.similarities);
    tensors.nearest(
        queries,
        cells.codes(),
        cells.sizes(),
        space.probed,
        probes,
        rough,
        space.places,
        space.similarities);
    int count = 0;
    for (int query = 0; query < b; query++) {
      for (int i = query * rough; i < (query + 1) * rough && space.places[i] >= 0; i++) {
        int place = space.places[i];
        int probe = query * probes;
        while (place >= cells.size(space.probed[probe])) {
          place -= cells.size(space.probed[probe++]);
        }
        space.candidates[count++] = cells.slot(space.probed[probe], place);
      }
      space.ends[query] = count;
    }
    memory.nearest(queries, space.candidates, space.ends, each, space.found, space.similarities);
  }

  private static int[] grown(int[] array, int atLeast) {
    return array.length < atLeast ? new int[atLeast + atLeast / 4] : array;
  }

  /**
   * How it recalls at present.
   *
   * @return what was measured
   */
  public Measured measured() {
    int cells = partition.cells().count();
    return new Measured(meter.recall(), Math.min(meter.probes(), cells), cells);
  }

  Cells cells() {
    return partition.cells();
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    partition.write(slots);
    meter.write(slots, keys.keys());
  }

  @Override
  public void onReplaceKeys(Slots slots, NewKeys<T> keys) {
    partition.replace(slots);
  }

  @Override
  public void onClear(Slots slots) {
    partition.clear(slots);
    meter.clear(slots);
  }

  @Override
  public void save(StateWriter out) {
    out.part("partition", partition);
    out.part("meter", meter);
  }

  @Override
  public void load(StateReader in) {
    in.part("partition", partition);
    in.part("meter", meter);
  }

  @Override
  public void close() {
    spaces.close();
    exact.close();
    partition.close();
    meter.close();
  }
}
