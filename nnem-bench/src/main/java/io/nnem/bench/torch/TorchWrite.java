package io.nnem.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.Shape;
import java.util.Map;

/** Writes in PyTorch: a copy into the slice whose turn it is, the shortest form there is. */
final class TorchWrite implements Task {

  private final NDManager manager;
  private final MemoryProblem problem;
  private final NDArray newKeys;
  private final NDArray newValues;
  private final NDArray keys;
  private final NDArray values;
  private long steps;

  TorchWrite(NDManager parent, MemoryProblem problem) {
    this.problem = problem;
    manager = parent.newSubManager();
    newKeys = TorchMath.matrix(manager, problem.queries(), problem.keySize());
    newValues = TorchMath.matrix(manager, problem.queryValues(), Shape.CLASSES);
    keys = TorchMath.matrix(manager, problem.keys(), problem.keySize());
    values = TorchMath.matrix(manager, problem.values(), Shape.CLASSES);
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      NDIndex rows = TorchMath.rows(steps++, problem.batch(), problem.capacity());
      keys.set(rows, newKeys);
      values.set(rows, newValues);
    }
    return System.nanoTime() - start;
  }

  @Override
  public Outcome outcome() {
    return new Outcome(Map.of("keys", keys.toFloatArray(), "values", values.toFloatArray()));
  }

  @Override
  public void close() {
    manager.close();
  }
}
