package io.nnem.experiments.run;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.Uncertain;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.credit.ScoredMemory;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.Optional;

/** Makes empty memories. */
record Memories<T>(
    Tensors<T> tensors, Catalogue catalogue, ExperimentConfig config, long seed, Options options) {

  /** Whether the retention policy must be told how certain a decoder is of each memory. */
  boolean scored() {
    return retention().ask(RetentionProvider::needsScores);
  }

  private PluginGuard<RetentionProvider> retention() {
    return PluginGuard.of(catalogue.retentions(), config.retention());
  }

  /** A memory that is scored by the decoder if its retention policy goes by that. */
  MemoryStore<T> memory(int valueSize, Optional<Decoder<T>> decoder) {
    RetentionContext context = new RetentionContext(config.capacity(), seed, options);
    Retention retention = retention().ask(provider -> provider.create(context));
    MemoryStore<T> memory =
        new FixedCapacityStore<>(
            tensors, config.capacity(), config.embeddingSize(), valueSize, retention);
    return scored() ? scored(memory, decoder) : memory;
  }

  private MemoryStore<T> scored(MemoryStore<T> memory, Optional<Decoder<T>> decoder) {
    int budget = options.integer("score-budget", config.batch());
    if (decoder.isPresent() && decoder.get() instanceof Uncertain<?>) {
      @SuppressWarnings("unchecked") // a decoder on T is uncertain of T
      Uncertain<T> uncertain = (Uncertain<T>) decoder.get();
      return new ScoredMemory<>(tensors, memory, uncertain, budget);
    }
    memory.close();
    throw new IllegalStateException(
        "The retention policy "
            + config.retention()
            + " needs a decoder that says how uncertain it is, but decoder "
            + config.decoder()
            + " does not.");
  }
}
