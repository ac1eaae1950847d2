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
import io.nnem.credit.Freshener;
import io.nnem.credit.Freshening;
import io.nnem.credit.LearnerSettings;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.credit.freshening.DriftTimesReads;
import io.nnem.credit.freshening.RoundRobin;
import io.nnem.datasets.Dataset;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the parts of a memory network from plug-ins, as a configuration says. The caller owns and
 * closes what it is given. A plug-in that fails, here or later when an assigner or a reinstatement
 * is used, throws a {@link io.nnem.experiments.plugins.PluginFailedException}.
 *
 * @param <T> the matrix type
 */
public final class Assembly<T> {
  private final Tensors<T> tensors;
  private final Catalogue catalogue;
  private final long seed;
  private final ExperimentConfig config;
  private final Dataset data;
  private final Options options;

  /**
   * Nothing is made yet.
   *
   * @param tensors the back end
   * @param catalogue the plug-ins there are
   * @param seed where all randomness comes from
   * @param config the setting
   * @param data says how large observations are, and how many classes there are
   */
  public Assembly(
      Tensors<T> tensors, Catalogue catalogue, long seed, ExperimentConfig config, Dataset data) {
    this.tensors = tensors;
    this.catalogue = catalogue;
    this.seed = seed;
    this.config = config;
    this.data = data;
    this.options = options(config);
  }

  /**
   * A new embedder; each call gives the same initial parameters.
   *
   * @return the embedder
   */
  public Embedder<T> embedder() {
    EmbedderContext<T> context =
        new EmbedderContext<>(
            tensors,
            data.observationSize(),
            config.embeddingSize(),
            config.embedderHidden(),
            optimiser(config.embedderLearningRate()),
            seed,
            options);
    return PluginGuard.of(catalogue.embedders(), config.embedder())
        .ask(provider -> provider.create(context));
  }

  /**
   * A new, empty memory.
   *
   * @return the memory
   */
  public MemoryStore<T> memory() {
    RetentionContext context = new RetentionContext(config.capacity(), seed, options);
    Retention retention =
        PluginGuard.of(catalogue.retentions(), config.retention())
            .ask(provider -> provider.create(context));
    return new FixedCapacityStore<>(
        tensors, config.capacity(), config.embeddingSize(), data.classes(), retention);
  }

  /**
   * Whether a decoder is needed for some of these conditions.
   *
   * @param conditions what is trained
   * @return true if one of them, or the configuration, asks for it
   */
  public boolean needsDecoder(Collection<Condition> conditions) {
    return config.reconstructionTrainsEmbedder()
        || (freshens()
            && conditions.stream().anyMatch(condition -> condition.reinstatement().isEmpty()))
        || conditions.stream()
            .flatMap(condition -> condition.reinstatement().stream())
            .map(from -> PluginGuard.of(catalogue.reinstatements(), from))
            .anyMatch(guard -> guard.ask(ReinstatementProvider::needsDecoder));
  }

  /**
   * A new decoder; each call gives the same initial parameters.
   *
   * @return the decoder
   */
  public Decoder<T> decoder() {
    Loss loss =
        config.decoderLoss().equals("squared-error")
            ? Loss.SQUARED_ERROR
            : Loss.BINARY_CROSS_ENTROPY;
    DecoderContext<T> context =
        new DecoderContext<>(
            tensors,
            config.embeddingSize(),
            data.observationSize(),
            config.decoderHidden(),
            loss,
            optimiser(config.decoderLearningRate()),
            seed,
            options);
    return PluginGuard.of(catalogue.decoders(), config.decoder())
        .ask(provider -> provider.create(context));
  }

  /**
   * The reinstatement of a condition that has one.
   *
   * @param condition what is trained
   * @param decoder the decoder that learns, if there is one
   * @return the reinstatement of an empty memory
   */
  public Optional<Reinstatement<T>> reinstatement(
      Condition condition, Optional<Decoder<T>> decoder) {
    ReinstatementContext<T> context =
        new ReinstatementContext<>(
            tensors, config.capacity(), data.observationSize(), decoder, options);
    return condition
        .reinstatement()
        .map(from -> PluginGuard.of(catalogue.reinstatements(), from))
        .map(guard -> guard.make(Reinstatement.class, provider -> provider.create(context)));
  }

  /**
   * The credit assigner of a condition.
   *
   * @param condition what is trained
   * @param embedder whose parameters learn
   * @param memory whose keys are read; still empty
   * @param reinstatement its reinstatement, if it has one
   * @return the assigner
   */
  public CreditAssigner<T> assigner(
      Condition condition,
      Embedder<T> embedder,
      MemoryStore<T> memory,
      Optional<Reinstatement<T>> reinstatement) {
    CreditContext<T> context =
        new CreditContext<>(tensors, embedder, memory, reinstatement, seed, options);
    return PluginGuard.of(catalogue.assigners(), condition.assigner())
        .make(CreditAssigner.class, provider -> provider.create(context));
  }

  private boolean freshens() {
    return !config.freshening().equals("none");
  }

  /**
   * What freshens the keys of a condition: from its own reinstatement, or decoded from the keys if
   * it has none.
   *
   * @param condition what is trained
   * @param embedder embeds again
   * @param memory whose keys are freshened; still empty
   * @param own the condition's reinstatement, if it has one
   * @param decoder the decoder that learns, if there is one
   * @param owner closes what is made
   * @return the freshener; empty if nothing is to be freshened
   */
  public Optional<Freshener<T>> freshener(
      Condition condition,
      Embedder<T> embedder,
      MemoryStore<T> memory,
      Optional<Reinstatement<T>> own,
      Optional<Decoder<T>> decoder,
      Owned owner) {
    if (!freshens()) {
      return Optional.empty();
    }
    Reinstatement<T> source =
        own.orElseGet(
            () -> {
              Condition decoded = new Condition(condition.assigner(), Optional.of("decoded"));
              return owner.own(reinstatement(decoded, decoder).orElseThrow());
            });
    Freshening policy =
        config.freshening().equals("drift")
            ? new DriftTimesReads(config.capacity())
            : new RoundRobin();
    return Optional.of(
        owner.own(
            new Freshener<>(tensors, embedder, memory, source, policy, config.fresheningBudget())));
  }

  /**
   * How the learner learns.
   *
   * @return addressing, loss, warm-up and the rest
   */
  public LearnerSettings learnerSettings() {
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

  private OptimiserSettings optimiser(double rate) {
    OptimiserSettings.Kind kind =
        config.optimiser().equals("sgd") ? OptimiserSettings.Kind.SGD : OptimiserSettings.Kind.ADAM;
    return new OptimiserSettings(kind, rate, config.clipNorm());
  }

  private static Options options(ExperimentConfig config) {
    Map<String, String> values = new HashMap<>(config.options());
    values.put("synthetic-hidden", list(config.syntheticHidden()));
    values.put("synthetic-learning-rate", Double.toString(config.syntheticLearningRate()));
    values.put("synthetic-applied", Boolean.toString(config.syntheticApplied()));
    return new Options(values);
  }

  private static String list(List<Integer> numbers) {
    String text = numbers.toString();
    return text.substring(1, text.length() - 1);
  }
}
