package io.nnem.credit;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.autoencoder.Uncertain;
import io.nnem.autoencoder.pretraining.FixedCodec;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Options;
import io.nnem.core.Plugin;
import io.nnem.core.RowShape;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.credit.MemoryNetworkBuilder.Choice;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.KeyUncertainty;
import io.nnem.memory.Memory;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.RecallContext;
import io.nnem.memory.RecallProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Puts the parts of a network together, and refuses those that do not fit each other. */
final class NetworkAssembly<T> {

  private final MemoryNetworkBuilder<T> wanted;
  private final Tensors<T> tensors;
  private final Options options;
  private final Parts<T> parts;
  private final Map<String, Plugin> used = new LinkedHashMap<>();

  NetworkAssembly(MemoryNetworkBuilder<T> builder) {
    this.wanted = builder;
    this.tensors = builder.tensors;
    this.options = new Options(builder.options);
    this.parts = new Parts<>(tensors, builder.settings);
  }

  /** What was built, for the file. */
  NetworkDescription description() {
    return NetworkDescription.of(wanted, used);
  }

  Parts<T> build() {
    requireSaid(wanted.embedder != null || wanted.embedders != null, "an embedder", "embedder");
    requireSaid(wanted.assigner != null, "a credit assigner", "assigner");
    requireSaid(wanted.capacity >= 1, "a capacity of 1 or more", "capacity");
    requireSaid(wanted.valueSize >= 1, "a value size of 1 or more", "valueSize");
    try {
      Supplier<Embedder<T>> writers = writers();
      parts.writer = parts.own(writers.get());
      parts.reader = reader();
      EvictionPolicyProvider eviction =
          find("eviction", EvictionPolicyProvider.class, wanted.eviction);
      buildDecoder();
      buildMemory(eviction);
      buildCodec();
      buildReinstatement();
      buildAssigner();
      RecallProvider recall = find("recall", RecallProvider.class, wanted.recall);
      parts.recall =
          parts.own(
              recall.create(new RecallContext<>(tensors, parts.memory, wanted.seed, options)));
      buildRefresher(writers);
      requireKnownOptions();
      listen();
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
    if (wanted.decoderObject != null) {
      parts.own(wanted.decoderObject);
    }
    if (wanted.codec != null) {
      parts.own(wanted.codec);
    }
    return parts;
  }

  private static void requireSaid(boolean said, String what, String call) {
    if (!said) {
      throw new IllegalArgumentException(
          "A memory network needs " + what + ": call " + call + "(...) of its builder.");
    }
  }

  private <P extends Plugin> P find(String role, Class<P> kind, Choice<P> choice) {
    P plugin =
        choice.provider() == null ? wanted.plugins.find(kind, choice.name()) : choice.provider();
    used.put(role, plugin);
    plugin.options().forEach(options::get); // a bad value is refused before anything is made
    return plugin;
  }

  private Supplier<Embedder<T>> writers() {
    if (wanted.embedder != null && wanted.embedders != null) {
      find("embedder", EmbedderProvider.class, wanted.embedder);
    }
    return wanted.embedders == null
        ? embedders("embedder", wanted.embedder, wanted.observation, wanted.seed)
        : wanted.embedders;
  }

  private Supplier<Embedder<T>> embedders(
      String role, Choice<EmbedderProvider> choice, RowShape observation, long seed) {
    EmbedderProvider provider = find(role, EmbedderProvider.class, choice);
    EmbedderContext<T> context = embedderContext(observation, wanted.embeddingSize, seed);
    return () -> provider.create(context);
  }

  private EmbedderContext<T> embedderContext(RowShape observation, int size, long seed) {
    return new EmbedderContext<>(
        tensors, observation, size, wanted.hidden, wanted.optimiser, seed, options);
  }

  private DecoderContext<T> decoderContext(int embeddingSize) {
    return new DecoderContext<>(
        tensors,
        embeddingSize,
        parts.writer.observationSize(),
        wanted.decoderHidden,
        wanted.decoderOutput,
        wanted.decoderLoss,
        wanted.decoderOptimiser,
        wanted.seed,
        options);
  }

  private Embedder<T> reader() {
    Embedder<T> writer = parts.writer;
    if (wanted.reader == null && wanted.readers == null) {
      return writer;
    }
    wanted.embeddingSize = writer.embeddingSize();
    long seed = Seeds.derive(wanted.seed, "reader");
    Supplier<Embedder<T>> makes =
        wanted.readers == null
            ? embedders("reader", wanted.reader, wanted.queryObservation, seed)
            : wanted.readers;
    Embedder<T> reader = parts.own(makes.get());
    requireSame(
        "The reader's embeddings", reader.embeddingSize(), "the writer's", writer.embeddingSize());
    return reader;
  }

  private static void requireSame(String what, int size, String other, int otherSize) {
    if (size != otherSize) {
      throw new IllegalArgumentException(
          what
              + " have "
              + size
              + " floats, but "
              + other
              + " have "
              + otherSize
              + ": they must have the same size.");
    }
  }

  private void buildDecoder() {
    DecoderProvider provider =
        wanted.decoder == null ? null : find("decoder", DecoderProvider.class, wanted.decoder);
    if (wanted.decoderObject != null) {
      parts.decoder = Optional.of(wanted.decoderObject);
    } else if (provider != null) {
      Decoder<T> decoder = provider.create(decoderContext(parts.writer.embeddingSize()));
      parts.decoder = Optional.of(parts.own(decoder));
    }
    parts.decoder.ifPresent(
        decoder -> {
          requireSame(
              "The decoder's embeddings",
              decoder.embeddingSize(),
              "the embedder's",
              parts.writer.embeddingSize());
          requireSame(
              "The decoder's observations",
              decoder.observationSize(),
              "the embedder's",
              parts.writer.observationSize());
        });
    if (wanted.settings.reconstructionTrainsEmbedder()
        && (parts.decoder.isEmpty() || !wanted.decoderLearns)) {
      throw new IllegalArgumentException(
          "The reconstruction can train the embedder only if there is a decoder that learns: name"
              + " one, as in decoder(\"autoencoder\").");
    }
  }

  private void buildMemory(EvictionPolicyProvider eviction) {
    MemoryStoreContext<T> context =
        new MemoryStoreContext<>(
            tensors, wanted.capacity, parts.writer.embeddingSize(), wanted.valueSize, options);
    MemoryStore<T> store =
        parts.own(find("store", MemoryStoreProvider.class, wanted.store).create(context));
    requireSame("The store's keys", store.keySize(), "embeddings", context.keySize());
    requireSame(
        "The store's values", store.valueSize(), "the network's values", context.valueSize());
    if (store.capacity() != wanted.capacity) {
      throw new IllegalArgumentException(
          "The store has a capacity of "
              + store.capacity()
              + ", but "
              + wanted.capacity
              + " was asked for.");
    }
    parts.memory =
        Memory.create(
            tensors,
            store,
            memory ->
                eviction.create(
                    new EvictionContext<>(tensors, memory, uncertainty(), wanted.seed, options)));
    parts.learningDecoder =
        wanted.decoderLearns
            ? parts.decoder.map(
                decoder ->
                    wanted.teaching == null
                        ? decoder
                        : parts.own(wanted.teaching.apply(decoder, parts.memory)))
            : Optional.empty();
  }

  private Optional<KeyUncertainty<T>> uncertainty() {
    if (parts.decoder.isPresent() && parts.decoder.get() instanceof Uncertain<?>) {
      @SuppressWarnings("unchecked") // a decoder on T is uncertain of T
      Uncertain<T> uncertain = (Uncertain<T>) parts.decoder.get();
      return Optional.of(keys -> checked(uncertain, keys));
    }
    return Optional.empty();
  }

  private double[] checked(Uncertain<T> uncertain, T keys) {
    double[] uncertainties = uncertain.uncertainty(keys);
    if (uncertainties.length != tensors.rows(keys)) {
      throw new IllegalStateException(
          "The decoder "
              + uncertain.getClass().getName()
              + " gave "
              + uncertainties.length
              + " uncertainties for "
              + tensors.rows(keys)
              + " keys.");
    }
    for (double each : uncertainties) {
      if (!Double.isFinite(each)) {
        throw new DivergenceException("The decoder's uncertainty of a memory is " + each + ".");
      }
    }
    return uncertainties;
  }

  private void buildCodec() {
    DecoderProvider decoders =
        wanted.codecDecoder == null
            ? null
            : find("codec", DecoderProvider.class, wanted.codecDecoder);
    if (wanted.codec == null && decoders != null) { // its state will be loaded
      EmbedderProvider encoders = find("embedder", EmbedderProvider.class, wanted.embedder);
      float[] nothing = new float[wanted.codeSize];
      parts.codec =
          Optional.of(
              parts.own(
                  new FixedCodec<>(
                      encoders.create(
                          embedderContext(wanted.observation, wanted.codeSize, wanted.seed)),
                      decoders.create(decoderContext(wanted.codeSize)),
                      new CodeRanges(nothing, nothing))));
    } else if (wanted.codec != null) {
      requireSame(
          "The codec's observations",
          wanted.codec.observationSize(),
          "the embedder's",
          parts.writer.observationSize());
      parts.codec = Optional.of(wanted.codec);
    }
  }

  private void buildReinstatement() {
    Choice<ReinstatementProvider> choice = wanted.reinstatement;
    if (choice == null && wanted.refresher != null) {
      choice = Choice.of("decoded"); // the only one that needs nothing beside keys
    }
    if (choice == null) {
      return;
    }
    ReinstatementContext<T> context =
        new ReinstatementContext<>(
            tensors,
            parts.memory,
            parts.writer.observationSize(),
            parts.decoder,
            parts.codec,
            options);
    parts.reinstatement =
        Optional.of(
            parts.own(find("reinstatement", ReinstatementProvider.class, choice).create(context)));
  }

  private void buildAssigner() {
    CreditAssignerProvider provider =
        find("assigner", CreditAssignerProvider.class, wanted.assigner);
    parts.assigner =
        parts.own(
            provider.create(
                new CreditContext<>(
                    tensors,
                    parts.writer,
                    parts.memory,
                    parts.reinstatement,
                    wanted.seed,
                    options)));
  }

  private void buildRefresher(Supplier<Embedder<T>> writers) {
    if (wanted.refresher != null) {
      KeyRefresherContext<T> context =
          new KeyRefresherContext<>(
              tensors,
              parts.writer,
              writers,
              parts.memory,
              parts.reinstatement.orElseThrow(),
              options);
      parts.refresher =
          Optional.of(
              parts.own(
                  find("refresher", KeyRefresherProvider.class, wanted.refresher).create(context)));
    }
  }

  /** A misspelt option would otherwise be silently left out. */
  private void requireKnownOptions() {
    TreeSet<String> known = new TreeSet<>();
    used.values().forEach(plugin -> plugin.options().forEach(option -> known.add(option.name())));
    for (String name : wanted.options.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "None of this network's plug-ins has an option '"
                + name
                + "'. They have: "
                + (known.isEmpty() ? "none" : String.join(", ", known))
                + ".");
      }
    }
  }

  /** The order in which parts learn of what happens: the policy, which is there already, first. */
  private void listen() {
    parts.reinstatement.ifPresent(parts.memory::addListener);
    parts.memory.addListener(parts.assigner);
    parts.memory.addListener(parts.recall);
    parts.refresher.ifPresent(parts.memory::addListener);
  }
}
