package io.nnem.experiments.run;

import io.nnem.core.Embedder;
import io.nnem.core.GrowingRows;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.datasets.Dataset;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Remembers which image each memory is of, and measures how far its key is from what the embedder
 * of today would write. It costs a number for each memory.
 */
final class StalenessProbe<T> {
  /** Images that are embedded at a time. */
  private static final int CHUNK = 1000;

  private final Tensors<T> tensors;
  private final Dataset data;
  private final int[] images;

  StalenessProbe(Tensors<T> tensors, Dataset data, int capacity) {
    this.tensors = tensors;
    this.data = data;
    this.images = new int[capacity];
  }

  /** Learns that images were written, in this order. */
  void written(Slots slots, int[] indices) {
    for (int i = 0; i < indices.length; i++) {
      images[slots.get(i)] = indices[i];
    }
  }

  /** Measures all memories; a range of ages each. */
  List<Staleness> measure(Trial trial, int step, Embedder<T> embedder, Memory<T> memory) {
    int size = memory.size();
    double[] cosines = cosines(embedder, memory, size);
    long[] ages = new long[size];
    for (int slot = 0; slot < size; slot++) {
      ages[slot] = embedder.version() - memory.writtenAt(slot);
    }
    List<Staleness> all = new ArrayList<>();
    for (AgeRange range : AgeRange.of(ages)) {
      int[] slots = IntStream.range(0, size).filter(slot -> range.contains(ages[slot])).toArray();
      double mean = IntStream.of(slots).mapToDouble(slot -> cosines[slot]).average().orElseThrow();
      all.add(new Staleness(trial.condition(), trial.seed(), step, range, slots.length, mean));
    }
    return all;
  }

  private double[] cosines(Embedder<T> embedder, Memory<T> memory, int size) {
    double[] cosines = new double[size];
    int chunk = Math.min(CHUNK, size);
    int columns = memory.keySize();
    float[] pixels = new float[chunk * data.observationSize()];
    float[] stored = new float[chunk * columns];
    float[] now = new float[chunk * columns];
    try (Scope<T> scope = tensors.newScope();
        GrowingRows<T> room = new GrowingRows<>(tensors, columns)) {
      T observations = scope.zeros(chunk, data.observationSize());
      T embeddings = scope.zeros(chunk, columns);
      for (int from = 0; from < size; from += chunk) {
        int count = Math.min(chunk, size - from);
        data.copyObservations(images, from, count, pixels);
        tensors.copyIn(pixels, observations);
        embedder.embed(observations, embeddings);
        tensors.copyOut(embeddings, now);
        tensors.copyOut(memory.keys(Slots.range(from, from + count), room), stored);
        for (int i = 0; i < count; i++) {
          cosines[from + i] = cosine(stored, now, i * columns, columns);
        }
      }
    }
    return cosines;
  }

  private static double cosine(float[] a, float[] b, int from, int count) {
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int i = from; i < from + count; i++) {
      product += (double) a[i] * b[i];
      squares += (double) a[i] * a[i];
      others += (double) b[i] * b[i];
    }
    return squares == 0 || others == 0 ? 0 : product / Math.sqrt(squares * others);
  }
}
