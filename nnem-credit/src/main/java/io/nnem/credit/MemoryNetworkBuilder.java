package io.nnem.credit;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Plugin;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import io.nnem.core.state.StateFile;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.Memory;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.RecallProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Builds a {@link MemoryNetwork} of plug-ins, by name, or of objects. What is not said has the
 * default that is stated with it; an embedder, the sizes and a credit assigner must be said.
 *
 * @param <T> the back end's matrix type
 */
public final class MemoryNetworkBuilder<T> {

  /** What stands in a file for a part that was handed over as an object. */
  static final String OBJECT = "(an object)";

  /** A plug-in: by name, or at hand. */
  record Choice<P extends Plugin>(String name, P provider) {
    static <P extends Plugin> Choice<P> of(String name) {
      return new Choice<>(name, null);
    }

    static <P extends Plugin> Choice<P> of(P provider) {
      return new Choice<>(provider.name(), provider);
    }
  }

  final Tensors<T> tensors;
  final Map<String, String> options = new TreeMap<>();
  PluginSource plugins = PluginSource.classPath();
  Choice<EmbedderProvider> embedder;
  Supplier<Embedder<T>> embedders;
  RowShape observation;
  int embeddingSize;
  List<Integer> hidden = List.of(128);
  OptimiserSettings optimiser = OptimiserSettings.adam(1e-3);
  Choice<EmbedderProvider> reader;
  Supplier<Embedder<T>> readers;
  RowShape queryObservation;
  int capacity;
  int valueSize;
  Choice<MemoryStoreProvider> store = Choice.of("fixed-capacity");
  Choice<EvictionPolicyProvider> eviction = Choice.of("fifo");
  Choice<RecallProvider> recall = Choice.of("all");
  Choice<CreditAssignerProvider> assigner;
  Choice<ReinstatementProvider> reinstatement;
  Choice<KeyRefresherProvider> refresher;
  Choice<DecoderProvider> decoder;
  Decoder<T> decoderObject;
  List<Integer> decoderHidden = List.of(128);
  Activation decoderOutput = Activation.SIGMOID;
  Loss decoderLoss = Loss.BINARY_CROSS_ENTROPY;
  OptimiserSettings decoderOptimiser = OptimiserSettings.adam(1e-3);
  boolean decoderLearns = true;
  BiFunction<Decoder<T>, Memory<T>, Decoder<T>> teaching;
  Choice<DecoderProvider> codecDecoder;
  int codeSize;
  Codec<T> codec;
  LearningSettings settings = LearningSettings.classification();
  long seed = 1;

  MemoryNetworkBuilder(Tensors<T> tensors) {
    this.tensors = tensors;
  }

  /** The builder of a network that was described in a file. */
  static <T> MemoryNetworkBuilder<T> of(Tensors<T> tensors, StateFile file) {
    MemoryNetworkBuilder<T> builder = new MemoryNetworkBuilder<>(tensors);
    NetworkDescription description = new NetworkDescription(file.metadata());
    description.applyTo(builder);
    description.requireWithin(
        builder, file.entries().stream().mapToLong(StateFile.Entry::bytes).sum());
    return builder;
  }

  /**
   * Where plug-ins are found; unless said, by the thread's context class loader.
   *
   * @param source finds them by name
   * @return this
   */
  public MemoryNetworkBuilder<T> plugins(PluginSource source) {
    plugins = source;
    return this;
  }

  /**
   * What embeds observations as keys, and queries too unless there is a {@link #reader(String, int)
   * reader}.
   *
   * @param name of an embedder: {@code mlp} is a perceptron
   * @param newObservationSize floats of an observation
   * @param newEmbeddingSize floats of an embedding
   * @return this
   */
  public MemoryNetworkBuilder<T> embedder(
      String name, int newObservationSize, int newEmbeddingSize) {
    return embedder(name, RowShape.flat(newObservationSize), newEmbeddingSize);
  }

