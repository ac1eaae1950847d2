package io.nnem.bench.nd4j;

import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.Shape;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Readings in plain ND4J. */
final class Nd4jRead implements Task {

  private final INDArray queries;
  private final INDArray keys;
  private final INDArray values;
  private INDArray answers;

  Nd4jRead(MemoryProblem problem) {
    queries = Nd4jNetwork.matrix(problem.queries(), problem.keySize());
    keys = Nd4jNetwork.matrix(problem.keys(), problem.keySize());
    values = Nd4jNetwork.matrix(problem.values(), Shape.CLASSES);
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      answers = new Nd4jReading(queries, keys, values).answers();
    }
    return System.nanoTime() - start;
  }

  @Override
  public Outcome outcome() {
    return new Outcome(Map.of("answers", answers.dup('c').data().asFloat()));
  }

  @Override
  public void close() {}
}
