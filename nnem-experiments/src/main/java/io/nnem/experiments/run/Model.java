package io.nnem.experiments.run;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.core.Addressing;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.LearnerSettings;
import io.nnem.credit.MemoryLearner;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.datasets.Dataset;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A memory network and its learner, put together from plug-ins as a configuration says. */
final class Model<T> implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CreditAssigner<T> assigner;
  private final MemoryLearner<T> learner;

  Model(
      Tensors<T> tensors,
      Catalogue catalogue,
      Condition condition,
      long seed,
      ExperimentConfig config,
      Dataset data) {
    Options options = options(config);
    Embedder<T> embedder =
        own(
            catalogue
                .embedders()
                .get(config.embedder())
                .create(
                    new EmbedderContext<>(
                        tensors,
                        data.observationSize(),
                        config.embeddingSize(),
                        config.embedderHidden(),
                        optimiser(config, config.embedderLearningRate()),
                        seed,
                        options)));
    Retention retention =
        catalogue
            .retentions()
            .get(config.retention())
            .create(new RetentionContext(config.capacity(), seed, options));
    MemoryStore<T> memory =
        own(
            new FixedCapacityStore<>(
                tensors, config.capacity(), config.embeddingSize(), data.classes(), retention));
    Optional<ReinstatementProvider> source =
        condition.reinstatement().map(catalogue.reinstatements()::get);
    Optional<Decoder<T>> decoder = Optional.empty();
    if (config.reconstructionTrainsEmbedder()
        || source.filter(ReinstatementProvider::needsDecoder).isPresent()) {
      decoder = Optional.of(own(decoder(tensors, catalogue, seed, config, data, options)));
    }
    Optional<Reinstatement<T>> reinstatement = Optional.empty();
    if (source.isPresent()) {
      reinstatement =
          Optional.of(
              own(
                  source
                      .get()
                      .create(
                          new ReinstatementContext<>(
                              tensors,
                              config.capacity(),
                              data.observationSize(),
                              decoder,
                              options))));
    }
    assigner =
        own(
            catalogue
                .assigners()
                .get(condition.assigner())
                .create(
                    new CreditContext<>(tensors, embedder, memory, reinstatement, seed, options)));
    learner =
        own(
            new MemoryLearner<>(
                tensors,
                embedder,
                memory,
                assigner,
                decoder.orElse(null),
                learnerSettings(config)));
  }

  private static <T> Decoder<T> decoder(
      Tensors<T> tensors,
      Catalogue catalogue,
      long seed,
      ExperimentConfig config,
      Dataset data,
      Options options) {
    Loss loss =
        config.decoderLoss().equals("squared-error")
            ? Loss.SQUARED_ERROR
            : Loss.BINARY_CROSS_ENTROPY;
    return catalogue
        .decoders()
        .get(config.decoder())
        .create(
            new DecoderContext<>(
                tensors,
                config.embeddingSize(),
                data.observationSize(),
                config.decoderHidden(),
                loss,
                optimiser(config, config.decoderLearningRate()),
                seed,
                options));
  }

  private static LearnerSettings learnerSettings(ExperimentConfig config) {
    Addressing addressing =
        config.normalisation().equals("sum")
            ? Addressing.sum()
            : Addressing.softmax(config.temperature());
    return new LearnerSettings(
        addressing,
        Loss.CROSS_ENTROPY,
        config.warmupSteps(),
        config.queryGradient(),
        config.reconstructionTrainsEmbedder());
  }

  private static OptimiserSettings optimiser(ExperimentConfig config, double rate) {
    OptimiserSettings.Kind kind =
        config.optimiser().equals("sgd") ? OptimiserSettings.Kind.SGD : OptimiserSettings.Kind.ADAM;
    return new OptimiserSettings(kind, rate, config.clipNorm());
  }

  private static Options options(ExperimentConfig config) {
    Map<String, String> values = new HashMap<>(config.options());
    String hidden = config.syntheticHidden().toString();
    values.put("synthetic-hidden", hidden.substring(1, hidden.length() - 1));
    values.put("synthetic-learning-rate", Double.toString(config.syntheticLearningRate()));
    values.put("synthetic-applied", Boolean.toString(config.syntheticApplied()));
    return new Options(values);
  }

  private <P extends AutoCloseable> P own(P part) {
    parts.push(part);
    return part;
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
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("a part of the model could not be released", e);
      }
    }
  }
}
