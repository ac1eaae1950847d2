package io.nnem.experiments.capacity;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.PretrainingConfig;
import java.util.List;
import java.util.Optional;

/**
 * Which exact reinstatement from stored observations a condition is held against: the one whose
 * embedder is the same and starts from the same weights, so that the way of credit is all that
 * differs.
 */
final class StoredReference {
  private static final Condition STORED = Condition.parse("exact-reinstatement/stored");

  private final ExperimentConfig config;
  private final List<Condition> stored;

  StoredReference(ExperimentConfig config) {
    this.config = config;
    this.stored =
        config.conditions().stream()
            .filter(
                condition ->
                    condition.assigner().equals(STORED.assigner())
                        && condition.reinstatement().equals(STORED.reinstatement()))
            .toList();
  }

  /**
   * The reference of a condition; if none is like it, the one without settings of its own, or the
   * first.
   */
  Optional<Condition> of(Condition condition) {
    if (stored.contains(condition)) {
      return Optional.of(condition);
    }
    List<Object> its = learning(condition);
    return stored.stream()
        .filter(candidate -> learning(candidate).equals(its))
        .findFirst()
        .or(() -> stored.stream().filter(STORED::equals).findFirst())
        .or(() -> stored.stream().findFirst());
  }

  /** What has a part in how the embedder learns, apart from credit, decoder and memory. */
  private List<Object> learning(Condition condition) {
    ExperimentConfig own = config.forCondition(condition);
    PretrainingConfig pretraining = own.pretraining();
    return List.of(
        own.network(),
        own.reading(),
        own.training().optimiser(),
        own.training().clipNorm(),
        own.training().batch(),
        pretraining.startsEmbedder()
            ? List.of(
                pretraining.pretrainSteps(),
                pretraining.pretrainBatch(),
                pretraining.pretrainLearningRate())
            : List.of());
  }
}
