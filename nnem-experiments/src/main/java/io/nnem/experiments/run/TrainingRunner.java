package io.nnem.experiments.run;

import com.google.inject.Inject;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.MemoryNetwork;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.TrainingConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.learners.Batches;
import io.nnem.memory.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Trains a memory network as the paper does: each image is first a query, then a memory. */
public final class TrainingRunner implements TrialRunner {
  private final Catalogue catalogue;
  private final Pretraining pretraining;
  private final Backends backends;
  private final Keeper keeper;

  @Inject
  public TrainingRunner(Catalogue catalogue, Pretraining pretraining) {
    this(catalogue, new Backends(catalogue), pretraining, (trial, config, data, network) -> {});
  }

  private TrainingRunner(
      Catalogue catalogue, Backends backends, Pretraining pretraining, Keeper keeper) {
    this.catalogue = catalogue;
    this.backends = backends;
    this.pretraining = pretraining;
    this.keeper = keeper;
  }

  @Override
  public TrialRunner keeping(Keeper other) {
    return new TrainingRunner(catalogue, backends, pretraining, other);
  }

  @Override
  public TrialResult run(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener)
      throws InterruptedException {
    Tensors<?> tensors = backends.get(config.backend());
    try {
      return train(tensors, new Trial(condition, seed), config, data, listener);
    } catch (RuntimeException | Error e) {
      throw catalogue.blamed(e);
    } catch (IOException e) {
      throw new UncheckedIOException("the network cannot be saved: " + e, e);
    }
  }

  private <T> TrialResult train(
      Tensors<T> tensors, Trial trial, ExperimentConfig config, Split data, TrialListener listener)
      throws InterruptedException, IOException {
    Dataset images = data.training();
    TrainingConfig training = config.training();
    Assembly<T> untrained = new Assembly<>(tensors, catalogue, trial.seed(), config, images);
    Assembly<T> assembly =
        untrained.with(pretraining.prepare(untrained, List.of(trial.condition()), data, listener));
    try (Trained<T> model =
            trial.condition().isClassifier()
                ? new ClassifierControl<>(tensors, assembly, images.classes())
                : new Model<>(assembly, trial.condition());
        ReconstructionProbe<T> probe =
            assembly.probe(
                data.validation(),
                Measurement.VALIDATION,
                config.network().embeddingSize(),
                ReconstructionProbe.IMAGES);
        Evaluation<T> validation =
            new Evaluation<>(tensors, data.validation(), config.evaluation().evaluationImages());
        Batches<T> batches =
            new Batches<>(
                tensors, images, training.batch(), Seeds.derive(trial.seed(), "batches"))) {
      StalenessProbe<T> keys = new StalenessProbe<>(tensors, images, config.memory().capacity());
      TrialLog log = new TrialLog(trial, images.classes(), listener);
      int total = training.totalSteps();
      for (int step = 1; step <= total && !log.stopped(); step++) {
        listener.requireNotCancelled("step " + step);
        batches.next();
        int credited = step - training.warmupSteps();
        try {
          long begin = System.nanoTime();
          Optional<Slots> written = model.step(batches.observations(), batches.values());
          log.stepTook(credited, System.nanoTime() - begin);
          written.ifPresent(slots -> keys.written(slots, batches.indices()));
        } catch (DivergenceException e) {
          log.stop(Math.max(credited, 0), e.getMessage());
        }
        boolean due = credited >= 0 && config.evaluation().isDue(credited, training.steps());
        if (due && !log.stopped()) {
          log.measured(credited, Measurement.VALIDATION, validation.score(model::answer));
          model
              .network()
              .flatMap(its -> its.decoder().map(d -> probe.measure(credited, its.embedder(), d)))
              .map(point -> Reconstruction.of(trial.condition(), trial.seed(), point))
              .ifPresent(listener::reconstructed);
        }
        listener.stepped(step, total, log.latestAccuracy());
      }
      List<Staleness> staleness = List.of();
      if (!log.stopped()) {
        staleness =
            model
                .network()
                .map(its -> keys.measure(trial, training.steps(), its.embedder(), its.memory()))
                .orElse(staleness);
        try (Evaluation<T> test = new Evaluation<>(tensors, data.test(), data.test().size())) {
          log.measured(training.steps(), Measurement.TEST, test.score(model::answer));
        }
        if (model.network().isPresent()) {
          keeper.keep(trial, config, data, model.network().get());
        }
      }
      long retained = model.network().map(MemoryNetwork::retainedBytes).orElse(0L);
      return log.result(retained / config.memory().capacity()).with(new Found.Ages(staleness));
    }
  }
}
