package io.nnem.learners;

import io.nnem.core.Scope;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.learners.storage.FaultyStorage;
import io.nnem.memory.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Calls that are the same whenever they are made: what a network is after each of them is known.
 */
abstract class Workload<N extends AutoCloseable> {

  final long seed;

  Workload(long seed) {
    this.seed = seed;
  }

  static Workload<?> of(long seed) {
    return switch ((int) (seed % 5)) {
      case 0 -> new OfClassifier(seed);
      case 1 -> new OfRegressor(seed);
      default -> new OfNetwork(seed);
    };
  }

  abstract DurableNetwork<N> open(Path folder, Durability durability) throws IOException;

  /** The same network without a folder. */
  abstract N plain();

  /** Makes a call, by its number from 1 on. */
  abstract void call(N network, long number);

  abstract void save(N network, Path path) throws IOException;

  /** All bytes of its state. */
  byte[] state(N network) {
    FaultyStorage storage = new FaultyStorage();
    try {
      save(network, storage.folder().resolve("state"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalStateException e) {
      return new byte[0]; // nothing was learned yet
    }
    return storage.files().get("state");
  }

  /** The states after 0, 1, 2, ... calls without a crash. */
  List<byte[]> states(int calls) throws Exception {
    List<byte[]> states = new ArrayList<>();
    N network = plain();
    try {
      states.add(state(network));
      for (int i = 1; i <= calls; i++) {
        call(network, i);
        states.add(state(network));
      }
    } finally {
      network.close();
    }
    return states;
  }

  SplittableRandom random(long call) {
    return new SplittableRandom(seed * 1_000_003 + call);
  }

  static float[][] rows(SplittableRandom random, int rows, int columns) {
    float[][] all = new float[rows][columns];
    for (float[] row : all) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextDouble(-1, 1);
      }
    }
    return all;
  }

  /** Steps and their halves, replaced values and cleared slots; turnover, eviction, freshening. */
  static final class OfNetwork extends Workload<MemoryNetwork<Matrix>> {

    static final int OBSERVATION = 5;
    static final int VALUE = 3;

    final ReferenceTensors tensors = new ReferenceTensors();

    OfNetwork(long seed) {
      super(seed);
    }

    MemoryNetworkBuilder<Matrix> builder() {
      MemoryNetworkBuilder<Matrix> builder =
          MemoryNetwork.builder(tensors)
              .embedder("mlp", OBSERVATION, 3)
              .hidden(4)
              .capacity(9)
              .valueSize(VALUE)
              .settings(LearningSettings.regression())
              .eviction(seed % 2 == 0 ? "fifo" : "reservoir")
              .seed(seed);
      return switch ((int) (seed % 4)) {
        case 0 -> builder.assigner("exact-reinstatement", "stored").refresher("round-robin");
        case 1 -> builder.assigner("synthetic-gradient");
        case 2 -> builder.assigner("approximate-reinstatement", "stored").refresher("drift");
        default -> builder.assigner("none");
      };
    }

    @Override
    DurableNetwork<MemoryNetwork<Matrix>> open(Path folder, Durability durability)
        throws IOException {
      return DurableNetwork.open(folder, durability, builder());
    }

    @Override
    MemoryNetwork<Matrix> plain() {
      return builder().build();
    }

    @Override
    void call(MemoryNetwork<Matrix> network, long number) {
      SplittableRandom random = random(number);
      int kind = random.nextInt(8);
      Slots slots = network.memory().size() == 0 ? null : network.memory().occupied();
      int rows = 1 + random.nextInt(4);
      try (Scope<Matrix> scope = tensors.newScope()) {
        Matrix observations = matrix(scope, random, rows, OBSERVATION);
        Matrix values = matrix(scope, random, rows, VALUE);
        if (slots == null || kind < 4) {
          network.step(observations, values);
        } else if (kind == 4) {
          network.learn(observations, values);
        } else if (kind == 5) {
          network.remember(observations, values);
        } else {
          Slots one = Slots.of(slots.get(random.nextInt(slots.count())));
          if (kind == 6) {
            network.replaceValues(one, tensors.rowRange(values, 0, 1));
          } else {
            network.clear(one);
          }
        }
      }
    }

    private Matrix matrix(Scope<Matrix> scope, SplittableRandom random, int rows, int columns) {
      Matrix matrix = scope.zeros(rows, columns);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          tensors.set(matrix, i, j, random.nextDouble(-1, 1)); // more bits than a float has
        }
      }
      return matrix;
    }

    @Override
    void save(MemoryNetwork<Matrix> network, Path path) throws IOException {
      network.save(path);
    }
  }

  /** Batches of several steps, with new labels now and then. */
  static final class OfClassifier extends Workload<MemoryClassifier> {

    OfClassifier(long seed) {
      super(seed);
    }

    private MemoryClassifier.Builder builder() {
      return MemoryClassifier.builder()
          .backend("reference", 1)
          .embedder("mlp", 4)
          .capacity(12)
          .maximumLabels(30)
          .option("batch-size", "3")
          .seed((int) seed);
    }

    @Override
    DurableNetwork<MemoryClassifier> open(Path folder, Durability durability) throws IOException {
      return DurableNetwork.open(folder, durability, builder());
    }

    @Override
    MemoryClassifier plain() {
      return builder().build();
    }

    @Override
    void call(MemoryClassifier network, long number) {
      SplittableRandom random = random(number);
      float[][] rows = rows(random, 1 + random.nextInt(8), 4);
      String[] labels = new String[rows.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = "l\u00e4bel " + random.nextInt(1 + (int) number);
      }
      network.partialFit(rows, labels);
    }

    @Override
    void save(MemoryClassifier network, Path path) throws IOException {
      network.save(path);
    }
  }

  /** The same with targets. */
  static final class OfRegressor extends Workload<MemoryRegressor> {

    OfRegressor(long seed) {
      super(seed);
    }

    private MemoryRegressor.Builder builder() {
      return MemoryRegressor.builder()
          .backend("reference", 1)
          .embedder("mlp", 4)
          .capacity(12)
          .imputeMissing()
          .option("batch-size", "3")
          .seed((int) seed);
    }

    @Override
    DurableNetwork<MemoryRegressor> open(Path folder, Durability durability) throws IOException {
      return DurableNetwork.open(folder, durability, builder());
    }

    @Override
    MemoryRegressor plain() {
      return builder().build();
    }

    @Override
    void call(MemoryRegressor network, long number) {
      SplittableRandom random = random(number);
      int count = 1 + random.nextInt(8);
      float[][] rows = rows(random, count, 4);
      if (number > 1) {
        rows[0][1] = Float.NaN;
      }
      network.partialFit(rows, rows(random, count, 2));
    }

    @Override
    void save(MemoryRegressor network, Path path) throws IOException {
      network.save(path);
    }
  }
}
