package io.nnem.experiments.run;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.autoencoder.pretraining.ReplayingDecoder;
import io.nnem.core.Addressing;
import io.nnem.core.Embedder;
import io.nnem.core.Loss;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Freshener;
import io.nnem.credit.LearnerSettings;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.memory.MemoryStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
  private final Start start;
  private final Networks<T> networks;
  private final Memories<T> memories;

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
    this.options = options(config);
    this.start = start;
    RowShape image = new RowShape(data.rows(), data.columns(), 1);
    this.networks = new Networks<>(tensors, catalogue, config, image, options);
    this.memories = new Memories<>(tensors, catalogue, config, seed, options);
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
   * A new, empty memory.
   *
   * @param decoder of {@link #decoder}, if there is one; says how uncertain it is of memories where
   *     the retention policy goes by that
   * @return the memory
   */
  public MemoryStore<T> memory(Optional<Decoder<T>> decoder) {
    return memories.memory(data.classes(), decoder);
  }

  /**
   * Whether a decoder is needed for some of these conditions.
   *
   * @param conditions what is trained
   * @return true if one of them, or the configuration, asks for it
   */
  public boolean needsDecoder(Collection<Condition> conditions) {
    return config.reconstructionTrainsEmbedder()
        || memories.scored()
        || (fresheners().any()
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
   * The decoder as the learner teaches it: as it is, not at all, or on what the memory holds too.
   *
   * @param decoder of {@link #decoder}, if there is one
   * @param memory whose keys it replays
   * @param parts takes over what is made for that
   * @return what the learner is given; empty if nothing is to learn
   */
  public Optional<Decoder<T>> learning(
      Optional<Decoder<T>> decoder, MemoryStore<T> memory, Owned parts) {
    return switch (config.decoderLearning()) {
      case "fixed" -> Optional.empty();
      case "distilled" ->
          decoder.map(
              student ->
                  parts.own(
                      new ReplayingDecoder<>(
                          tensors,
                          student,
                          parts.own(decoder()),
                          config.distillationSteps(),
                          new ReplayedKeys<>(memory, config.batch(), seed))));
      default -> decoder;
    };
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
   * The reinstatement of a condition that has one.
   *
   * @param condition what is trained
   * @param decoder the decoder that learns, if there is one
   * @param codec the autoencoder that does not, if there is one
   * @return the reinstatement of an empty memory
   */
  public Optional<Reinstatement<T>> reinstatement(
      Condition condition, Optional<Decoder<T>> decoder, Optional<Codec<T>> codec) {
    ReinstatementContext<T> context =
        new ReinstatementContext<>(
            tensors, config.capacity(), data.observationSize(), decoder, codec, options);
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

  private Fresheners<T> fresheners() {
    return new Fresheners<>(tensors, config);
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
    if (!fresheners().any()) {
      return Optional.empty();
    }
    Reinstatement<T> source =
        own.orElseGet(
            () -> {
              Condition decoded = new Condition(condition.assigner(), Optional.of("decoded"));
              return owner.own(reinstatement(decoded, decoder, Optional.empty()).orElseThrow());
            });
    return Optional.of(fresheners().create(embedder, this::embedder, memory, source, owner));
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
