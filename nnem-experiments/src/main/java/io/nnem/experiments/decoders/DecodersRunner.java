package io.nnem.experiments.decoders;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.Uncertain;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.pretrained.Weights;
import io.nnem.experiments.run.Assembly;
import io.nnem.experiments.run.Backends;
import io.nnem.experiments.run.Batches;
import io.nnem.experiments.run.Divergence;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Networks;
import io.nnem.experiments.run.Owned;
import io.nnem.experiments.run.ReconstructionProbe;
import io.nnem.experiments.run.TrialListener;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.TrialRunner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Trains autoencoders on images without labels, and measures them on images that they have not
 * seen. All have the same encoder, sizes, steps, batches and first parameters; only the decoder's
 * kind differs.
 */
public final class DecodersRunner implements TrialRunner {
  private final Catalogue catalogue;
  private final DecodersPlan plan;
  private final Backends backends;
  private final List<DecodersRow> rows = Collections.synchronizedList(new ArrayList<>());
  private final List<CalibrationRow> calibrations = Collections.synchronizedList(new ArrayList<>());

  /**
   * Nothing is measured yet.
   *
   * @param catalogue the plug-ins there are
   * @param plan what is trained
   */
  public DecodersRunner(Catalogue catalogue, DecodersPlan plan) {
    this.catalogue = catalogue;
    this.backends = new Backends(catalogue);
    this.plan = plan;
  }

  /**
   * What was measured so far, in all trials.
   *
   * @return by condition, seed, split and step
   */
  public List<DecodersRow> rows() {
    List<Condition> order = plan.conditions();
    synchronized (rows) {
      return rows.stream()
          .sorted(
              Comparator.<DecodersRow>comparingInt(row -> order.indexOf(row.condition()))
                  .thenComparingLong(DecodersRow::seed)
                  .thenComparing(DecodersRow::split)
                  .thenComparingInt(DecodersRow::step))
          .toList();
    }
  }

  /**
   * The calibrations so far, of decoders that say how uncertain they are.
   *
   * @return by condition, seed and split
   */
  public List<CalibrationRow> calibrations() {
    List<Condition> order = plan.conditions();
    synchronized (calibrations) {
      return calibrations.stream()
          .sorted(
              Comparator.<CalibrationRow>comparingInt(row -> order.indexOf(row.condition()))
                  .thenComparingLong(CalibrationRow::seed)
                  .thenComparing(CalibrationRow::split))
          .toList();
    }
  }

  /**
   * Trains and measures; {@link #rows} and {@link #calibrations} have what came out.
   *
   * @param condition one of the plan's
   */
  @Override
  public TrialResult run(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener)
      throws InterruptedException {
    Tensors<?> tensors = backends.get(config.backend());
    try (Owned parts = new Owned()) {
      Optional<Divergence> divergence =
          train(tensors, condition, seed, config, data, listener, parts);
      return new TrialResult(condition, seed, List.of(), divergence, 0, Double.NaN);
    }
  }

  /** Images of one split, and the probe that they are measured with. */
  private record Looks<T>(String split, ReconstructionProbe<T> probe) {}

  private <T> Optional<Divergence> train(
      Tensors<T> tensors,
      Condition condition,
      long seed,
      ExperimentConfig config,
      Split data,
      TrialListener listener,
      Owned parts)
      throws InterruptedException {
    Dataset training = DecodersPlan.images(condition, data.training());
    Networks<T> networks = new Assembly<>(tensors, catalogue, seed, config, training).networks();
    int size = config.embeddingSize();
    Autoencoder<T> autoencoder = parts.own(networks.autoencoder(condition.assigner(), size, seed));
    Batches<T> batches =
        parts.own(
            new Batches<>(
                tensors,
                training,
                config.pretrainBatch(),
                Seeds.derive(seed, "pretraining-batches")));
    List<Looks<T>> looks = new ArrayList<>();
    for (Dataset images : List.of(training, data.validation(), data.test())) {
      String split =
          images == training
              ? "training"
              : images == data.test() ? Measurement.TEST : Measurement.VALIDATION;
      looks.add(
          new Looks<>(
              split, parts.own(networks.probe(images, split, size, config.evaluationImages()))));
    }
    look(looks, autoencoder, condition, seed, 0);
    for (int step = 1; step <= config.steps(); step++) {
      if (listener.cancelled()) {
        throw new InterruptedException("cancelled at step " + step);
      }
      batches.next();
      try {
        autoencoder.learn(batches.observations());
      } catch (ArithmeticException e) {
        return Optional.of(new Divergence(step, e.getMessage()));
      }
      if (step % config.evaluateEvery() == 0 || step == config.steps()) {
        look(looks, autoencoder, condition, seed, step);
      }
      listener.stepped(step, config.steps(), Double.NaN);
    }
    calibrate(looks, autoencoder, condition, seed);
    return Optional.empty();
  }

  private <T> void look(
      List<Looks<T>> looks, Autoencoder<T> autoencoder, Condition condition, long seed, int step) {
    for (Looks<T> each : looks) {
      Weights.Point point =
          each.probe().measure(step, autoencoder.encoder(), autoencoder.decoder());
      rows.add(
          new DecodersRow(
              condition,
              seed,
              step,
              each.split(),
              point.loss(),
              point.squaredError(),
              point.elbo()));
    }
  }

  private <T> void calibrate(
      List<Looks<T>> looks, Autoencoder<T> autoencoder, Condition condition, long seed) {
    Decoder<T> decoder = autoencoder.decoder();
    if (!(decoder instanceof Uncertain<?>)) {
      return;
    }
    @SuppressWarnings("unchecked") // a decoder on T is uncertain of T
    Uncertain<T> uncertain = (Uncertain<T>) decoder;
    for (Looks<T> each : looks) {
      if (!each.split().equals("training")) {
        double[] uncertainties = each.probe().uncertainties(autoencoder.encoder(), uncertain);
        double[] errors = each.probe().squaredErrors(autoencoder.encoder(), decoder);
        calibrations.add(
            new CalibrationRow(
                condition, seed, each.split(), Calibration.of(uncertainties, errors)));
      }
    }
  }
}
