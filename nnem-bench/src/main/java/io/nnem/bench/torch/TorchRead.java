package io.nnem.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.Shape;
import java.util.Map;

/** Readings in PyTorch; the keys are normalised in each, since training changes them. */
final class TorchRead implements Task {

  private final NDManager manager;
  private final NDArray queries;
  private final NDArray keys;
  private final NDArray values;

  TorchRead(NDManager parent, MemoryProblem problem) {
    manager = parent.newSubManager();
    queries = TorchMath.matrix(manager, problem.queries(), problem.keySize());
    keys = TorchMath.matrix(manager, problem.keys(), problem.keySize());
    values = TorchMath.matrix(manager, problem.values(), Shape.CLASSES);
  }

  private NDArray read(NDManager own) {
    return TorchMath.read(
        TorchMath.here(own, queries), TorchMath.here(own, keys), TorchMath.here(own, values));
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      try (NDManager own = manager.newSubManager()) {
        read(own);
      }
    }
    return System.nanoTime() - start;
  }

  @Override
  public Outcome outcome() {
    try (NDManager own = manager.newSubManager()) {
      return new Outcome(Map.of("answers", read(own).toFloatArray()));
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
