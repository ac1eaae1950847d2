package io.nnem.memory.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.GrowingRows;
import io.nnem.core.Options;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.core.state.StateFile;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.Memory;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.NewKeys;
import io.nnem.memory.RecallContext;
import io.nnem.memory.Slots;
import io.nnem.memory.eviction.FirstInFirstOut;
import io.nnem.memory.store.FixedCapacityStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Partitions against the exact scan, in random operations; how many is {@code
 * -Dnnem.partition.operations=NUMBER}.
 */
class PartitionedTest {

  private static final int OPERATIONS = Integer.getInteger("nnem.partition.operations", 3_000);
  private static final int K = 5;

  @TempDir Path folder;

  /** A memory and its recall. */
  private static final class Tested implements AutoCloseable {
    final ReferenceTensors tensors = new ReferenceTensors();
    final int keySize;
    final Memory<Matrix> memory;
    final RecallPartitioned<Matrix> recall;
    final RecallNearest<Matrix> exact;

    Tested(int capacity, int keySize, int k, double target) {
      this.keySize = keySize;
      memory =
          Memory.create(
              tensors,
              new FixedCapacityStore<>(
                  new MemoryStoreContext<>(tensors, capacity, keySize, 1, Options.none())),
              its ->
                  new FirstInFirstOut<>(
                      new EvictionContext<>(tensors, its, Optional.empty(), 1, Options.none())));
      RecallContext<Matrix> context = new RecallContext<>(tensors, memory, 3, Options.none());
      recall = new RecallPartitioned<>(context, k, target);
      exact = new RecallNearest<>(context, k);
      memory.addListener(recall);
    }

    Matrix rows(int columns, double... elements) {
      Matrix rows = tensors.newScope().zeros(elements.length / columns, columns);
      tensors.copyIn(elements, rows);
      return rows;
    }

    Slots write(double... keys) {
      int count = keys.length / keySize;
      return memory.write(rows(keySize, keys), rows(1, new double[count]), 0);
    }

    void save(Path file) throws IOException {
      StateFile.save(file, Map.of(), new Both(this));
    }

    @Override
    public void close() {
      recall.close();
      exact.close();
      memory.close();
    }
  }

  /** Memory and recall in one file. */
  private record Both(Tested tested) implements Stateful {
    @Override
    public void save(StateWriter out) {
      out.part("memory", tested.memory);
      out.part("recall", tested.recall);
    }

    @Override
    public void load(StateReader in) {
      in.part("memory", tested.memory);
      in.part("recall", tested.recall);
    }
  }

