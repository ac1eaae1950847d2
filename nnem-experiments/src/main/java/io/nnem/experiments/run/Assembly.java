package io.nnem.experiments.run;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.autoencoder.pretraining.ReplayingDecoder;
import io.nnem.core.Addressing;
import io.nnem.core.Embedder;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.credit.PluginSource;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.credit.reinstatement.CodeProvider;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.MemoryConfig;
import io.nnem.experiments.config.NetworkConfig;
import io.nnem.experiments.config.ReadingConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginUse;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.Memory;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Builds the memory networks of a trial from plug-ins, as a configuration says. A plug-in that
 * fails, here or later when what it made is used, throws a {@link
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
  private final PluginSource plugins;

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
    this.options = new Options(config.options());
    this.start = start;
    RowShape image = new RowShape(data.rows(), data.columns(), 1);
    this.networks = new Networks<>(tensors, catalogue, config, image, options);
    this.plugins = catalogue.guarded();
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
    NetworkConfig network = config.network();
    Embedder<T> embedder =
        networks.embedder(network.embeddingSize(), network.embedderLearningRate(), seed);
    if (config.pretraining().startsEmbedder()) {
      start.parts().ifPresent(parts -> parts.toEncoder(tensors, embedder.parameters()));
    }
    return embedder;
  }

  /** Whether a decoder is needed for some of these conditions. */
  private boolean needsDecoder(Collection<Condition> conditions) {
    return config.decoding().reconstructionTrainsEmbedder()
        || plugins.find(EvictionPolicyProvider.class, config.memory().eviction()).needsUncertainty()
        || asks(conditions, ReinstatementProvider::needsDecoder);
  }

  private boolean asks(
      Collection<Condition> conditions, Predicate<ReinstatementProvider> question) {
    return conditions.stream()
        .flatMap(condition -> config.reinstatement(condition).stream())
        .anyMatch(from -> question.test(plugins.find(ReinstatementProvider.class, from)));
  }

  /**
   * A new decoder; each call gives the same initial parameters.
   *
   * @return the decoder
   */
  public Decoder<T> decoder() {
    Decoder<T> decoder =
        networks.decoder(
            config.network().embeddingSize(), config.decoding().decoderLearningRate(), seed);
    if (config.pretraining().startsDecoder()) {
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

  /** Everything that what is trained beforehand depends on. */
  String pretrainingSettings(String objective, int size, Split split) {
    return new PretrainingSettings(catalogue, config)
        .text(objective, size, split, seed, tensors.description());
  }

  /** Floats of a code. */
  int codeSize() {
    return options.get(CodeProvider.SIZE);
  }

  /** Whether an autoencoder that no longer changes is needed for some of these conditions. */
  boolean needsCodec(Collection<Condition> conditions) {
    return asks(conditions, ReinstatementProvider::needsCodec);
  }

  private Optional<Codec<T>> codec() {
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
   * What gets observations back, for conditions that go along with one training.
   *
   * @param conditions what is trained or audited
   * @return to be handed to {@link #network}
   */
  public Decoding<T> decoding(Collection<Condition> conditions) {
    return new Decoding<>(
        needsDecoder(conditions) ? Optional.of(decoder()) : Optional.empty(), codec());
  }

  /**
   * The network of a condition.
   *
   * @param condition what is trained
   * @param decoding what gets observations back; taken over, and released if this fails
   * @param assigner wraps the plug-in of the condition, or gives it back as it is
   * @param owner closes the network
   * @return the network, with an empty memory
   */
  public MemoryNetwork<T> network(
      Condition condition,
      Decoding<T> decoding,
      UnaryOperator<CreditAssignerProvider> assigner,
      Owned owner) {
    try {
      MemoryConfig memory = config.memory();
      MemoryNetworkBuilder<T> builder =
          MemoryNetwork.builder(tensors)
              .plugins(plugins)
              .embedder(this::embedder)
              .capacity(memory.capacity())
              .valueSize(data.classes())
              .store(memory.store())
              .eviction(memory.eviction())
              .recall(memory.recall())
              .assigner(
                  assigner.apply(plugins.find(CreditAssignerProvider.class, condition.assigner())))
              .settings(learningSettings())
              .seed(seed);
      config.reinstatement(condition).ifPresent(name -> builder.reinstatement(name));
      if (memory.freshens()) {
        builder.refresher(memory.freshening());
      }
      decoding.decoder().ifPresent(decoder -> builder.decoder(decoder));
      decoding.codec().ifPresent(builder::codec);
      switch (config.decoding().decoderLearning()) {
        case "fixed" -> builder.fixedDecoder();
        case "distilled" ->
            builder.teaching((student, taught) -> replaying(student, taught, owner));
        default -> {}
      }
      giveOptions(condition, builder);
      return owner.own(builder.build());
    } catch (RuntimeException | Error e) {
      decoding.close();
      throw e;
    }
  }

  /** A run's options are those of all its conditions; a network takes those of its own plug-ins. */
  private void giveOptions(Condition condition, MemoryNetworkBuilder<T> builder) {
    for (PluginUse use : PluginUse.of(config, condition)) {
      for (Option<?> option : use.options(catalogue)) {
        String value = options.values().get(option.name());
        if (value != null) {
          builder.option(option.name(), value);
        }
      }
    }
  }

  private Decoder<T> replaying(Decoder<T> student, Memory<T> memory, Owned owner) {
    ReplayedKeys<T> keys =
        owner.own(new ReplayedKeys<>(tensors, memory, config.training().batch(), seed));
    return new ReplayingDecoder<>(
        tensors, student, owner.own(decoder()), config.decoding().distillationSteps(), keys);
  }

  /**
   * The reinstatement of a condition that has one, for a memory that another one is trained with.
   *
   * @param condition what is audited
   * @param memory the memory, still empty
   * @param decoding what gets observations back; stays its owner's
   * @return the reinstatement, to be closed by the caller
   */
  public Optional<Reinstatement<T>> reinstatement(
      Condition condition, Memory<T> memory, Decoding<T> decoding) {
    ReinstatementContext<T> context =
        new ReinstatementContext<>(
            tensors, memory, data.observationSize(), decoding.decoder(), decoding.codec(), options);
    return condition
        .reinstatement()
        .map(from -> plugins.find(ReinstatementProvider.class, from).create(context));
  }

  /**
   * The credit assigner of a condition, for an embedder and a memory that another one is trained
   * with.
   *
   * @param condition what is audited
   * @param trained what the trained assigner is made from
   * @param reinstatement its own reinstatement, if it has one
   * @return the assigner, to be closed by the caller
   */
  public CreditAssigner<T> assigner(
      Condition condition, CreditContext<T> trained, Optional<Reinstatement<T>> reinstatement) {
    return plugins
        .find(CreditAssignerProvider.class, condition.assigner())
        .create(
            new CreditContext<>(
                tensors, trained.embedder(), trained.memory(), reinstatement, seed, options));
  }

  /**
   * How the network reads and learns.
   *
   * @return addressing, loss, warm-up and the rest
   */
  public LearningSettings learningSettings() {
    ReadingConfig reading = config.reading();
    Addressing addressing =
        reading.normalisation().equals("sum")
            ? Addressing.sum()
            : Addressing.softmax(reading.temperature());
    return LearningSettings.paper(config.training().warmupSteps())
        .withAddressing(addressing)
        .withQueryGradient(reading.queryGradient())
        .withReconstructionTrainsEmbedder(config.decoding().reconstructionTrainsEmbedder())
        .withFresheningOnReading(config.memory().fresheningOnReading());
  }
}
