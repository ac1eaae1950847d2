package io.nnem.experiments.run;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.autoencoder.pretraining.ReplayingDecoder;
import io.nnem.core.Addressing;
import io.nnem.core.Embedder;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.KeyRefresherProvider;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.credit.PluginSource;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.GuardedPlugins;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.Memory;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.RecallProvider;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Builds memory networks from plug-ins, as a configuration says. The caller owns and closes what it
 * gets. A plug-in that fails, here or later when what it made is used, throws a {@link
 * io.nnem.experiments.plugins.PluginFailedException}.
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
  private final Start start;
  private final Networks<T> networks;

  /**
   * Prepares.
   *
   * @param tensors the back end
   * @param catalogue the plug-ins there are
   * @param seed where all randomness comes from
   * @param config the setting
   * @param data says how large observations are, and how many classes there are
   */
  public Assembly(
      Tensors<T> tensors, Catalogue catalogue, long seed, ExperimentConfig config, Dataset data) {
    this(tensors, catalogue, seed, config, data, Start.untrained());
  }

  private Assembly(
      Tensors<T> tensors,
      Catalogue catalogue,
      long seed,
      ExperimentConfig config,
      Dataset data,
      Start start) {
    this.tensors = tensors;
    this.catalogue = catalogue;
    this.seed = seed;
    this.config = config;
    this.data = data;
    this.options = options(config);
    this.start = start;
    this.networks = new Networks<>(tensors, catalogue, config, data.observationSize(), options);
  }

  /**
   * The same, with parts that start from what was trained beforehand.
   *
   * @param other what was
   * @return another assembly
   */
  public Assembly<T> with(Start other) {
    return new Assembly<>(tensors, catalogue, seed, config, data, other);
  }

  /**
   * The same, in another setting; what was trained beforehand stays.
   *
   * @param other the setting
   * @return another assembly
   */
  public Assembly<T> with(ExperimentConfig other) {
    return new Assembly<>(tensors, catalogue, seed, other, data, start);
  }

  Tensors<T> tensors() {
    return tensors;
  }

  ExperimentConfig config() {
    return config;
  }

  long seed() {
    return seed;
  }

  /**
   * A new embedder; each call gives the same initial parameters.
   *
   * @return the embedder
   */
  public Embedder<T> embedder() {
    Embedder<T> embedder =
        networks.embedder(config.embeddingSize(), config.embedderLearningRate(), seed);
    if (!config.pretrainedParts().equals("decoder")) {
      start.parts().ifPresent(parts -> parts.toEncoder(tensors, embedder.parameters()));
    }
    return embedder;
  }

  /**
   * Whether a decoder is needed for some of these conditions.
   *
   * @param conditions what is trained
   * @return true if one of them, or the configuration, asks for it
   */
  public boolean needsDecoder(Collection<Condition> conditions) {
    return config.reconstructionTrainsEmbedder()
        || PluginGuard.of(catalogue.evictions(), config.eviction())
            .ask(EvictionPolicyProvider::needsUncertainty)
        || (config.freshens()
            && conditions.stream().anyMatch(condition -> condition.reinstatement().isEmpty()))
        || asks(conditions, ReinstatementProvider::needsDecoder);
  }

  private boolean asks(
      Collection<Condition> conditions, Function<ReinstatementProvider, Boolean> question) {
    return conditions.stream()
        .flatMap(condition -> condition.reinstatement().stream())
        .map(from -> PluginGuard.of(catalogue.reinstatements(), from))
        .anyMatch(guard -> guard.ask(question));
  }

  /**
   * A new decoder; each call gives the same initial parameters.
   *
   * @return the decoder
   */
  public Decoder<T> decoder() {
    Decoder<T> decoder =
        networks.decoder(config.embeddingSize(), config.decoderLearningRate(), seed);
    if (!config.pretrainedParts().equals("encoder")) {
      start.parts().ifPresent(parts -> parts.toDecoder(tensors, decoder.parameters()));
    }
    return decoder;
  }

  /**
   * What makes untrained networks.
   *
   * @return the maker
   */
  public Networks<T> networks() {
    return networks;
  }

  /** Everything that what the parts start from depends on. */
  String pretrainingSettings(int size, Split split) {
    return pretrainingSettings(config.pretrainObjective(), size, split);
  }

  /** Everything that what is trained beforehand depends on. */
  String pretrainingSettings(String objective, int size, Split split) {
    return new PretrainingSettings(catalogue, config)
        .text(objective, size, split, seed, tensors.description());
  }

  /** Floats of a code. */
  int codeSize() {
    return options.integer("code-size", 32);
  }

  /** Whether an autoencoder that no longer changes is needed for some of these conditions. */
  boolean needsCodec(Collection<Condition> conditions) {
    return asks(conditions, ReinstatementProvider::needsCodec);
  }

  /**
   * The autoencoder that no longer changes.
   *
   * @return empty if none was trained
   */
  public Optional<Codec<T>> codec() {
    return start
        .code()
        .map(
            code -> {
              Autoencoder<T> autoencoder = networks.autoencoder(codeSize(), seed);
              code.toEncoder(tensors, autoencoder.encoder().parameters());
              code.toDecoder(tensors, autoencoder.decoder().parameters());
              return autoencoder.fix(code.ranges());
            });
  }

  /**
   * What builds the memory network of a condition.
   *
   * @param condition what is trained
   * @return a builder that wants for nothing
   */
  public MemoryNetworkBuilder<T> network(Condition condition) {
    Optional<Decoder<T>> decoder =
        needsDecoder(List.of(condition)) ? Optional.of(decoder()) : Optional.empty();
    return network(condition, decoder, codec());
  }

  /**
   * What builds the memory network of a condition, with a decoder and a codec that others use too.
   *
   * @param condition what is trained
   * @param decoder of {@link #decoder}, if there is one
   * @param codec of {@link #codec}, if there is one
   * @return a builder that wants for nothing
   */
  public MemoryNetworkBuilder<T> network(
      Condition condition, Optional<Decoder<T>> decoder, Optional<Codec<T>> codec) {
    GuardedPlugins plugins = new GuardedPlugins(catalogue);
    MemoryNetworkBuilder<T> builder =
        MemoryNetwork.builder(tensors)
            .plugins(plugins)
            .embedder(this::embedder)
            .capacity(config.capacity())
            .valueSize(data.classes())
            .store(config.store())
            .eviction(config.eviction())
            .recall(config.recall())
            .assigner(condition.assigner())
            .settings(learningSettings())
            .seed(seed);
    condition.reinstatement().ifPresent(builder::reinstatement);
    if (config.freshens()) {
      builder.refresher(config.freshening());
    }
    decoder.ifPresent(builder::decoder);
    codec.ifPresent(builder::codec);
    switch (config.decoderLearning()) {
      case "fixed" -> builder.fixedDecoder();
      case "distilled" -> builder.teaching(this::distilled);
      default -> {}
    }
    relevant(plugins, condition).forEach(builder::option);
    return builder;
  }

  private Decoder<T> distilled(Decoder<T> student, Memory<T> memory) {
    return new ReplayingDecoder<>(
        tensors,
        student,
        decoder(),
        config.distillationSteps(),
        new ReplayedKeys<>(tensors, memory, config.batch(), seed));
  }

  /** Of all options those that a condition's plug-ins have. */
  private Map<String, String> relevant(PluginSource plugins, Condition condition) {
    Set<String> names = new HashSet<>();
    names.addAll(plugins.find(MemoryStoreProvider.class, config.store()).optionNames());
    names.addAll(plugins.find(EvictionPolicyProvider.class, config.eviction()).optionNames());
    names.addAll(plugins.find(RecallProvider.class, config.recall()).optionNames());
    names.addAll(plugins.find(CreditAssignerProvider.class, condition.assigner()).optionNames());
    if (config.freshens()) {
      names.addAll(plugins.find(KeyRefresherProvider.class, config.freshening()).optionNames());
    }
    condition
        .reinstatement()
        .ifPresent(
            from -> names.addAll(plugins.find(ReinstatementProvider.class, from).optionNames()));
    Map<String, String> relevant = new HashMap<>(options.values());
    relevant.keySet().retainAll(names);
    return relevant;
  }

  /**
   * The reinstatement of a condition that has one, for a memory that another condition trains.
   *
   * @param condition what goes along with the training
   * @param memory whose observations come back
   * @param decoder the decoder that learns, if there is one
   * @param codec the autoencoder that does not, if there is one
   * @return the reinstatement of an empty memory
   */
  public Optional<Reinstatement<T>> reinstatement(
      Condition condition,
      Memory<T> memory,
      Optional<Decoder<T>> decoder,
      Optional<Codec<T>> codec) {
    ReinstatementContext<T> context =
        new ReinstatementContext<>(
            tensors, memory, data.observationSize(), decoder, codec, options);
    return condition
        .reinstatement()
        .map(
            from ->
                new GuardedPlugins(catalogue)
                    .find(ReinstatementProvider.class, from)
                    .create(context));
  }

  /**
   * The credit assigner of a condition, for a memory that another condition trains.
   *
   * @param condition what goes along with the training
   * @param embedder whose parameters learn
   * @param memory whose keys are read; still empty
   * @param reinstatement its reinstatement, if it has one
   * @return the assigner
   */
  public CreditAssigner<T> assigner(
      Condition condition,
      Embedder<T> embedder,
      Memory<T> memory,
      Optional<Reinstatement<T>> reinstatement) {
    return new GuardedPlugins(catalogue)
        .find(CreditAssignerProvider.class, condition.assigner())
        .create(new CreditContext<>(tensors, embedder, memory, reinstatement, seed, options));
  }

  /**
   * How a network reads and learns.
   *
   * @return addressing, loss, warm-up and the rest
   */
  public LearningSettings learningSettings() {
    Addressing addressing =
        config.normalisation().equals("sum")
            ? Addressing.sum()
            : Addressing.softmax(config.temperature());
    return LearningSettings.paper(config.warmupSteps())
        .withAddressing(addressing)
        .withQueryGradient(config.queryGradient())
        .withReconstructionTrainsEmbedder(config.reconstructionTrainsEmbedder())
        .withFresheningOnReading(config.fresheningOnReading());
  }

  private static Options options(ExperimentConfig config) {
    Map<String, String> values = new HashMap<>(config.options());
    values.put("synthetic-hidden", list(config.syntheticHidden()));
    values.put("synthetic-learning-rate", Double.toString(config.syntheticLearningRate()));
    values.put("synthetic-applied", Boolean.toString(config.syntheticApplied()));
    values.put("freshening-budget", Integer.toString(config.fresheningBudget()));
    values.put("transport-every", Integer.toString(config.transportEvery()));
    values.putIfAbsent("score-budget", Integer.toString(config.batch()));
    return new Options(values);
  }

  private static String list(List<Integer> numbers) {
    String text = numbers.toString();
    return text.substring(1, text.length() - 1);
  }
}
