package io.nnem.bench.nnem;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Network;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.LearnerSettings;
import io.nnem.credit.MemoryLearner;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.retention.FirstInFirstOut;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Training steps by {@link MemoryLearner}.
 *
 * @param <T> the matrix type
 */
public final class NnemStep<T> implements Task {

  /** Memories written at once while the memory is filled. */
  private static final int FILL = 512;

  private final Tensors<T> tensors;
  private final StepProblem problem;
  private final Scope<T> scope;
  private final Embedder<T> embedder;
  private final MemoryStore<T> memory;
  private final Optional<Decoder<T>> decoder;
  private final Optional<Reinstatement<T>> reinstatement;
  private final CreditAssigner<T> assigner;
  private final MemoryLearner<T> learner;
  private final List<T> batches = new ArrayList<>();
  private final List<T> values = new ArrayList<>();
  private final List<Float> losses = new ArrayList<>();
  private long steps;

  /**
   * Builds everything and fills the memory.
   *
   * @param tensors the back end
   * @param problem where to start from
   */
  public NnemStep(Tensors<T> tensors, StepProblem problem) {
    this.tensors = tensors;
    this.problem = problem;
    this.scope = tensors.newScope();
    Shape shape = problem.work().sizes();
    Condition condition = problem.work().condition();
    this.embedder =
        NetworkEmbedder.perceptron(
            new EmbedderContext<>(
                tensors,
                RowShape.flat(shape.observationSize()),
                shape.embeddingSize(),
                List.of(shape.hidden()),
                OptimiserSettings.adam(StepProblem.EMBEDDER_RATE),
                StepProblem.SEED,
                Options.none()));
    this.memory =
        new FixedCapacityStore<>(
            tensors,
            shape.capacity(),
            shape.embeddingSize(),
            Shape.CLASSES,
            new FirstInFirstOut(shape.capacity()));
    this.decoder = condition.decodes() ? Optional.of(decoder(shape)) : Optional.empty();
    this.reinstatement =
        condition.reinstatement().isEmpty()
            ? Optional.empty()
            : Optional.of(
                Plugins.load(ReinstatementProvider.class)
                    .get(condition.reinstatement())
                    .create(
                        new ReinstatementContext<>(
                            tensors,
                            shape.capacity(),
                            shape.observationSize(),
                            decoder,
                            Options.none())));
    this.assigner =
        Plugins.load(CreditAssignerProvider.class)
            .get(condition.assigner())
            .create(
                new CreditContext<>(
                    tensors, embedder, memory, reinstatement, StepProblem.SEED, Options.none()));
    fill(shape);
    this.learner =
        new MemoryLearner<>(
            tensors,
            embedder,
            memory,
            assigner,
            decoder.orElse(null),
            LearnerSettings.classification(0));
    for (int i = 0; i < StepProblem.BATCHES; i++) {
      batches.add(matrix(problem.batch(i), shape.batch(), shape.observationSize()));
      values.add(matrix(problem.batchValues(i), shape.batch(), Shape.CLASSES));
    }
  }

  private Decoder<T> decoder(Shape shape) {
    Decoder<T> created =
        new PerceptronDecoder<>(
            new DecoderContext<>(
                tensors,
                shape.embeddingSize(),
                shape.observationSize(),
                List.of(shape.hidden()),
                Activation.SIGMOID,
                Loss.BINARY_CROSS_ENTROPY,
                OptimiserSettings.adam(StepProblem.OTHER_RATE),
                StepProblem.SEED,
                Options.none()));
    set(problem.decoder(), created.parameters());
    return created;
  }

  /** The memory as an earlier embedder wrote it; after that the embedder is today's. */
  private void fill(Shape shape) {
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
        assigner.written(
            memory.write(pass.output(), tensors.rowRange(all, from, to), embedder.version()), pass);
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
      double loss = learner.step(batches.get(batch), values.get(batch)).loss();
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
    long row = (long) memory.keySize() + memory.valueSize();
    return memory.capacity() * row * tensors.elementBytes() + assigner.retainedBytes();
  }

  @Override
  public Outcome outcome() {
    Map<String, float[]> values = new HashMap<>();
    float[] all = new float[losses.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = losses.get(i);
    }
    values.put(Outcome.LOSS, all);
    values.put("embedder's update", problem.embedder().updates(get(embedder.parameters())));
    decoder.ifPresent(
        learned ->
            values.put("decoder's update", problem.decoder().updates(get(learned.parameters()))));
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
    learner.close();
    assigner.close();
    reinstatement.ifPresent(Reinstatement::close);
    decoder.ifPresent(Decoder::close);
    memory.close();
    embedder.close();
    scope.close();
  }
}
