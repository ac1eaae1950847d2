package io.nnem.experiments.run;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.Freshener;
import io.nnem.credit.MemoryLearner;
import io.nnem.credit.Reinstatement;
import io.nnem.experiments.config.Condition;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import java.util.List;
import java.util.Optional;

/** A memory network and its learner, put together for one condition. */
final class Model<T> implements Trained<T> {
  private final Owned parts = new Owned();
  private final Embedder<T> embedder;
  private final Optional<Decoder<T>> decoder;
  private final MemoryStore<T> memory;
  private final CreditAssigner<T> assigner;
  private final MemoryLearner<T> learner;

  Model(Tensors<T> tensors, Assembly<T> assembly, Condition condition) {
    embedder = parts.own(assembly.embedder());
    boolean decodes = assembly.needsDecoder(List.of(condition));
    decoder = decodes ? Optional.of(parts.own(assembly.decoder())) : Optional.empty();
    memory = parts.own(assembly.memory(decoder));
    Optional<Codec<T>> codec = assembly.codec();
    codec.ifPresent(parts::own);
    Optional<Reinstatement<T>> reinstatement = assembly.reinstatement(condition, decoder, codec);
    reinstatement.ifPresent(parts::own);
    assigner = parts.own(assembly.assigner(condition, embedder, memory, reinstatement));
    Optional<Freshener<T>> freshener =
        assembly.freshener(condition, embedder, memory, reinstatement, decoder, parts);
    learner =
        parts.own(
            new MemoryLearner<>(
                tensors,
                embedder,
                memory,
                assigner,
                assembly.learning(decoder, memory, parts).orElse(null),
                assembly.learnerSettings(),
                freshener.orElse(null)));
  }

  @Override
  public Optional<Reconstruction> reconstruction(
      ReconstructionProbe<T> probe, Trial trial, int step) {
    return decoder
        .map(its -> probe.measure(step, embedder, its))
        .map(
            point ->
                new Reconstruction(
                    trial.condition().name(),
                    trial.seed(),
                    step,
                    point.split(),
                    point.loss(),
                    point.squaredError(),
                    point.elbo()));
  }

  @Override
  public List<Staleness> staleness(StalenessProbe<T> probe, Trial trial, int step) {
    return probe.measure(trial, step, embedder, memory);
  }

  @Override
  public Optional<Slots> step(T observations, T values) {
    return Optional.of(learner.step(observations, values).written());
  }

  @Override
  public void answer(T observations, T out) {
    learner.predict(observations, out);
  }

  /** What the assigner keeps. */
  @Override
  public long retainedBytesPerMemory(int capacity) {
    return assigner.retainedBytes() / capacity;
  }

  @Override
  public void close() {
    parts.close();
  }
}
