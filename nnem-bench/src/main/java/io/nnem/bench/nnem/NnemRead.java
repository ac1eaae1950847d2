package io.nnem.bench.nnem;

import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import io.nnem.core.Addressing;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.memory.Reading;
import java.util.Map;

/** Readings by {@link Reading}. */
final class NnemRead<T> implements Task {

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final Reading<T> reading;
  private final T queries;
  private final T keys;
  private final T values;
  private T answers;

  NnemRead(Tensors<T> tensors, MemoryProblem problem) {
    this.tensors = tensors;
    this.scope = tensors.newScope();
    this.reading = new Reading<>(tensors, Addressing.softmax(StepProblem.TEMPERATURE));
    this.queries = scope.zeros(problem.batch(), problem.keySize());
    this.keys = scope.zeros(problem.capacity(), problem.keySize());
    this.values = scope.zeros(problem.capacity(), Shape.CLASSES);
    tensors.copyIn(problem.queries(), queries);
    tensors.copyIn(problem.keys(), keys);
    tensors.copyIn(problem.values(), values);
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      answers = reading.read(queries, keys, values);
    }
    return System.nanoTime() - start;
  }

  @Override
  public Outcome outcome() {
    float[] floats = new float[tensors.rows(answers) * tensors.columns(answers)];
    tensors.copyOut(answers, floats);
    return new Outcome(Map.of("answers", floats));
  }

  @Override
  public void close() {
    reading.close();
    scope.close();
  }
}