  /**
   * The same for observations that are images.
   *
   * @param name of an embedder: {@code conv} is a convolutional network
   * @param newObservation height, width and channels of an observation
   * @param newEmbeddingSize floats of an embedding
   * @return this
   */
  public MemoryNetworkBuilder<T> embedder(
      String name, RowShape newObservation, int newEmbeddingSize) {
    embedder = Choice.of(name);
    embedders = null;
    observation = newObservation;
    embeddingSize = newEmbeddingSize;
    return this;
  }

  /**
   * The same, with an embedder of one's own.
   *
   * @param makes gives a new one with the same first parameters at each call; the network owns them
   * @return this
   */
  public MemoryNetworkBuilder<T> embedder(Supplier<Embedder<T>> makes) {
    embedder = null;
    embedders = makes;
    return this;
  }

  /**
   * The same, with embedders that a plug-in has made, such as some whose parameters were trained
   * before: a file names the plug-in, and is loaded without them.
   *
   * @param name of the embedder
   * @param newObservation height, width and channels of an observation
   * @param newEmbeddingSize floats of an embedding
   * @param makes gives a new one with the same first parameters at each call; the network owns them
   * @return this
   */
  public MemoryNetworkBuilder<T> embedder(
      String name, RowShape newObservation, int newEmbeddingSize, Supplier<Embedder<T>> makes) {
    embedder(name, newObservation, newEmbeddingSize);
    embedders = makes;
    return this;
  }

  /**
   * Units of the embedders' hidden layers, for embedders that have some: 128 unless said.
   *
   * @param units of each layer; none for no hidden layer
   * @return this
   */
  public MemoryNetworkBuilder<T> hidden(int... units) {
    hidden = Arrays.stream(units).boxed().toList();
    return this;
  }

  /**
   * How the embedders learn: by Adam at a rate of 0.001 unless said.
   *
   * @param newOptimiser the rule
   * @return this
   */
  public MemoryNetworkBuilder<T> optimiser(OptimiserSettings newOptimiser) {
    optimiser = newOptimiser;
    return this;
  }

  /**
   * A network of its own for queries, which may be other observations than those that are stored.
   * Its hidden layers and optimiser are as the writer's.
   *
   * @param name of an embedder
   * @param newObservationSize floats of a query's observation
   * @return this
   */
  public MemoryNetworkBuilder<T> reader(String name, int newObservationSize) {
    return reader(name, RowShape.flat(newObservationSize));
  }

  /**
   * The same for queries that are images.
   *
   * @param name of an embedder
   * @param newObservation height, width and channels of a query's observation
   * @return this
   */
  public MemoryNetworkBuilder<T> reader(String name, RowShape newObservation) {
    reader = Choice.of(name);
    readers = null;
    queryObservation = newObservation;
    return this;
  }

  /**
   * The same, with an embedder of one's own.
   *
   * @param makes gives it; the network owns it
   * @return this
   */
  public MemoryNetworkBuilder<T> reader(Supplier<Embedder<T>> makes) {
    reader = null;
    readers = makes;
    return this;
  }

  /**
   * How many memories there is room for.
   *
   * @param slots at least 1
   * @return this
   */
  public MemoryNetworkBuilder<T> capacity(int slots) {
    capacity = slots;
    return this;
  }

  /**
   * What is stored beside each key.
   *
   * @param size floats of a value: classes, for one-hot labels
   * @return this
   */
  public MemoryNetworkBuilder<T> valueSize(int size) {
    valueSize = size;
    return this;
  }

  /**
   * How keys and values are held: {@code fixed-capacity} unless said.
   *
   * @param name of a memory store
   * @return this
   */
  public MemoryNetworkBuilder<T> store(String name) {
    store = Choice.of(name);
    return this;
  }

  /**
   * The same, with a plug-in at hand.
   *
   * @param provider makes the store
   * @return this
   */
  public MemoryNetworkBuilder<T> store(MemoryStoreProvider provider) {
    store = Choice.of(provider);
    return this;
  }

  /**
   * Which memories are given up for new ones: {@code fifo} unless said.
   *
   * @param name of an eviction policy
   * @return this
   */
  public MemoryNetworkBuilder<T> eviction(String name) {
    eviction = Choice.of(name);
    return this;
  }

