package io.nnem.experiments.run;

import io.nnem.core.Embedder;
import io.nnem.core.Tensors;
import io.nnem.credit.Freshener;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.freshening.DriftTimesReads;
import io.nnem.credit.freshening.KeyTransport;
import io.nnem.credit.freshening.ReembeddingFreshener;
import io.nnem.credit.freshening.RoundRobin;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.memory.MemoryStore;
import java.util.function.Supplier;

/** Makes what freshens keys, as a configuration says. */
record Fresheners<T>(Tensors<T> tensors, ExperimentConfig config) {

  /** Whether any is to be made. */
  boolean any() {
    return !config.freshening().equals("none");
  }

  /**
   * The one that the configuration names.
   *
   * @param another gives a further embedder of the same architecture
   * @param source where observations come back from
   * @param owner closes what is made
   */
  Freshener<T> create(
      Embedder<T> embedder,
      Supplier<Embedder<T>> another,
      MemoryStore<T> memory,
      Reinstatement<T> source,
      Owned owner) {
    int budget = config.fresheningBudget();
    Freshener<T> made =
        switch (config.freshening()) {
          case "transport" ->
              new KeyTransport<>(
                  tensors,
                  embedder,
                  owner.own(another.get()),
                  memory,
                  source,
                  config.transportEvery());
          case "drift" ->
              new ReembeddingFreshener<>(
                  tensors,
                  embedder,
                  memory,
                  source,
                  new DriftTimesReads(config.capacity()),
                  budget);
          default ->
              new ReembeddingFreshener<>(
                  tensors, embedder, memory, source, new RoundRobin(), budget);
        };
    return owner.own(made);
  }
}
