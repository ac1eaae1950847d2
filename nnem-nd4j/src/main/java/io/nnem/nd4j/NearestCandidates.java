package io.nnem.nd4j;

import io.nnem.core.Candidate;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The nearest keys among candidates that lie anywhere. Waiting for memory is most of the work, so
 * rows are copied one right after the other into a tile, by copies that the processor can overlap:
 * none may be a call of native code. Each thread has some of the queries, or some of the candidates
 * of a single one.
 */
final class NearestCandidates {

  /** Candidates worth a thread of their own. */
  private static final int FEWEST_CANDIDATES = 512;

  /** Floats that one buffer shows: there are more bytes in them than an index can count. */
  private static final int WINDOW = 1 << 28;

  private final Kernels kernels;
  private final Workers workers;
  private final Part[] parts;
  private final Workers.Range someQueries;
  private final Workers.Range someCandidates;
  private FloatBuffer[] windows = new FloatBuffer[0];
  private int windowRows;
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
    this.someQueries = (i, from, to) -> parts[i].answer(from, to);
    this.someCandidates = (i, from, to) -> parts[i].search(0, from, to);
  }

  void run(
      INDArray queryRows,
      INDArray keys,
      int[] candidates,
      int[] ofEach,
      int count,
      int[] foundRows,
      float[] foundSimilarities) {
    int b = Nd4jTensors.rowsOf(queryRows);
    d = Nd4jTensors.columnsOf(keys);
    k = count;
    queries = Memory.address(queryRows);
    rows = candidates;
    ends = ofEach;
    indices = foundRows;
    similarities = foundSimilarities;
    open(keys);
    try {
      int all = ends[b - 1];
      if (b == 1) {
        workers.split(all, FEWEST_CANDIDATES, someCandidates);
        for (int i = 1; i < workers.parts(all, FEWEST_CANDIDATES); i++) {
          parts[0].best.add(parts[i].best, 1);
        }
        parts[0].best.finish(0, 0, indices, similarities);
      } else {
        workers.split(b, (long) b * FEWEST_CANDIDATES / Math.max(1, all), someQueries);
      }
    } finally {
      Arrays.fill(windows, null);
    }
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

  /** What one thread finds. */
  private final class Part {
    private final BestKeys best = new BestKeys();

    void answer(int first, int last) {
      for (int query = first; query < last; query++) {
        search(query, query == 0 ? 0 : ends[query - 1], ends[query]);
        best.finish(0, query * k, indices, similarities);
      }
    }

    void search(int query, int first, int last) {
      Scratch scratch = Scratch.own();
      RowKernels loops = kernels.rowKernels();
      best.begin(1, k);
      int some = 2 * Scratch.rowsPerTile(d);
      float[] x = scratch.tile(0, some * d);
      float[] dots = scratch.tile(9, some);
      float[] squares = scratch.tile(10, some);
      float[] scales = scratch.tile(2, some);
      float[] q = scratch.tile(11, d);
      scratch.load(Memory.row(queries, query, d), q, d);
      loops.dots(scratch, q, 1, d, q, 0, dots, squares);
      loops.inverseLengths(squares, 1, 0, scales);
      float queryScale = scales[0];
      for (int from = first; from < last; from += some) {
        int here = Math.min(some, last - from);
        for (int i = 0; i < here; i++) {
          int row = rows[from + i];
          windows[row / windowRows].get(row % windowRows * d, x, i * d, d);
        }
        loops.dots(scratch, x, here, d, q, 0, dots, squares);
        loops.inverseLengths(squares, here, 0, scales);
        float worst = best.worst(0);
        for (int i = 0; i < here; i++) {
          float s = dots[i] * (queryScale * scales[i]);
          if (!(s < worst)) { // true of NaN too; an equal one may be of a lower row
            best.offer(0, Candidate.of(s, rows[from + i]));
            worst = best.worst(0);
          }
        }
      }
    }
  }
}