  /**
   * The same, with a plug-in at hand.
   *
   * @param provider makes the policy
   * @return this
   */
  public MemoryNetworkBuilder<T> eviction(EvictionPolicyProvider provider) {
    eviction = Choice.of(provider);
    return this;
  }

  /**
   * Which memories a query reads: {@code all} unless said.
   *
   * @param name of a recall
   * @return this
   */
  public MemoryNetworkBuilder<T> recall(String name) {
    recall = Choice.of(name);
    return this;
  }

  /**
   * The same, with a plug-in at hand.
   *
   * @param provider makes the recall
   * @return this
   */
  public MemoryNetworkBuilder<T> recall(RecallProvider provider) {
    recall = Choice.of(provider);
    return this;
  }

  /**
   * How credit reaches the embedder through memory, by an assigner that reinstates nothing.
   *
   * @param name of a credit assigner
   * @return this
   */
  public MemoryNetworkBuilder<T> assigner(String name) {
    assigner = Choice.of(name);
    reinstatement = null;
    return this;
  }

  /**
   * How credit reaches the embedder through memory.
   *
   * @param name of a credit assigner that reinstates observations
   * @param from of a reinstatement
   * @return this
   */
  public MemoryNetworkBuilder<T> assigner(String name, String from) {
    assigner = Choice.of(name);
    reinstatement = Choice.of(from);
    return this;
  }

  /**
   * The same, with a plug-in at hand.
   *
   * @param provider makes the assigner
   * @return this
   */
  public MemoryNetworkBuilder<T> assigner(CreditAssignerProvider provider) {
    assigner = Choice.of(provider);
    return this;
  }

  /**
   * Where reinstated observations come from, for an assigner or a refresher that needs them.
   *
   * @param name of a reinstatement
   * @return this
   */
  public MemoryNetworkBuilder<T> reinstatement(String name) {
    reinstatement = Choice.of(name);
    return this;
  }

  /**
   * The same, with a plug-in at hand.
   *
   * @param provider makes the reinstatement
   * @return this
   */
  public MemoryNetworkBuilder<T> reinstatement(ReinstatementProvider provider) {
    reinstatement = Choice.of(provider);
    return this;
  }

  /**
   * What keeps keys fresh: nothing unless said.
   *
   * @param name of a key refresher
   * @return this
   */
  public MemoryNetworkBuilder<T> refresher(String name) {
    refresher = Choice.of(name);
    return this;
  }

  /**
   * The same, with a plug-in at hand.
   *
   * @param provider makes the refresher
   * @return this
   */
  public MemoryNetworkBuilder<T> refresher(KeyRefresherProvider provider) {
    refresher = Choice.of(provider);
    return this;
  }

  /**
   * What learns to get observations back from keys: nothing unless said.
   *
   * @param name of a decoder
   * @return this
   */
  public MemoryNetworkBuilder<T> decoder(String name) {
    decoder = Choice.of(name);
    decoderObject = null;
    return this;
  }

  /**
   * The same, with a decoder of one's own.
   *
   * @param newDecoder the network owns it once it is built
   * @return this
   */
  public MemoryNetworkBuilder<T> decoder(Decoder<T> newDecoder) {
    decoder = null;
    decoderObject = newDecoder;
    return this;
  }

  /**
   * The same, with a decoder that a plug-in has made, such as one that was trained before: a file
   * names the plug-in, and is loaded without it.
   *
   * @param name of the decoder
   * @param newDecoder as {@link #decoderNetwork} says; the network owns it once it is built
   * @return this
   */
  public MemoryNetworkBuilder<T> decoder(String name, Decoder<T> newDecoder) {
    decoder(name);
    decoderObject = newDecoder;
    return this;
  }

  /**
   * The decoder's hidden layers, output, loss and optimiser: 128 units, a sigmoid, binary
   * cross-entropy and Adam at a rate of 0.001 unless said.
   *
   * @param units of each hidden layer
   * @param output {@link Activation#SIGMOID} for observations in [0, 1]; {@link Activation#LINEAR}
   *     for any, by the squared error
   * @param loss how a reconstruction is compared with its observation
   * @param newOptimiser how it learns
   * @return this
   */
  public MemoryNetworkBuilder<T> decoderNetwork(
      List<Integer> units, Activation output, Loss loss, OptimiserSettings newOptimiser) {
    decoderHidden = List.copyOf(units);
    decoderOutput = output;
    decoderLoss = loss;
    decoderOptimiser = newOptimiser;
    return this;
  }

