package io.nnem.experiments.run;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.Freshener;
import io.nnem.credit.MemoryLearner;
import io.nnem.credit.Reinstatement;
import io.nnem.experiments.config.Condition;
import io.nnem.memory.MemoryStore;
import java.util.List;
import java.util.Optional;

/** A memory network and its learner, put together for one condition. */
final class Model<T> implements AutoCloseable {
  private final Owned parts = new Owned();
  private final CreditAssigner<T> assigner;
  private final MemoryLearner<T> learner;

  Model(Tensors<T> tensors, Assembly<T> assembly, Condition condition) {
    Embedder<T> embedder = parts.own(assembly.embedder());
    MemoryStore<T> memory = parts.own(assembly.memory());
    Optional<Decoder<T>> decoder = Optional.empty();
    if (assembly.needsDecoder(List.of(condition))) {
      decoder = Optional.of(parts.own(assembly.decoder()));
    }
    Optional<Reinstatement<T>> reinstatement = assembly.reinstatement(condition, decoder);
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
                decoder.orElse(null),
                assembly.learnerSettings(),
                freshener.orElse(null)));
  }

  MemoryLearner<T> learner() {
    return learner;
  }

  /** What the assigner keeps for each memory beside key and value. */
  long retainedBytesPerMemory(int capacity) {
    return assigner.retainedBytes() / capacity;
  }

  @Override
  public void close() {
    parts.close();
  }
}
