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
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Owned;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.run.ReconstructionProbe;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialListener;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.learners.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains autoencoders on images without labels, and measures them on images that they have not
 * seen. All have the same encoder, sizes, steps, batches and first parameters; only the decoder's
 * kind differs.
 */
public final class DecodersRunner implements TrialRunner {
  private final Catalogue catalogue;
  private final Backends backends;

  public DecodersRunner(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.backends = new Backends(catalogue);
  }

  /** Trains and measures; the result has {@link Decoded} beside. */
  @Override
  public TrialResult run(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener)
      throws InterruptedException {
    Tensors<?> tensors = backends.get(config.backend());
    try (Owned parts = new Owned()) {
      return train(tensors, new Trial(condition, seed), config, data, listener, parts);
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
    Condition condition = trial.condition();
    long seed = trial.seed();
    Dataset training = DecodersPlan.images(condition, data.training());
    Assembly<T> assembly = new Assembly<>(tensors, catalogue, seed, config, training);
    int size = config.network().embeddingSize();
    Autoencoder<T> autoencoder = parts.own(assembly.autoencoder(condition.assigner(), size));
    Batches<T> batches =
        parts.own(
            new Batches<>(
                tensors,
                training,
                config.pretraining().pretrainBatch(),
                Seeds.derive(seed, "pretraining-batches")));
    List<ReconstructionProbe<T>> looks = new ArrayList<>();
    for (Dataset images : List.of(training, data.validation(), data.test())) {
      String split =
          images == training
              ? "training"
              : images == data.test() ? Measurement.TEST : Measurement.VALIDATION;
      looks.add(
          parts.own(assembly.probe(images, split, size, config.evaluation().evaluationImages())));
    }
    List<Reconstruction> rows = new ArrayList<>();
    look(looks, autoencoder, trial, 0, rows);
    int steps = config.training().steps();
    Optional<TrialResult.Divergence> divergence = Optional.empty();
    for (int step = 1; step <= steps; step++) {
      listener.requireNotCancelled("step " + step);
      batches.next();
      try {
        autoencoder.learn(batches.observations());
      } catch (ArithmeticException e) {
        divergence = Optional.of(new TrialResult.Divergence(step, e.getMessage()));
        break;
      }
      if (config.evaluation().isDue(step, steps)) {
        look(looks, autoencoder, trial, step, rows);
      }
      listener.stepped(step, steps, Double.NaN);
    }
    List<Decoded.Calibrated> calibrations =
        divergence.isEmpty() ? calibrations(looks, autoencoder, trial) : List.of();
    return new TrialResult(condition, seed, List.of(), divergence, 0, Double.NaN)
        .with(new Decoded(rows, calibrations));
  }

  private static <T> void look(
      List<ReconstructionProbe<T>> looks,
      Autoencoder<T> autoencoder,
      Trial trial,
      int step,
      List<Reconstruction> rows) {
    for (ReconstructionProbe<T> each : looks) {
      Weights.Point point = each.measure(step, autoencoder.encoder(), autoencoder.decoder());
      rows.add(Reconstruction.of(trial.condition(), trial.seed(), point));
    }
  }

  private static <T> List<Decoded.Calibrated> calibrations(
      List<ReconstructionProbe<T>> looks, Autoencoder<T> autoencoder, Trial trial) {
    Decoder<T> decoder = autoencoder.decoder();
    if (!(decoder instanceof Uncertain<?>)) {
      return List.of();
    }
    @SuppressWarnings("unchecked") // a decoder on T is uncertain of T
    Uncertain<T> uncertain = (Uncertain<T>) decoder;
    List<Decoded.Calibrated> calibrations = new ArrayList<>();
    for (ReconstructionProbe<T> each : looks) {
      if (!each.split().equals("training")) {
        double[] uncertainties = each.uncertainties(autoencoder.encoder(), uncertain);
        double[] errors = each.squaredErrors(autoencoder.encoder(), decoder);
        calibrations.add(
            new Decoded.Calibrated(
                trial.condition(),
                trial.seed(),
                each.split(),
                Calibration.of(uncertainties, errors)));
      }
    }
    return calibrations;
  }
}
