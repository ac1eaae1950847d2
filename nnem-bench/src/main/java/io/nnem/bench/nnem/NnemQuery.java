package io.nnem.bench.nnem;

import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Queries by {@link MemoryNetwork#read}. The embedder is still the one that wrote the memory, so
 * that keys that are reinstated are those that are stored, and all answers must agree.
 */
final class NnemQuery<T> implements Task {

  /** Memories written at once while the memory is filled. */
  private static final int FILL = 500;

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final MemoryNetwork<T> network;
  private final T queries;
  private final List<T> answers = new ArrayList<>();
  private final ExecutorService callers;

  /**
   * Builds the network and fills its memory.
   *
   * @param tensors the back end
   * @param condition what gives the keys
   * @param callers threads that ask at once, each the whole batch
   * @param problem sizes, memories and queries
   */
  NnemQuery(Tensors<T> tensors, Condition condition, int callers, StepProblem problem) {
    this.tensors = tensors;
    this.scope = tensors.newScope();
    Shape shape = problem.work().sizes();
    this.network = network(shape, condition);
    fill(problem, shape);
    this.queries = scope.zeros(shape.batch(), shape.observationSize());
    tensors.copyIn(problem.batch(0), queries);
    for (int i = 0; i < callers; i++) {
      answers.add(scope.zeros(shape.batch(), Shape.CLASSES));
    }
    this.callers = Executors.newFixedThreadPool(callers);
  }

  private MemoryNetwork<T> network(Shape shape, Condition condition) {
    MemoryNetworkBuilder<T> builder =
        MemoryNetwork.builder(tensors)
            .embedder("mlp", shape.observationSize(), shape.embeddingSize())
            .hidden(shape.hidden())
            .capacity(shape.capacity())
            .valueSize(Shape.CLASSES)
            .assigner(condition.assigner())
            .settings(LearningSettings.paper(0))
            .seed(StepProblem.SEED);
    if (!condition.reinstatement().isEmpty()) {
      builder.reinstatement(condition.reinstatement());
    }
    return builder.build();
  }

  private void fill(StepProblem problem, Shape shape) {
    try (Scope<T> own = tensors.newScope()) {
      T observations = own.zeros(shape.capacity(), shape.observationSize());
      T values = own.zeros(shape.capacity(), Shape.CLASSES);
      tensors.copyIn(problem.memories(), observations);
      tensors.copyIn(problem.memoryValues(), values);
      for (int from = 0; from < shape.capacity(); from += FILL) {
        int to = Math.min(from + FILL, shape.capacity());
        network.remember(
            tensors.rowRange(observations, from, to), tensors.rowRange(values, from, to));
      }
    }
  }

  /** The callers share the rounds. */
  @Override
  public long run(int times) {
    long start = System.nanoTime();
    List<Callable<Object>> shares = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      int share = (times + i) / answers.size();
      T own = answers.get(i);
      shares.add(Executors.callable(() -> ask(share, own)));
    }
    try {
      for (Future<Object> share : callers.invokeAll(shares)) {
        share.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a query failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("measuring was interrupted", e);
    }
    return System.nanoTime() - start;
  }

  private void ask(int times, T out) {
    for (int i = 0; i < times; i++) {
      network.read(queries, out);
    }
  }

  @Override
  public Outcome outcome() {
    T last = answers.get(answers.size() - 1); // asked, however few the rounds were
    float[] floats = new float[tensors.rows(last) * tensors.columns(last)];
    tensors.copyOut(last, floats);
    return new Outcome(Map.of("answers", floats));
  }

  @Override
  public void close() {
    callers.shutdown();
    network.close();
    scope.close();
  }
}
