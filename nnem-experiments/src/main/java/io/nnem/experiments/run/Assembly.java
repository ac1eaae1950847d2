package io.nnem.experiments.run;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.autoencoder.pretraining.ReplayingDecoder;
import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.GrowingRows;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.core.Plugin;
import io.nnem.core.RowShape;
import io.nnem.core.Seeds;
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
import io.nnem.experiments.config.TrainingConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.experiments.plugins.PluginUse;
import io.nnem.experiments.pretrained.Weights;
import io.nnem.memory.Memory;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * Builds the networks of a trial from plug-ins, as a configuration says, for data that says how
 * large observations are. A plug-in that fails, here or later when what it made is used, throws a
 * {@link io.nnem.experiments.plugins.PluginFailedException}.
 */
public record Assembly<T>(
    Tensors<T> tensors,
    Catalogue catalogue,
    long seed,
    ExperimentConfig config,
    Dataset data,
    Start start) {

  /**
   * What was trained before a trial.
   *
   * @param parts what embedder and decoder start from
   * @param code what the codec is made of
   */
  public record Start(Optional<Weights> parts, Optional<Weights> code) {}

  public Assembly(
      Tensors<T> tensors, Catalogue catalogue, long seed, ExperimentConfig config, Dataset data) {
    this(tensors, catalogue, seed, config, data, new Start(Optional.empty(), Optional.empty()));
  }

  /** The same, with parts that start from what was trained beforehand. */
  public Assembly<T> with(Start other) {
    return new Assembly<>(tensors, catalogue, seed, config, data, other);
  }

  /** The same, in another setting; what was trained beforehand stays. */
  public Assembly<T> with(ExperimentConfig other) {
    return new Assembly<>(tensors, catalogue, seed, other, data, start);
  }

  /** A new embedder; each call gives the same initial parameters. */
  public Embedder<T> embedder() {
    NetworkConfig network = config.network();
    Embedder<T> embedder = embedder(network.embeddingSize(), network.embedderLearningRate(), seed);
    if (config.pretraining().startsEmbedder()) {
      start.parts().ifPresent(parts -> parts.toEncoder(tensors, embedder.parameters()));
    }
    return embedder;
  }

  /** A new decoder; each call gives the same initial parameters. */
  public Decoder<T> decoder() {
    Decoder<T> decoder =
        decoder(
            config.decoding().decoder(),
            config.network().embeddingSize(),
            config.decoding().decoderLearningRate(),
            seed);
    if (config.pretraining().startsDecoder()) {
      start.parts().ifPresent(parts -> parts.toDecoder(tensors, decoder.parameters()));
    }
    return decoder;
  }

  /** A new, untrained autoencoder; each call gives the same initial parameters. */
  public Autoencoder<T> autoencoder(String decoder, int codeSize) {
    long its = Seeds.derive(seed, "pretraining");
    double rate = config.pretraining().pretrainLearningRate();
    return new Autoencoder<>(
        tensors, embedder(codeSize, rate, its), decoder(decoder, codeSize, rate, its));
  }

  Embedder<T> embedder(int embeddingSize, double rate, long itsSeed) {
    EmbedderContext<T> context =
        new EmbedderContext<>(
            tensors,
            shape(),
            embeddingSize,
            config.network().embedderHidden(),
            optimiser(rate),
            itsSeed,
            options());
    return PluginGuard.of(catalogue.of(EmbedderProvider.class), config.network().embedder())
        .ask(provider -> provider.create(context));
  }

  private Decoder<T> decoder(String name, int embeddingSize, double rate, long itsSeed) {
    DecoderContext<T> context =
        new DecoderContext<>(
            tensors,
            embeddingSize,
            data.observationSize(),
            config.decoding().decoderHidden(),
            Activation.SIGMOID,
            decoderLoss(),
            optimiser(rate),
            itsSeed,
            options());
    return PluginGuard.of(catalogue.of(DecoderProvider.class), name)
        .ask(provider -> provider.create(context));
  }

  /** Images to measure decoders on: the first of these, as many as there are. */
  public ReconstructionProbe<T> probe(Dataset images, String split, int codeSize, int count) {
    return new ReconstructionProbe<>(tensors, images, split, codeSize, decoderLoss(), count);
  }

  private RowShape shape() {
    return new RowShape(data.rows(), data.columns(), 1);
  }

  private Loss decoderLoss() {
    return config.decoding().decoderLoss().equals("squared-error")
        ? Loss.SQUARED_ERROR
        : Loss.BINARY_CROSS_ENTROPY;
  }

  OptimiserSettings optimiser(double rate) {
    TrainingConfig training = config.training();
    OptimiserSettings settings =
        training.optimiser().equals("sgd")
            ? OptimiserSettings.sgd(rate)
            : OptimiserSettings.adam(rate);
    return settings.clippedAt(training.clipNorm());
  }

  private Options options() {
    return new Options(config.options());
  }

  /** A plug-in that says, by what it throws, when it fails. */
  <P extends Plugin> P plugin(Class<P> kind, String name) {
    return catalogue.guarded().find(kind, name);
  }

  int codeSize() {
    return options().get(CodeProvider.SIZE);
  }

  String pretrainingSettings(String objective, int size, Split split) {
    return new PretrainingSettings(catalogue, config)
        .text(objective, size, split, seed, tensors.description());
  }

  /** The network of a condition, with an empty memory. */
  public MemoryNetwork<T> network(
      Condition condition,
      Decoding<T> decoding,
      UnaryOperator<CreditAssignerProvider> assigner,
      Owned owner) {
    try {
      MemoryConfig memory = config.memory();
      NetworkConfig network = config.network();
      MemoryNetworkBuilder<T> builder =
          MemoryNetwork.builder(tensors)
              .plugins(catalogue.guarded())
              .embedder(network.embedder(), shape(), network.embeddingSize(), this::embedder)
              .hidden(network.embedderHidden().stream().mapToInt(Integer::intValue).toArray())
              .optimiser(optimiser(network.embedderLearningRate()))
              .decoderNetwork(
                  config.decoding().decoderHidden(),
                  Activation.SIGMOID,
                  decoderLoss(),
                  optimiser(config.decoding().decoderLearningRate()))
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
      String decoders = config.decoding().decoder();
      decoding.decoder().ifPresent(decoder -> builder.decoder(decoders, decoder));
      decoding.codec().ifPresent(codec -> builder.codec(decoders, codec));
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
    int count = config.training().batch();
    GrowingRows<T> room = owner.own(new GrowingRows<>(tensors, memory.keySize()));
    // keys of consecutive memories: where they begin depends on seed and update alone
    LongFunction<Optional<T>> keys =
        update -> {
          if (memory.size() < count) {
            return Optional.empty();
          }
          SplittableRandom random = Seeds.random(seed, "replayed-keys-" + update);
          int from = random.nextInt(memory.size() - count + 1);
          return Optional.of(memory.keys(memory.occupied().part(from, from + count), room));
        };
    return new ReplayingDecoder<>(
        tensors, student, owner.own(decoder()), config.decoding().distillationSteps(), keys);
  }

  /**
   * The reinstatement of a condition that has one, for a memory that another one is trained with,
   * which is still empty; {@code decoding} stays its owner's.
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
   * The credit assigner of a condition, for the embedder and the memory that another one, made from
   * {@code trained}, is trained with.
   */
  public CreditAssigner<T> assigner(
      Condition condition, CreditContext<T> trained, Optional<Reinstatement<T>> reinstatement) {
    return plugin(CreditAssignerProvider.class, condition.assigner())
        .create(
            new CreditContext<>(
                tensors, trained.embedder(), trained.memory(), reinstatement, seed, options()));
  }

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
