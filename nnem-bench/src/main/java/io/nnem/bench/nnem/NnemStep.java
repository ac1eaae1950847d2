package io.nnem.bench.nnem;

import io.nnem.autoencoder.Decoder;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Network;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Training steps by {@link MemoryNetwork}.
 *
 * @param <T> the matrix type
 */
public final class NnemStep<T> implements Task {

  /** Memories written at once while the memory is filled. */
  private static final int FILL = 512;

  private final Tensors<T> tensors;
  private final StepProblem problem;
  private final Scope<T> scope;
  private final MemoryNetwork<T> network;
  private final List<T> batches = new ArrayList<>();
  private final List<T> values = new ArrayList<>();
  private final List<Float> losses = new ArrayList<>();
  private long steps;

  /**
   * Builds the network and fills its memory.
   *
   * @param tensors the back end
   * @param problem where to start from
   */
  public NnemStep(Tensors<T> tensors, StepProblem problem) {
    this.tensors = tensors;
    this.problem = problem;
    this.scope = tensors.newScope();
    Shape shape = problem.work().sizes();
    this.network = network(shape, problem.work().condition());
    network.decoder().map(Decoder::parameters).ifPresent(them -> set(problem.decoder(), them));
    fill(shape);
    for (int i = 0; i < StepProblem.BATCHES; i++) {
      batches.add(matrix(problem.batch(i), shape.batch(), shape.observationSize()));
      values.add(matrix(problem.batchValues(i), shape.batch(), Shape.CLASSES));
    }
  }

  private MemoryNetwork<T> network(Shape shape, Condition condition) {
    MemoryNetworkBuilder<T> builder =
        MemoryNetwork.builder(tensors)
            .embedder("mlp", shape.observationSize(), shape.embeddingSize())
            .hidden(shape.hidden())
            .optimiser(OptimiserSettings.adam(StepProblem.EMBEDDER_RATE))
            .capacity(shape.capacity())
            .valueSize(Shape.CLASSES)
            .assigner(condition.assigner())
            .settings(LearningSettings.paper(0))
            .seed(StepProblem.SEED);
    if (!condition.reinstatement().isEmpty()) {
      builder.reinstatement(condition.reinstatement());
    }
    if (condition.decodes()) {
      OptimiserSettings adam = OptimiserSettings.adam(StepProblem.OTHER_RATE);
      builder
          .decoder("autoencoder")
          .decoderNetwork(
              List.of(shape.hidden()), Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, adam);
    }
    return builder.build();
  }

  /**
   * The memory as an earlier embedder wrote it; after that the embedder is today's. It is written
   * past the network, whose decoder would learn from what it remembers.
   */
  private void fill(Shape shape) {
    Embedder<T> embedder = network.embedder();
    Memory<T> memory = network.memory();
    set(problem.writer(), embedder.parameters());
    int rows = Math.min(FILL, shape.capacity());
    try (Scope<T> own = tensors.newScope();
        ForwardPass<T> pass = embedder.newPass(rows)) {
      T observations = own.zeros(shape.capacity(), shape.observationSize());
      T all = own.zeros(shape.capacity(), Shape.CLASSES);
      tensors.copyIn(problem.memories(), observations);
      tensors.copyIn(problem.memoryValues(), all);
      for (int from = 0; from < shape.capacity(); from += rows) {
        int to = Math.min(from + rows, shape.capacity());
        embedder.forward(tensors.rowRange(observations, from, to), pass);
        memory.write(NewKeys.of(pass), tensors.rowRange(all, from, to), embedder.version());
      }
    }
    set(problem.embedder(), embedder.parameters());
  }

  private void set(Network network, List<Parameter<T>> parameters) {
    for (int i = 0; i < parameters.size(); i++) {
      tensors.copyIn(network.parameters().get(i), parameters.get(i).value());
    }
  }

  private T matrix(float[] floats, int rows, int columns) {
    T matrix = scope.zeros(rows, columns);
    tensors.copyIn(floats, matrix);
    return matrix;
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      int batch = (int) (steps++ % StepProblem.BATCHES);
      double loss = network.step(batches.get(batch), values.get(batch)).loss();
      if (losses.size() < StepProblem.BATCHES) {
        losses.add((float) loss);
      }
    }
    return System.nanoTime() - start;
  }

  /**
   * Bytes of the memory: keys, values and what the assigner retains beside them.
   *
   * @return the bytes
   */
  public long memoryBytes() {
    Memory<T> memory = network.memory();
    return memory.capacity() * memory.bytesPerSlot() + network.retainedBytes();
  }

  @Override
  public Outcome outcome() {
    Map<String, float[]> values = new HashMap<>();
    float[] all = new float[losses.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = losses.get(i);
    }
    values.put(Outcome.LOSS, all);
    values.put(
        "embedder's update", problem.embedder().updates(get(network.embedder().parameters())));
    network
        .decoder()
        .ifPresent(
            learned ->
                values.put(
                    "decoder's update", problem.decoder().updates(get(learned.parameters()))));
    return new Outcome(values);
  }

  private List<float[]> get(List<Parameter<T>> parameters) {
    List<float[]> result = new ArrayList<>();
    for (Parameter<T> parameter : parameters) {
      float[] floats =
          new float[tensors.rows(parameter.value()) * tensors.columns(parameter.value())];
      tensors.copyOut(parameter.value(), floats);
      result.add(floats);
    }
    return result;
  }

  @Override
  public void close() {
    network.close();
    scope.close();
  }
}