  /** Keys around some directions; now and then the same ones, or of no length. */
  private static double[] keys(SplittableRandom random, int count, int size, double time) {
    double[] keys = new double[count * size];
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(12);
      double length = kind == 0 ? 0 : Math.exp(random.nextDouble(-3, 3));
      for (int j = 0; j < size; j++) {
        double noise = kind == 1 ? 0 : random.nextDouble(-.3, .3);
        keys[i * size + j] = length * (Math.sin(kind * (j + 1) + time * (j + 1)) + noise);
      }
    }
    return keys;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 300})
  void randomOperations_leaveEachMemoryInOneCell_andAllCellsFindWhatTheExactScanFinds(int capacity)
      throws IOException {
    SplittableRandom random = new SplittableRandom(23 + capacity);
    Tested tested = new Tested(capacity, 3, K, 0.9);
    for (int i = 0; i < OPERATIONS; i++) {
      int what = random.nextInt(40);
      int size = tested.memory.size();
      if (what < 25 || size == 0) {
        int count = 1 + random.nextInt(Math.min(capacity, what == 0 ? capacity : 8));
        tested.write(keys(random, count, 3, i * 1e-3));
      } else if (what < 34) {
        Slots some = some(random, tested.memory, what == 25 ? size : Math.min(size, 6));
        Matrix moved = tested.rows(3, keys(random, some.count(), 3, i * 1e-3));
        tested.memory.replaceKeys(some, NewKeys.of(moved));
      } else if (what < 38) {
        tested.memory.clear(some(random, tested.memory, what == 34 ? size : Math.min(size, 9)));
      } else if (what == 38 && i % 8 == 0) {
        Path file = folder.resolve("state");
        tested.save(file);
        Tested loaded = new Tested(capacity, 3, K, 0.9);
        loaded.write(keys(random, 1 + random.nextInt(capacity), 3, 0));
        try (StateFile state = StateFile.open(file)) {
          state.load(new Both(loaded), false);
        }
        tested.close();
        tested = loaded;
      }
      if (i < 3_000 || i % 101 == 0) {
        check(tested, random, i);
      }
    }
    tested.close();
  }

  private static Slots some(SplittableRandom random, Memory<Matrix> memory, int most) {
    Slots all = memory.occupied();
    int count = most == all.count() ? most : 1 + random.nextInt(most);
    int from = random.nextInt(all.count() - count + 1);
    int step = 1 + random.nextInt((all.count() - from - 1) / count + 1);
    return all.at(
        IntStream.range(0, count).map(i -> from + i * step).filter(i -> i < all.count()).toArray());
  }

  private static void check(Tested tested, SplittableRandom random, int operation) {
    Cells cells = tested.recall.cells();
    int members = 0;
    for (int cell = 0; cell < cells.count(); cell++) {
      assertThat(cells.size(cell)).as("size of cell %d", cell).isPositive();
      members += cells.size(cell);
      for (int slot : cells.slots(cell)) {
        assertThat(tested.memory.holds(slot)).as("slot %d after %d", slot, operation).isTrue();
        assertThat(cells.of(slot)).isEqualTo(cell);
      }
    }
    assertCodesFollowKeys(tested);
    assertThat(members).as("memories in cells").isEqualTo(tested.memory.size());
    if (members == 0) {
      return;
    }
    assertThat(cells.count()).isLessThanOrEqualTo(members);
    Matrix queries = tested.rows(3, keys(random, 1 + operation % 3, 3, operation * 1e-3));
    Slots exact = tested.exact.recall(queries);
    assertThat(tested.recall.near(queries, cells.count(), members))
        .as("found in all cells after operation %d", operation)
        .isEqualTo(exact);
    Slots found = tested.recall.recall(queries);
    assertThat(found.count()).isBetween(1, Math.min(members, (1 + operation % 3) * K));
  }

  private static void assertCodesFollowKeys(Tested tested) {
    Cells cells = tested.recall.cells();
    int size = tested.keySize;
    double[] key = new double[size];
    try (GrowingRows<Matrix> room = new GrowingRows<>(tested.tensors, size)) {
      for (int cell = 0; cell < cells.count(); cell++) {
        for (int i = 0; i < cells.size(cell); i++) {
          tested.tensors.copyOut(tested.memory.keys(Slots.of(cells.slot(cell, i)), room), key);
          double largest = Arrays.stream(key).map(Math::abs).max().orElseThrow();
          for (int j = 0; j < size; j++) {
            double expected = largest == 0 ? 0 : 127 * key[j] / largest;
            assertThat((double) cells.codes()[cell][i * size + j])
                .as("code of slot %d", cells.slot(cell, i))
                .isBetween(expected - 0.51, expected + 0.51);
          }
        }
      }
    }
  }

  /** Directions in eight dimensions that turn, in twelve clusters, of which one comes, one goes. */
  private static double[] drifting(SplittableRandom random, int count, double time) {
    double[] keys = new double[count * 8];
    for (int i = 0; i < count; i++) {
      int cluster = (int) (time * 3) + random.nextInt(12);
      double a = random.nextDouble(-1, 1);
      double b = random.nextDouble(-1, 1);
      for (int j = 0; j < 8; j++) {
        double centre = Math.sin(cluster * 7 + j * (cluster % 5 + 1) + time * (j % 3));
        double spread = a * Math.cos(3 * j + cluster) + b * Math.sin(5 * j + cluster);
        keys[i * 8 + j] = centre + .5 * spread + random.nextDouble(-.1, .1);
      }
    }
    return keys;
  }

  @Test
  void asMuchIsRecalled_asIsWanted_whileKeysDrift() {
    SplittableRandom random = new SplittableRandom(31);
    try (Tested tested = new Tested(2_000, 8, 32, 0.9)) {
      double found = 0;
      double cells = 0;
      int queries = 0;
      for (int i = 0; i < 400; i++) {
        double time = i / 200.0;
        tested.write(drifting(random, 16, time));
        if (i >= 125 && i % 4 == 0) { // full
          Matrix query = tested.rows(8, drifting(random, 1, time));
          RecallPartitioned.Measured measured = tested.recall.measured();
          cells += (double) measured.probes() / measured.cells();
          int[] exact = tested.exact.recall(query).toArray();
          int[] near = tested.recall.near(query, measured.probes(), 72).toArray();
          found +=
              Arrays.stream(exact).filter(slot -> Arrays.binarySearch(near, slot) >= 0).count()
                  / 32.0;
          queries++;
        }
      }
      assertThat(found / queries).as("recall of %d queries", queries).isBetween(0.88, 0.98);
      assertThat(cells / queries).as("share of the cells that were scanned").isLessThan(0.35);
    }
  }

  @Test
  void cellsAreAsMany_asTwiceTheRoot_whenMemoriesComeAndGo() {
    SplittableRandom random = new SplittableRandom(37);
    try (Tested tested = new Tested(3_000, 8, K, 0.9)) {
      for (int i = 0; i < 60; i++) {
        tested.write(drifting(random, 50, 0));
      }
      assertThat(tested.recall.measured().cells()).isBetween(60, 160); // 110 is twice the root
      Slots all = tested.memory.occupied();
      tested.memory.clear(all.part(0, 2_700));
      for (int i = 0; i < 20; i++) {
        tested.memory.clear(tested.memory.occupied().part(0, 1));
        tested.write(drifting(random, 1, 0));
      }
      assertThat(tested.recall.measured().cells()).isBetween(20, 60); // 35
    }
  }

  @Test
  void nothingIsKnown_untilSomethingIsMeasured_andWhenAllIsCleared() {
    SplittableRandom random = new SplittableRandom(41);
    try (Tested tested = new Tested(500, 8, K, 0.9)) {
      tested.write(drifting(random, 1, 0));
      assertThat(tested.recall.measured()).isEqualTo(new RecallPartitioned.Measured(1, 1, 1));
      for (int i = 0; i < 40; i++) {
        tested.write(drifting(random, 12, 0));
      }
      RecallPartitioned.Measured measured = tested.recall.measured();
      assertThat(measured.recall()).isBetween(0.9, 0.99);
      assertThat(measured.probes()).isLessThan(measured.cells());
      tested.memory.clear(tested.memory.occupied());
      assertThat(tested.recall.measured()).isEqualTo(new RecallPartitioned.Measured(1, 0, 0));
      tested.write(drifting(random, 1, 0));
      assertThat(tested.recall.measured().cells()).isEqualTo(1);
    }
  }

  @Test
  void moreThanThereAre_areAllThatThereAre() {
    SplittableRandom random = new SplittableRandom(47);
    try (Tested tested = new Tested(200, 8, Integer.MAX_VALUE, 0.9)) {
      for (int i = 0; i < 60; i++) {
        tested.write(drifting(random, 4, 0));
        Matrix queries = tested.rows(8, drifting(random, 2, 0));
        Slots all = tested.memory.occupied();
        int cells = tested.recall.measured().cells();
        assertThat(tested.recall.near(queries, cells, all.count())).isEqualTo(all);
        assertThat(tested.recall.recall(queries).count()).isBetween(1, all.count());
      }
    }
  }

  @Test
  void targetsOutside_areRefused() {
    for (double target : new double[] {0, -1, 1.01, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Tested(5, 2, 1, target))
          .withMessageContaining("above 0 and at most 1, but is " + target);
    }
  }

  @Test
  void aStateOfAnotherMemory_isRefused() throws IOException {
    SplittableRandom random = new SplittableRandom(43);
    Path file = folder.resolve("other");
    try (Tested tested = new Tested(30, 3, K, 0.9);
        Tested other = new Tested(30, 3, K, 0.9);
        GrowingRows<Matrix> room = new GrowingRows<>(tested.tensors, 3)) {
      tested.write(keys(random, 20, 3, 0));
      StateFile.save(file, Map.of(), tested.recall);
      other.write(keys(random, 21, 3, 0));
      try (StateFile state = StateFile.open(file)) {
        assertThatThrownBy(() -> state.load(other.recall, false))
            .isInstanceOf(StateException.class)
            .hasMessageContaining("The memory in slot 20 is in no cell.");
      }
      assertThat(tested.memory.keys(Slots.of(0), room)).isNotNull();
    }
  }
}
