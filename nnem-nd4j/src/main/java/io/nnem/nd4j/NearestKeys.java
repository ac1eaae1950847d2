package io.nnem.nd4j;

import io.nnem.core.Candidate;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The nearest keys, over as many keys at a time as stay in the cache: of a tile of similarities
 * only those are looked at one by one that may be among the best so far. Each thread has some of
 * the tiles, and tiles begin at the same keys however many threads there are, so that the bits are
 * the same; the order of candidates is total, so that it does not matter who found them.
 */
final class NearestKeys {

  /** More queries at once would hardly make a faster product. */
  private static final int MOST_QUERIES = 128;

  /** Candidates of one thread: 4 MB. */
  private static final int MOST_CANDIDATES = 1 << 19;

  private final ReadingShape shape;
  private final Workers workers;
  private final Part[] parts;
  private final Workers.Range some;
  private int k;

  NearestKeys(ReadingShape shape, Workers workers) {
    this.shape = shape;
    this.workers = workers;
    this.parts = new Part[workers.count()];
    Arrays.setAll(parts, i -> new Part());
    this.some = (i, from, to) -> parts[i].search(from, to);
  }

  void run(INDArray queries, INDArray keys, int count, int[] indices, float[] similarities) {
    k = count;
    int b = Nd4jTensors.rowsOf(queries);
    int d = Nd4jTensors.columnsOf(queries);
    long place = Memory.address(queries);
    int block = Math.max(1, Math.min(MOST_QUERIES, MOST_CANDIDATES / k));
    for (int from = 0; from < b; from += block) {
      int here = Math.min(block, b - from);
      shape.set(Memory.row(place, from, d), here, keys);
      search(from, here, indices, similarities);
    }
  }

  private void search(int from, int here, int[] indices, float[] similarities) {
    int tiles = (shape.n + shape.step - 1) / shape.step;
    int fewestTiles = (shape.fewestKeys + shape.step - 1) / shape.step;
    workers.split(tiles, fewestTiles, some);
    int count = workers.parts(tiles, fewestTiles);
    for (int i = 1; i < count; i++) {
      parts[0].best.add(parts[i].best, here);
    }
    for (int i = 0; i < here; i++) {
      parts[0].best.finish(i, (from + i) * k, indices, similarities);
    }
  }

  /** What some of the keys are. */
  private final class Part {
    private final BestKeys best = new BestKeys();

    /** Some of the tiles, by the thread that calls. */
    void search(int first, int last) {
      Scratch scratch = Scratch.own();
      int b = shape.b;
      best.begin(b, k);
      float[] queryScales = shape.queryScales(scratch);
      int room = shape.step + 15 & ~15;
      float[] keyScales = scratch.tile(2, room);
      float[] products = scratch.tile(8, b * shape.step);
      float[] s = scratch.tile(3, room);
      for (int tile = first; tile < last; tile++) {
        int from = tile * shape.step;
        int here = Math.min(shape.step, shape.n - from);
        int whole = here + 15 & ~15; // else the last ones would be rounded otherwise
        shape.products(scratch, from, here, products, keyScales);
        Arrays.fill(keyScales, here, whole, 0f);
        for (int i = 0; i < b; i++) {
          System.arraycopy(products, i * here, s, 0, here);
          Arrays.fill(s, here, whole, 0f);
          float most = shape.kernels.scaleAndMax(queryScales[i], keyScales, whole, s);
          look(i, s, from, here, most);
        }
      }
    }

    private void look(int query, float[] s, int from, int here, float most) {
      float worst = best.worst(query);
      if (most <= worst) {
        return; // of equals the lower row is better, and that was there before
      }
      for (int j = 0; j < here; j++) {
        if (!(s[j] <= worst)) { // true of NaN too
          best.offer(query, Candidate.of(s[j], from + j));
          worst = best.worst(query);
        }
      }
    }
  }
}
