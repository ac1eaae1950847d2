package io.nnem.bench.recall;

import io.nnem.bench.run.Medians;
import io.nnem.core.Options;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.Memory;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.Slots;
import io.nnem.memory.eviction.FirstInFirstOut;
import io.nnem.memory.recall.RecallNearest;
import io.nnem.memory.recall.RecallPartitioned;
import io.nnem.memory.store.FixedCapacityStore;
import io.nnem.nd4j.Nd4jTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Queries of a memory by {@link RecallNearest} and {@link RecallPartitioned} in turns, the recall
 * that is reached, and what writing costs: {@code QueryTurns N N ...}.
 */
public final class QueryTurns {

  private static final int K = 32;
  private static final double TARGET = 0.95;
  private static final int CHUNK = 256;
  private static final int BATCH = 32;
  private static final int MOST_WRITES = 2_000;
  private static final int TURNS = 101;
  private static final long SEED = 1;

  private final Tensors<INDArray> tensors;
  private final int capacity;
  private final Memory<INDArray> memory;
  private final RecallNearest<INDArray> exact;
  private final RecallPartitioned<INDArray> partitioned;
  private final ClusteredKeys keys = new ClusteredKeys(SEED, "keys");
  private final ClusteredKeys queries = new ClusteredKeys(SEED, "queries");

  private QueryTurns(Tensors<INDArray> tensors, int capacity) {
    this.tensors = tensors;
    this.capacity = capacity;
    this.memory =
        Memory.create(
            tensors,
            new FixedCapacityStore<>(
                new MemoryStoreContext<>(tensors, capacity, ClusteredKeys.SIZE, 1, Options.none())),
            its ->
                new FirstInFirstOut<>(
                    new EvictionContext<>(tensors, its, Optional.empty(), SEED, Options.none())));
    RecallContext<INDArray> context = new RecallContext<>(tensors, memory, SEED, Options.none());
    this.exact = new RecallNearest<>(context, K);
    this.partitioned = new RecallPartitioned<>(context, K, TARGET);
    memory.addListener(partitioned);
  }

  /** Microseconds of a write of so many keys. */
  private double write(int count) {
    try (Scope<INDArray> scope = tensors.newScope()) {
      INDArray rows = matrix(scope, keys.next(count), count);
      INDArray values = scope.zeros(count, 1);
      long start = ProcessorTime.nanos();
      memory.write(rows, values, 0);
      return (ProcessorTime.nanos() - start) / 1e3;
    }
  }

  private INDArray matrix(Scope<INDArray> scope, float[] floats, int rows) {
    INDArray matrix = scope.zeros(rows, ClusteredKeys.SIZE);
    tensors.copyIn(floats, matrix);
    return matrix;
  }

  private void fill() {
    double micros = 0;
    for (int written = 0; written < capacity; written += CHUNK) {
      micros += write(Math.min(CHUNK, capacity - written));
    }
    say("| %,d | fill | %.1f us a key |", capacity, micros / capacity);
    List<Double> turnover = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_WRITES, capacity / BATCH); i++) {
      turnover.add(write(BATCH));
    }
    say("| %,d | write of %d | %.0f us |", capacity, BATCH, Medians.of(turnover));
  }

  private void ask(int count) {
    List<Double> ofExact = new ArrayList<>();
    List<Double> ofPartitioned = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    double found = 0;
    int turns = count == 1 ? TURNS : TURNS / 2;
    try (Scope<INDArray> scope = tensors.newScope()) {
      for (int i = -3; i < turns; i++) { // three to warm up
        INDArray query = matrix(scope, queries.next(count), count);
        double[] micros = new double[2];
        Slots near = timed(partitioned, query, micros, 0);
        Slots all = timed(exact, query, micros, 1);
        if (i >= 0) {
          ofPartitioned.add(micros[0]);
          ofExact.add(micros[1]);
          ratios.add(micros[1] / micros[0]);
          int[] those = near.toArray();
          found +=
              Arrays.stream(all.toArray())
                      .filter(slot -> Arrays.binarySearch(those, slot) >= 0)
                      .count()
                  / (double) all.count();
        }
      }
    }
    say(
        "| %,d | %d | %.0f us | %.0f us | %.1f | %.3f | %s |",
        capacity,
        count,
        Medians.of(ofExact),
        Medians.of(ofPartitioned),
        Medians.of(ratios),
        found / turns,
        partitioned.measured());
  }

  private static Slots timed(Recall<INDArray> recall, INDArray query, double[] micros, int place) {
    long start = ProcessorTime.nanos();
    Slots slots = recall.recall(query);
    micros[place] = (ProcessorTime.nanos() - start) / 1e3;
    return slots;
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  /**
   * Runs.
   *
   * @param arguments numbers of memories
   */
  public static void main(String[] arguments) {
    try (Nd4jTensors tensors = new Nd4jTensors(1)) {
      for (int i = 0; i < arguments.length; i++) {
        QueryTurns turns = new QueryTurns(tensors, Integer.parseInt(arguments[i]));
        turns.fill();
        turns.ask(1);
        turns.ask(BATCH);
        turns.memory.close();
        turns.partitioned.close();
        turns.exact.close();
      }
    }
    System.exit(0); // OpenBLAS's threads are none that Java waits for
  }
}
