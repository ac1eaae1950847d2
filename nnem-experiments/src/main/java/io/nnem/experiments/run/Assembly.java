package io.nnem.experiments.run;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.pretraining.ReplayingDecoder;
import io.nnem.core.Addressing;
import io.nnem.core.Embedder;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.core.Plugin;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
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
import io.nnem.memory.Memory;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Builds the memory networks of a trial from plug-ins, as a configuration says. A plug-in that
 * fails, here or later when what it made is used, throws a {@link
 * io.nnem.experiments.plugins.PluginFailedException}.
 *
 * @param tensors the back end
 * @param catalogue the plug-ins there are
 * @param seed where all randomness comes from
 * @param config the setting
 * @param data says how large observations are, and how many classes there are
 * @param start what was trained beforehand
 * @param <T> the matrix type
 */
public record Assembly<T>(
    Tensors<T> tensors,
    Catalogue catalogue,
    long seed,
    ExperimentConfig config,
    Dataset data,
    Start start) {

  /**
   * Nothing was trained beforehand.
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

  /**
   * A new embedder; each call gives the same initial parameters.
   *
   * @return the embedder
   */
  public Embedder<T> embedder() {
    NetworkConfig network = config.network();
    Embedder<T> embedder =
        networks().embedder(network.embeddingSize(), network.embedderLearningRate(), seed);
    if (config.pretraining().startsEmbedder()) {
      start.parts().ifPresent(parts -> parts.toEncoder(tensors, embedder.parameters()));
    }
    return embedder;
  }

  /**
   * A new decoder; each call gives the same initial parameters.
   *
   * @return the decoder
   */
  public Decoder<T> decoder() {
    Decoder<T> decoder =
        networks()
            .decoder(
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
    RowShape image = new RowShape(data.rows(), data.columns(), 1);
    return new Networks<>(tensors, catalogue, config, image, options());
  }

  private Options options() {
    return new Options(config.options());
  }

  /** A plug-in that says, by what it throws, when it fails. */
  <P extends Plugin> P plugin(Class<P> kind, String name) {
    return catalogue.guarded().find(kind, name);
  }

  /** Floats of a code. */
  int codeSize() {
    return options().get(CodeProvider.SIZE);
  }

  /** Everything that what is trained beforehand depends on. */
  String pretrainingSettings(String objective, int size, Split split) {
    return new PretrainingSettings(catalogue, config)
        .text(objective, size, split, seed, tensors.description());
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
              .plugins(catalogue.guarded())
              .embedder(this::embedder)
              .capacity(memory.capacity())
              .valueSize(data.classes())
              .store(memory.store())
              .eviction(memory.eviction())
              .recall(memory.recall())
              .assigner(assigner.apply(plugin(CreditAssignerProvider.class, condition.assigner())))
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
        String value = config.options().get(option.name());
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
            tensors,
            memory,
            data.observationSize(),
            decoding.decoder(),
            decoding.codec(),
            options());
    return condition
        .reinstatement()
        .map(from -> plugin(ReinstatementProvider.class, from).create(context));
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
    return plugin(CreditAssignerProvider.class, condition.assigner())
        .create(
            new CreditContext<>(
                tensors, trained.embedder(), trained.memory(), reinstatement, seed, options()));
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
