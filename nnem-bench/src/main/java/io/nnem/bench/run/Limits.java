package io.nnem.bench.run;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_full;

/** What the machine can do at best: products of square matrices, and copying. */
final class Limits {

  /** What is reported: how long one took, and what that is in giga-somethings a second. */
  interface Listener {
    void limit(String kind, String shape, double medianMillis, double giga);
  }

  private static final double MILLION = 1e6;
  private static final int[] SIDES = {512, 1024, 2048};
  private static final long COPIED = 256L << 20;
  private static final int REPEATS = 7;

  private final int threads;
  private final Listener listener;

  Limits(int threads, Listener listener) {
    this.threads = threads;
    this.listener = listener;
  }

  /** Products through the BLAS that nnem uses: {@code 2 n^3} operations each. */
  void products() {
    openblas_full.openblas_set_num_threads(threads);
    for (int side : SIDES) {
      long size = (long) side * side;
      try (FloatPointer a = new FloatPointer(size);
          FloatPointer b = new FloatPointer(size);
          FloatPointer c = new FloatPointer(size)) {
        for (long i = 0; i < size; i++) {
          a.put(i, (float) (i % 7));
          b.put(i, (float) (i % 5));
        }
        Pointer.memset(c, 0, size * Float.BYTES);
        List<Double> millis = new ArrayList<>();
        for (int i = -1; i < REPEATS; i++) {
          long start = System.nanoTime();
          openblas.cblas_sgemm(
              CblasRowMajor,
              CblasNoTrans,
              CblasNoTrans,
              side,
              side,
              side,
              1f,
              a,
              side,
              b,
              side,
              0f,
              c,
              side);
          if (i >= 0) {
            millis.add((System.nanoTime() - start) / MILLION);
          }
        }
        double median = Medians.of(millis);
        String shape = side + "x" + side + "x" + side;
        listener.limit("sgemm", shape, median, 2.0 * side * side * side / median / MILLION);
      }
    }
  }

  /** A copy by as many threads; its bytes count twice, for they are read and written. */
  void copy() {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Pointer from = new FloatPointer(COPIED / Float.BYTES);
        Pointer to = new FloatPointer(COPIED / Float.BYTES)) {
      Pointer.memset(from, 1, COPIED);
      Pointer.memset(to, 1, COPIED);
      List<Double> millis = new ArrayList<>();
      for (int i = -1; i < REPEATS; i++) {
        long start = System.nanoTime();
        copy(pool, from, to);
        if (i >= 0) {
          millis.add((System.nanoTime() - start) / MILLION);
        }
      }
      double median = Medians.of(millis);
      listener.limit("copy", (COPIED >> 20) + " MiB", median, 2.0 * COPIED / median / MILLION);
    } finally {
      pool.shutdownNow();
    }
  }

  private void copy(ExecutorService pool, Pointer from, Pointer to) {
    long part = COPIED / Float.BYTES / threads;
    List<Future<?>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long first = i * part;
      parts.add(
          pool.submit(
              () -> {
                // neither is closed: they only point into what is
                FloatPointer source = new FloatPointer(from).position(first);
                FloatPointer target = new FloatPointer(to).position(first);
                Pointer.memcpy(target, source, part * Float.BYTES);
              }));
    }
    for (Future<?> one : parts) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the copy failed: " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("measuring was interrupted", e);
      }
    }
  }
}
