package io.nnem.bench.nd4j;

import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.Shape;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;

/** Writes in plain ND4J. */
final class Nd4jWrite implements Task {

  private final MemoryProblem problem;
  private final INDArray newKeys;
  private final INDArray newValues;
  private final INDArray keys;
  private final INDArray values;
  private long steps;

  Nd4jWrite(MemoryProblem problem) {
    this.problem = problem;
    newKeys = Nd4jNetwork.matrix(problem.queries(), problem.keySize());
    newValues = Nd4jNetwork.matrix(problem.queryValues(), Shape.CLASSES);
    keys = Nd4jNetwork.matrix(problem.keys(), problem.keySize());
    values = Nd4jNetwork.matrix(problem.values(), Shape.CLASSES);
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      INDArrayIndex[] rows = Nd4jStep.rows(steps++, problem.batch(), problem.capacity());
      keys.put(rows, newKeys);
      values.put(rows, newValues);
    }
    return System.nanoTime() - start;
  }

  @Override
  public Outcome outcome() {
    return new Outcome(
        Map.of("keys", keys.dup('c').data().asFloat(), "values", values.dup('c').data().asFloat()));
  }

  @Override
  public void close() {}
}
