package io.nnem.nd4j;

import io.nnem.core.Candidate;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The nearest keys among candidates: rows that lie anywhere in a matrix, or rows of bytes in some
 * blocks. Of the former, waiting for memory is most of the work, so rows are copied one right after
 * the other into a tile, by copies that the processor can overlap: none may be a call of native
 * code. Each thread has some of the queries, or some of the candidates of a single one.
 */
final class NearestCandidates {

  /** Candidates worth a thread of their own. */
  private static final int FEWEST_CANDIDATES = 512;

  /** Floats that one buffer shows: there are more bytes in them than an index can count. */
  private static final int WINDOW = 1 << 28;

  private final Kernels kernels;
  private final Workers workers;
  private final Part[] parts;
  private final Workers.Range ofRows;
  private final Workers.Range ofQueries;
  private final Workers.Range ofBlocks;
  private FloatBuffer[] windows = new FloatBuffer[0];
  private int windowRows;
  private byte[][] blocks;
  private int[] sizes;
  private int[] chosen;
  private int each;
  private long queries;
  private int d;
  private int k;
  private int[] rows;
  private int[] ends;
  private int[] indices;
  private float[] similarities;

  NearestCandidates(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
    this.parts = new Part[workers.count()];
    Arrays.setAll(parts, i -> new Part());
    this.ofRows = (i, from, to) -> parts[i].rows(0, from, to);
    this.ofBlocks = (i, from, to) -> parts[i].blocks(0, from, to);
    this.ofQueries = (i, from, to) -> parts[i].answer(from, to);
  }

  /** Among rows of a matrix. */
  void run(
      INDArray queryRows,
      INDArray keys,
      int[] candidates,
      int[] ofEach,
      int count,
      int[] foundRows,
      float[] foundSimilarities) {
    begin(queryRows, count, foundRows, foundSimilarities);
    rows = candidates;
    ends = ofEach;
    blocks = null;
    open(keys);
    int b = Nd4jTensors.rowsOf(queryRows);
    try {
      int all = ends[b - 1];
      if (b == 1) {
        workers.split(all, FEWEST_CANDIDATES, ofRows);
        finish(workers.parts(all, FEWEST_CANDIDATES));
      } else {
        workers.split(b, (long) b * FEWEST_CANDIDATES / Math.max(1, all), ofQueries);
      }
    } finally {
      Arrays.fill(windows, null);
    }
  }

  /** Among rows of bytes. */
  void run(
      INDArray queryRows,
      byte[][] ofBytes,
      int[] blockSizes,
      int[] ofQuery,
      int blocksOfQuery,
      int count,
      int[] foundPlaces,
      float[] foundSimilarities) {
    begin(queryRows, count, foundPlaces, foundSimilarities);
    blocks = ofBytes;
    sizes = blockSizes;
    chosen = ofQuery;
    each = blocksOfQuery;
    int b = Nd4jTensors.rowsOf(queryRows);
    try {
      long all = 0;
      for (int i = 0; i < b * each; i++) {
        all += sizes[chosen[i]];
      }
      if (b == 1) {
        long fewest = 1 + each * (long) FEWEST_CANDIDATES / Math.max(1, all);
        workers.split(each, fewest, ofBlocks);
        finish(workers.parts(each, fewest));
      } else {
        workers.split(b, b * (long) FEWEST_CANDIDATES / Math.max(1, all), ofQueries);
      }
    } finally {
      blocks = null;
    }
  }

  private void begin(INDArray queryRows, int count, int[] found, float[] foundSimilarities) {
    queries = Memory.address(queryRows);
    d = Nd4jTensors.columnsOf(queryRows);
    k = count;
    indices = found;
    similarities = foundSimilarities;
  }

  private void open(INDArray keys) {
    long place = Memory.address(keys);
    int n = Nd4jTensors.rowsOf(keys);
    windowRows = Math.max(1, WINDOW / d);
    int count = (n - 1) / windowRows + 1;
    windows = windows.length == count ? windows : new FloatBuffer[count];
    for (int i = 0; i < count; i++) {
      int here = Math.min(windowRows, n - i * windowRows);
      windows[i] = Memory.buffer(Memory.row(place, i * windowRows, d), here * d);
    }
  }

  /** What the parts have found for a single query. */
  private void finish(int count) {
    for (int i = 1; i < count; i++) {
      parts[0].best.add(parts[i].best, 1);
    }
    parts[0].best.finish(0, 0, indices, similarities);
  }

  /** What one thread finds. */
  private final class Part {
    private final BestKeys best = new BestKeys();
    private float[] x;
    private float[] q;
    private float[] dots;
    private float[] squares;
    private float[] scales;
    private float queryScale;

    void answer(int first, int last) {
      for (int query = first; query < last; query++) {
        if (blocks == null) {
          rows(query, query == 0 ? 0 : ends[query - 1], ends[query]);
        } else {
          blocks(query, query * each, (query + 1) * each);
        }
        best.finish(0, query * k, indices, similarities);
      }
    }

    /** Takes tiles, and what is known of a query. */
    private int begin(Scratch scratch, int query) {
      best.begin(1, k);
      int some = 2 * Scratch.rowsPerTile(d);
      x = scratch.tile(0, some * d);
      dots = scratch.tile(9, some);
      squares = scratch.tile(10, some);
      scales = scratch.tile(2, some);
      q = scratch.tile(11, d);
      scratch.load(Memory.row(queries, query, d), q, d);
      kernels.rowKernels().dots(scratch, q, 1, d, q, 0, dots, squares);
      kernels.rowKernels().inverseLengths(squares, 1, 0, scales);
      queryScale = scales[0];
      return some;
    }

    void rows(int query, int first, int last) {
      Scratch scratch = Scratch.own();
      int some = begin(scratch, query);
      for (int from = first; from < last; from += some) {
        int here = Math.min(some, last - from);
        for (int i = 0; i < here; i++) {
          int row = rows[from + i];
          windows[row / windowRows].get(row % windowRows * d, x, i * d, d);
        }
        compare(scratch, here);
        for (int i = 0; i < here; i++) {
          offer(dots[i] * (queryScale * scales[i]), rows[from + i]);
        }
      }
    }

    void blocks(int query, int first, int last) {
      Scratch scratch = Scratch.own();
      int some = begin(scratch, query);
      int place = 0;
      for (int i = query * each; i < first; i++) {
        place += sizes[chosen[i]];
      }
      for (int block = first; block < last; block++) {
        int size = sizes[chosen[block]];
        for (int from = 0; from < size; from += some) {
          int here = Math.min(some, size - from);
          kernels.widen(blocks[chosen[block]], from * d, here * d, x);
          compare(scratch, here);
          for (int i = 0; i < here; i++) {
            offer(dots[i] * (queryScale * scales[i]), place + i);
          }
          place += here;
        }
      }
    }

    private void compare(Scratch scratch, int here) {
      kernels.rowKernels().dots(scratch, x, here, d, q, 0, dots, squares);
      kernels.rowKernels().inverseLengths(squares, here, 0, scales);
    }

    private void offer(float s, int number) {
      if (!(s < best.worst(0))) { // true of NaN too; an equal one may have a lower number
        best.offer(0, Candidate.of(s, number));
      }
    }
  }
}
