package io.nnem.memory;

import io.nnem.core.GrowingRows;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A memory of plain numbers: keys of two elements, values of three classes. */
final class Plain {

  static final int CLASSES = 3;

  final Tensors<Matrix> tensors = new ReferenceTensors();
  final Memory<Matrix> memory;
  EvictionPolicy<Matrix> policy;
  private final GrowingRows<Matrix> keys = new GrowingRows<>(tensors, 2);
  private final GrowingRows<Matrix> values = new GrowingRows<>(tensors, CLASSES);

  Plain(int capacity, Function<EvictionContext<Matrix>, EvictionPolicy<Matrix>> make) {
    this(capacity, 1, Map.of(), make);
  }

  Plain(
      int capacity,
      long seed,
      Map<String, String> options,
      Function<EvictionContext<Matrix>, EvictionPolicy<Matrix>> make) {
    memory =
        Memory.create(
            tensors,
            new FixedCapacityStore<>(
                new MemoryStoreContext<>(tensors, capacity, 2, CLASSES, Options.none())),
            its -> {
              policy =
                  make.apply(
                      new EvictionContext<>(
                          tensors,
                          its,
                          Optional.of(this::uncertainty),
                          seed,
                          new Options(options)));
              return policy;
            });
  }

  /** That of a key is its second element. */
  private double[] uncertainty(Matrix rows) {
    double[] each = new double[tensors.rows(rows)];
    Arrays.setAll(each, i -> tensors.get(rows, i, 1));
    return each;
  }

  Matrix rows(int columns, double... elements) {
    Matrix rows = tensors.newScope().zeros(elements.length / columns, columns);
    tensors.copyIn(elements, rows);
    return rows;
  }

  Matrix oneHot(int... classes) {
    double[] elements = new double[classes.length * CLASSES];
    for (int i = 0; i < classes.length; i++) {
      elements[i * CLASSES + classes[i]] = 1;
    }
    return rows(CLASSES, elements);
  }

  /** Memories of class 0 with keys (1, 0). */
  Slots writeAlike(int count) {
    double[] elements = new double[2 * count];
    for (int i = 0; i < count; i++) {
      elements[2 * i] = 1;
    }
    return memory.write(rows(2, elements), oneHot(new int[count]), 0);
  }

  Slots write(int... classes) {
    double[] elements = new double[2 * classes.length];
    Arrays.fill(elements, 1);
    return memory.write(rows(2, elements), oneHot(classes), 0);
  }

  /** Memories whose keys are as uncertain as this. */
  Slots writeUncertain(double... uncertainty) {
    double[] elements = new double[2 * uncertainty.length];
    for (int i = 0; i < uncertainty.length; i++) {
      elements[2 * i + 1] = uncertainty[i];
    }
    return memory.write(rows(2, elements), oneHot(new int[uncertainty.length]), 0);
  }

  Slots evict(int count) {
    return policy.evict(count, rows(2, new double[2 * count]), oneHot(new int[count]));
  }

  void read(Slots slots, double... weights) {
    memory.read(slots, rows(1, weights));
  }

  double[] keys(Slots slots) {
    return elements(memory.keys(slots, keys));
  }

  double[] values(Slots slots) {
    return elements(memory.values(slots, values));
  }

  private double[] elements(Matrix matrix) {
    double[] elements = new double[tensors.rows(matrix) * tensors.columns(matrix)];
    tensors.copyOut(matrix, elements);
    return elements;
  }
}
