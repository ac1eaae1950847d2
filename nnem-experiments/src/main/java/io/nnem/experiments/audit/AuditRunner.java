package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.run.Assembly;
import io.nnem.experiments.run.Backends;
import io.nnem.experiments.run.Decoding;
import io.nnem.experiments.run.Evaluation;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Owned;
import io.nnem.experiments.run.Pretraining;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialListener;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.learners.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains one condition, up to the last audited step, and audits the planned ones on the way. What
 * is trained is the same, bit for bit, whatever is audited. An object serves one run.
 */
public final class AuditRunner implements TrialRunner {
  private final Catalogue catalogue;
  private final AuditPlan plan;
  private final Pretraining pretraining;
  private final Backends backends;

  public AuditRunner(Catalogue catalogue, AuditPlan plan, Pretraining pretraining) {
    this.catalogue = catalogue;
    this.backends = new Backends(catalogue);
    this.plan = plan;
    this.pretraining = pretraining;
  }

  /** Trains what the plan says and audits; the result has {@link Audited} beside. */
  @Override
  public TrialResult run(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener)
      throws InterruptedException {
    Tensors<?> tensors = backends.get(config.backend());
    try (Owned parts = new Owned()) {
      return train(tensors, new Trial(condition, seed), config, data, listener, parts);
    } catch (RuntimeException | Error e) {
      throw catalogue.blamed(e);
    }
  }

  private <T> TrialResult train(
      Tensors<T> tensors,
      Trial trial,
      ExperimentConfig config,
      Split data,
      TrialListener listener,
      Owned parts)
      throws InterruptedException {
    List<Condition> all = new ArrayList<>(plan.audited());
    all.add(trial.condition());
    Assembly<T> untrained =
        new Assembly<>(tensors, catalogue, trial.seed(), config, data.training());
    Assembly<T> assembly = untrained.with(pretraining.prepare(untrained, all, data, listener));
    Decoding<T> decoding = Decoding.of(assembly, all);
    ShadowingProvider<T> shadowing =
        new ShadowingProvider<>(assembly, config, plan.audited(), decoding, listener);
    MemoryNetwork<T> network =
        assembly.network(trial.condition(), decoding, shadowing::around, parts);
    ShadowedAssigner<T> assigner = shadowing.made();
    Embedder<T> embedder = network.embedder();
    if (embedder.parameters().isEmpty()) {
      throw new ConfigException(
          "embedder is \""
              + config.network().embedder()
              + "\"; it learns nothing, so there is no gradient to audit: choose another");
    }
    LearningSettings settings = assembly.learningSettings();
    Reference reference =
        new Reference(
            new Assembly<>(new ReferenceTensors(), catalogue, trial.seed(), config, data.training())
                .embedder(),
            settings);
    Auditor<T> auditor =
        parts.own(
            new Auditor<>(tensors, embedder, network.memory(), assigner, reference, settings));
    int batch = config.training().batch();
    Batches<T> batches =
        parts.own(
            new Batches<>(tensors, data.training(), batch, Seeds.derive(trial.seed(), "batches")));
    Batches<T> queries =
        parts.own(
            new Batches<>(
                tensors, data.validation(), batch, Seeds.derive(trial.seed(), "audit-queries")));
    Evaluation<T> validation =
        parts.own(
            new Evaluation<>(tensors, data.validation(), config.evaluation().evaluationImages()));

    List<Measurement> measurements = new ArrayList<>();
    List<AuditRow> rows = new ArrayList<>();
    Optional<TrialResult.Divergence> divergence = Optional.empty();
    double accuracy = Double.NaN;
    int warmupSteps = config.training().warmupSteps();
    int total = Math.addExact(warmupSteps, plan.at().get(plan.at().size() - 1));
    for (int step = 1; step <= total; step++) {
      listener.requireNotCancelled("step " + step);
      batches.next();
      int credited = step - warmupSteps;
      try {
        network.step(batches.observations(), batches.values());
      } catch (DivergenceException e) {
        divergence = Optional.of(new TrialResult.Divergence(Math.max(credited, 0), e.getMessage()));
        break;
      }
      if (plan.at().contains(credited)) {
        Evaluation.Score score = validation.score(network::read);
        Measurement measurement = score.at(trial, credited, Measurement.VALIDATION);
        measurements.add(measurement);
        listener.measured(measurement);
        accuracy = score.accuracy();
        int now = step;
        double latest = accuracy;
        rows.addAll(
            auditor.audit(
                trial.seed(),
                credited,
                queries,
                plan.draws(),
                () -> {
                  listener.requireNotCancelled("step " + now);
                  listener.stepped(now, total, latest);
                }));
      }
      listener.stepped(step, total, accuracy);
    }
    return new TrialResult(
            trial.condition(),
            trial.seed(),
            measurements,
            divergence,
            assigner.retainedBytes() / config.memory().capacity(),
            Double.NaN)
        .with(new Audited(rows, divergence.isEmpty() ? lost(assigner, trial) : List.of()));
  }

  private static List<String> lost(ShadowedAssigner<?> assigner, Trial trial) {
    return assigner.shadows().stream()
        .flatMap(
            shadow ->
                shadow.lost().stream()
                    .map(
                        reason ->
                            shadow.condition()
                                + " diverged in the trial with seed "
                                + trial.seed()
                                + " and is not audited to its end: "
                                + reason))
        .toList();
  }
}
