package io.nnem.experiments.run;

import com.google.inject.Inject;
import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.core.Embedder;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.PretrainingConfig;
import io.nnem.experiments.pretrained.PretrainedFolder;
import io.nnem.experiments.pretrained.Weights;
import io.nnem.learners.Batches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Trains autoencoders, or an embedder on an objective of its own, on the training images alone,
 * without their labels, before trials begin. What was trained once with the same data, settings,
 * seed and back end is used again: by all conditions of a run, and from a folder by the runs that
 * follow.
 */
public final class Pretraining {
  /** Images whose codes are looked at together. */
  private static final int CHUNK = 1000;

  /** How often an autoencoder is measured while it learns. */
  private static final int POINTS = 10;

  private final PretrainedFolder folder;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private final Map<String, Weights> known = new ConcurrentHashMap<>();

  @Inject
  public Pretraining(PretrainedFolder folder) {
    this.folder = folder;
  }

  /**
   * Trains, or finds, what some conditions need: from the training images, measured on the
   * validation images. It ends with an InterruptedException if the listener says that the trial is
   * cancelled.
   */
  public <T> Assembly.Start prepare(
      Assembly<T> assembly, Collection<Condition> conditions, Split data, TrialListener listener)
      throws InterruptedException {
    PretrainingConfig pretraining = assembly.config().pretraining();
    Assembly.Start start = assembly.start();
    if (pretraining.startsEmbedder() || pretraining.startsDecoder()) {
      int embeddingSize = assembly.config().network().embeddingSize();
      Weights parts =
          weights(assembly, pretraining.pretrainObjective(), embeddingSize, data, listener);
      start = new Assembly.Start(Optional.of(parts), Optional.empty());
    }
    if (Decoding.needsCodec(assembly, conditions)) {
      Weights code =
          weights(
              assembly,
              PretrainingSettings.RECONSTRUCTION, // a code must be decoded
              assembly.codeSize(),
              data,
              listener);
      start = new Assembly.Start(start.parts(), Optional.of(code));
    }
    return start;
  }

  private <T> Weights weights(
      Assembly<T> assembly, String objective, int codeSize, Split data, TrialListener listener)
      throws InterruptedException {
    String key = PretrainedFolder.key(assembly.pretrainingSettings(objective, codeSize, data));
    // Trials of one seed run side by side and want the same: one trains, the others wait.
    synchronized (locks.computeIfAbsent(key, each -> new Object())) {
      Weights weights = known.get(key);
      if (weights == null) {
        Optional<Weights> kept = folder.read(key, listener::noted);
        weights =
            kept.isPresent() ? kept.get() : train(assembly, objective, codeSize, data, listener);
        if (kept.isEmpty()) {
          folder.write(key, weights, listener::noted);
        }
        known.put(key, weights);
        for (Weights.Point point : weights.curve()) {
          listener.reconstructed(
              Reconstruction.of(Reconstruction.PRETRAINING, assembly.seed(), point));
        }
      }
      return weights;
    }
  }

  private static <T> Weights train(
      Assembly<T> assembly, String objective, int codeSize, Split data, TrialListener listener)
      throws InterruptedException {
    return objective.equals(PretrainingSettings.RECONSTRUCTION)
        ? reconstruct(assembly, codeSize, data, listener)
        : transform(assembly, codeSize, data.training(), listener);
  }

