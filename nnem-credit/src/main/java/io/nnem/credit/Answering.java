package io.nnem.credit;

import io.nnem.core.GrowingRows;
import io.nnem.core.Pool;
import io.nnem.core.Shapes;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import io.nnem.memory.Reading;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Readings outside of training, from any number of threads at once while nobody changes the
 * network. What a recall has to embed is kept until the network changes.
 */
final class Answering<T> implements AutoCloseable {

  /** Weights that a reading computes at a time. */
  private static final int WEIGHTS = 1 << 18;

  /** Queries that are read together where the recall depends on them. */
  private static final int QUERIES = 32;

  private final Parts<T> parts;
  private final Tensors<T> tensors;
  private final Memory<T> memory;
  private final Pool<Space> spaces = new Pool<>(Space::new);
  private final GrowingRows<T> embedded;
  private T fresh; // keys of all memories, embedded anew; null when something has changed

  /** What one thread needs. */
  private final class Space implements AutoCloseable {
    private final Reading<T> reading = new Reading<>(tensors, parts.settings.addressing());
    private final GrowingRows<T> queries = new GrowingRows<>(tensors, memory.keySize());
    private final GrowingRows<T> keys = new GrowingRows<>(tensors, memory.keySize());
    private final GrowingRows<T> values = new GrowingRows<>(tensors, memory.valueSize());

    T embed(T observations) {
      T embedded = queries.first(tensors.rows(observations));
      parts.reader.embed(observations, embedded);
      if (!Double.isFinite(tensors.dot(embedded, embedded))) {
        Shapes.requireFinite(tensors, "The observations", observations);
      }
      return embedded;
    }

    T keys(Slots slots) {
      if (!parts.assigner.embedsAnew()) {
        return memory.keys(slots, keys);
      }
      if (!parts.recall.dependsOnQueries()) {
        return freshKeys(slots);
      }
      T anew = keys.first(slots.count());
      parts.assigner.embedAnew(slots, anew);
      return anew;
    }

    double[] read(T observations, T out) {
      T embedding = embed(observations);
      Slots slots = parts.recall.recall(embedding);
      read(embedding, slots, keys(slots), out);
      return reading.bestSimilarities();
    }

    private void read(T embedding, Slots slots, T theirKeys, T out) {
      tensors.copy(reading.read(embedding, theirKeys, memory.values(slots, values)), out);
    }

    /** The answers too, where they are wanted. */
    List<List<Neighbour>> nearest(T observations, int k, T out) {
      T embedding = embed(observations);
      Slots slots = parts.recall.recall(embedding);
      T theirKeys = keys(slots);
      if (out != null) {
        read(embedding, slots, theirKeys, out);
      }
      int each = Math.min(k, slots.count());
      int rows = tensors.rows(observations);
      int[] places = new int[rows * each];
      float[] similarities = new float[rows * each];
      tensors.nearest(embedding, theirKeys, each, places, similarities);
      List<List<Neighbour>> all = new ArrayList<>(rows);
      for (int row = 0; row < rows; row++) {
        List<Neighbour> theirs = new ArrayList<>(each);
        for (int i = row * each; i < (row + 1) * each; i++) {
          theirs.add(neighbour(slots.get(places[i]), similarities[i]));
        }
        all.add(theirs);
      }
      return all;
    }

    private Neighbour neighbour(int slot, double similarity) {
      double[] value = new double[memory.valueSize()];
      tensors.copyOut(memory.values(Slots.of(slot), values), value);
      long age = parts.writer.version() - memory.writtenAt(slot);
      return new Neighbour(slot, similarity, Arrays.stream(value).boxed().toList(), age);
    }

    @Override
    public void close() {
      reading.close();
      queries.close();
      keys.close();
      values.close();
    }
  }

  Answering(Parts<T> parts) {
    this.parts = parts;
    this.tensors = parts.tensors;
    this.memory = parts.memory;
    this.embedded = new GrowingRows<>(tensors, memory.keySize());
  }

  /** Threads that come first wait for the one that embeds. */
  private synchronized T freshKeys(Slots all) {
    if (fresh == null) {
      T keys = embedded.first(all.count());
      parts.assigner.embedAnew(all, keys);
      fresh = keys;
    }
    return fresh;
  }

  /** Embedder or memory are about to change; nobody reads. */
  synchronized void changed() {
    fresh = null;
  }

  double[] read(T observations, T out) {
    int rows = tensors.rows(observations);
    int most = parts.recall.dependsOnQueries() ? QUERIES : WEIGHTS / memory.occupied().count();
    int chunk = Math.max(1, Math.min(rows, most));
    double[] familiarity = new double[rows];
    Space space = spaces.take();
    try {
      for (int from = 0; from < rows; from += chunk) {
        int to = Math.min(from + chunk, rows);
        double[] best =
            space.read(tensors.rowRange(observations, from, to), tensors.rowRange(out, from, to));
        System.arraycopy(best, 0, familiarity, from, best.length);
      }
    } finally {
      spaces.back(space);
    }
    return familiarity;
  }

  /** Receives the answers too, unless {@code out} is null. */
  List<List<Neighbour>> nearest(T observations, int k, T out) {
    int rows = tensors.rows(observations);
    List<List<Neighbour>> all = new ArrayList<>(rows);
    Space space = spaces.take();
    try {
      for (int from = 0; from < rows; from += QUERIES) {
        int to = Math.min(from + QUERIES, rows);
        T answers = out == null ? null : tensors.rowRange(out, from, to);
        all.addAll(space.nearest(tensors.rowRange(observations, from, to), k, answers));
      }
    } finally {
      spaces.back(space);
    }
    return all;
  }

  void memories(MemoryNetwork.Visitor visitor) {
    Space space = spaces.take();
    try {
      for (int slot = 0; slot < memory.capacity(); slot++) {
        if (memory.holds(slot)) {
          float[] key = new float[memory.keySize()];
          float[] value = new float[memory.valueSize()];
          tensors.copyOut(memory.keys(Slots.of(slot), space.keys), key);
          tensors.copyOut(memory.values(Slots.of(slot), space.values), value);
          visitor.memory(slot, parts.writer.version() - memory.writtenAt(slot), key, value);
        }
      }
    } finally {
      spaces.back(space);
    }
  }

  @Override
  public void close() {
    spaces.close();
    embedded.close();
  }
}