  /**
   * The decoder stays as it is: it was trained before.
   *
   * @return this
   */
  public MemoryNetworkBuilder<T> fixedDecoder() {
    decoderLearns = false;
    return this;
  }

  /**
   * Another way for the decoder to learn than from the observations of each step.
   *
   * @param newTeaching wraps the decoder, whose state the wrapper saves and loads with its own; it
   *     may look at the memory. The network owns the wrapper
   * @return this
   */
  public MemoryNetworkBuilder<T> teaching(
      BiFunction<Decoder<T>, Memory<T>, Decoder<T>> newTeaching) {
    teaching = newTeaching;
    return this;
  }

  /**
   * An autoencoder that no longer changes, for reinstatement from a {@code code}.
   *
   * @param newCodec the network owns it once it is built
   * @return this
   */
  public MemoryNetworkBuilder<T> codec(Codec<T> newCodec) {
    codec = newCodec;
    codecDecoder = null;
    return this;
  }

  /**
   * The same of an autoencoder whose encoder is like the network's {@link #embedder(String, int,
   * int) embedder} but for the size of a code, and whose decoder is as {@link #decoderNetwork}
   * says: a file names both, and is loaded without it.
   *
   * @param decoderName the plug-in that has made its decoder
   * @param newCodec the network owns it once it is built
   * @return this
   */
  public MemoryNetworkBuilder<T> codec(String decoderName, Codec<T> newCodec) {
    codec = newCodec;
    codec(decoderName, newCodec.codeSize());
    return this;
  }

  /** A codec whose state will be loaded. */
  MemoryNetworkBuilder<T> codec(String decoderName, int size) {
    codecDecoder = Choice.of(decoderName);
    codeSize = size;
    return this;
  }

  /**
   * How it reads and learns: {@link LearningSettings#classification} unless said.
   *
   * @param newSettings the settings
   * @return this
   */
  public MemoryNetworkBuilder<T> settings(LearningSettings newSettings) {
    settings = newSettings;
    return this;
  }

  /**
   * A setting of a plug-in's own.
   *
   * @param name one of the {@link Plugin#options} of a plug-in in use
   * @param value as text
   * @return this
   */
  public MemoryNetworkBuilder<T> option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /**
   * Where all randomness comes from: 1 unless said.
   *
   * @param newSeed any number
   * @return this
   */
  public MemoryNetworkBuilder<T> seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /**
   * Builds the network, with an empty memory.
   *
   * @return the network, to be closed by the caller
   * @throws IllegalArgumentException if something is missing, a plug-in is not there, parts do not
   *     fit each other, or an option is unknown or has a bad value; objects that were handed over
   *     stay open
   */
  public MemoryNetwork<T> build() {
    NetworkAssembly<T> assembly = new NetworkAssembly<>(this);
    Parts<T> parts = assembly.build();
    return new MemoryNetwork<>(parts, assembly.description());
  }

  /**
   * Builds the network and takes over a saved state, for a network that has parts which were handed
   * over as objects.
   *
   * @param path a file that {@link MemoryNetwork#save} has written, of a network built alike
   * @return a network that goes on with the same bits
   * @throws IOException if the file cannot be read
   * @throws io.nnem.core.StateException if it is damaged, or of a network that was built otherwise
   * @throws IllegalArgumentException as {@link #build}
   */
  public MemoryNetwork<T> load(Path path) throws IOException {
    try (StateFile file = StateFile.open(path)) {
      return load(file);
    }
  }

  /** Objects that were handed over are closed if the state does not fit. */
  MemoryNetwork<T> load(StateFile file) throws IOException {
    MemoryNetwork<T> network = build();
    try {
      network.requireLike(file.metadata());
      file.load(network, false);
      return network;
    } catch (RuntimeException | Error | IOException e) {
      network.close();
      throw e;
    }
  }
}