  /** Only the embedder comes of it: no decoder, no codes, and no curve of reconstructions. */
  private static <T> Weights transform(
      Assembly<T> assembly, int codeSize, Dataset training, TrialListener listener)
      throws InterruptedException {
    PretrainingConfig pretraining = assembly.config().pretraining();
    int total = pretraining.pretrainSteps();
    long seed = Seeds.derive(assembly.seed(), "pretraining");
    try (Embedder<T> embedder =
            assembly.embedder(codeSize, pretraining.pretrainLearningRate(), seed);
        TransformationTask<T> task =
            new TransformationTask<>(
                assembly.tensors(),
                embedder,
                assembly.optimiser(pretraining.pretrainLearningRate()),
                pretraining.pretrainBatch(),
                training,
                assembly.seed())) {
      if (embedder.parameters().isEmpty()) {
        throw new IllegalStateException(
            "pretrain-objective is \"transformation\", but the embedder \""
                + assembly.config().network().embedder()
                + "\" learns nothing: choose another embedder, or set pretrain-steps to 0.");
      }
      for (int step = 1; step <= total; step++) {
        listener.requireNotCancelled("step " + step + " of the pre-training");
        double loss = learn(task::step, step);
        listener.pretraining(step, total, loss);
      }
      return new Weights(
          Weights.of(assembly.tensors(), embedder.parameters()),
          List.of(),
          new CodeRanges(new float[codeSize], new float[codeSize]),
          List.of());
    }
  }

  private static <T> Weights reconstruct(
      Assembly<T> assembly, int codeSize, Split data, TrialListener listener)
      throws InterruptedException {
    PretrainingConfig pretraining = assembly.config().pretraining();
    Tensors<T> tensors = assembly.tensors();
    Dataset training = data.training();
    int total = pretraining.pretrainSteps();
    int every = Math.max(1, total / POINTS);
    List<Weights.Point> curve = new ArrayList<>();
    try (Autoencoder<T> autoencoder =
            assembly.autoencoder(assembly.config().decoding().decoder(), codeSize);
        Batches<T> batches =
            new Batches<>(
                tensors,
                training,
                pretraining.pretrainBatch(),
                Seeds.derive(assembly.seed(), "pretraining-batches"));
        ReconstructionProbe<T> onTraining =
            assembly.probe(training, "training", codeSize, ReconstructionProbe.IMAGES);
        ReconstructionProbe<T> onValidation =
            assembly.probe(
                data.validation(), Measurement.VALIDATION, codeSize, ReconstructionProbe.IMAGES)) {
      for (int step = 1; step <= total; step++) {
        listener.requireNotCancelled("step " + step + " of the pre-training");
        batches.next();
        double loss = learn(() -> autoencoder.learn(batches.observations()), step);
        listener.pretraining(step, total, loss);
        if (step % every == 0 || step == total) {
          for (ReconstructionProbe<T> probe : List.of(onTraining, onValidation)) {
            curve.add(probe.measure(step, autoencoder.encoder(), autoencoder.decoder()));
          }
        }
      }
      return new Weights(
          Weights.of(tensors, autoencoder.encoder().parameters()),
          Weights.of(tensors, autoencoder.decoder().parameters()),
          ranges(tensors, autoencoder, training),
          curve);
    }
  }

  private static double learn(DoubleSupplier loss, int step) {
    try {
      return loss.getAsDouble();
    } catch (ArithmeticException e) {
      throw diverged("at step " + step, e);
    }
  }

  private static IllegalStateException diverged(String when, RuntimeException cause) {
    return new IllegalStateException(
        "The pre-training diverged "
            + when
            + "; make pretrain-learning-rate smaller. "
            + cause.getMessage(),
        cause);
  }

  private static <T> CodeRanges ranges(
      Tensors<T> tensors, Autoencoder<T> autoencoder, Dataset data) {
    int size = data.observationSize();
    int chunk = Math.min(CHUNK, data.size());
    float[] pixels = new float[chunk * size];
    CodeRanges ranges = null;
    try (Scope<T> scope = tensors.newScope()) {
      T room = scope.zeros(chunk, size);
      for (int from = 0; from < data.size(); from += chunk) {
        int count = Math.min(chunk, data.size() - from);
        data.copyObservations(IntStream.range(from, from + count).toArray(), 0, count, pixels);
        T part = tensors.rowRange(room, 0, count);
        tensors.copyIn(pixels, part);
        CodeRanges some;
        try {
          some = autoencoder.ranges(part);
        } catch (IllegalArgumentException e) { // a code that is not finite
          throw diverged("before its end", e);
        }
        ranges = ranges == null ? some : ranges.including(some);
      }
    }
    return ranges;
  }
}
