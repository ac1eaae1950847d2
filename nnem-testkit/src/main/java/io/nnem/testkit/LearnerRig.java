package io.nnem.testkit;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.autoencoder.pretraining.FixedCodec;
import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.credit.StepResult;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Reading;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * A small network with everything it needs: three classes of noisy patterns, whose stream depends
 * on the seed alone.
 */
final class LearnerRig<T> implements AutoCloseable {

  static final int OBSERVATION = 6;
  static final int EMBEDDING = 4;
  static final int CLASSES = 3;

  /** What a rig is made of beside the back end and the assigner. */
  record Setting(int capacity, int batch, int warmup, boolean decoder) {}

  final Tensors<T> tensors;
  final Setting setting;
  final FaultyDecoder<T> decoder;
  final MemoryNetwork<T> network;
  final Memory<T> memory;
  final Embedder<T> embedder;
  final LearningSettings settings;
  final T observations;
  final T values;
  // what the network has made of providers
  FaultyEviction<T> eviction;
  CreditAssigner<T> assigner;
  Reinstatement<T> reinstatement;
  private final Matrices<T> matrices;
  private final Matrices<T> scratch;
  private final GrowingRows<T> keyRoom;
  private final GrowingRows<T> valueRoom;
  private final SplittableRandom stream;

  LearnerRig(
      Tensors<T> tensors,
      CreditAssignerProvider provider,
      Optional<ReinstatementProvider> reinstatementProvider,
      Options options,
      Setting setting) {
    this(tensors, provider, reinstatementProvider, options, setting, builder -> builder);
  }

  /** One whose network is built in another way. */
  LearnerRig(
      Tensors<T> tensors,
      CreditAssignerProvider provider,
      Optional<ReinstatementProvider> reinstatementProvider,
      Options options,
      Setting setting,
      UnaryOperator<MemoryNetworkBuilder<T>> otherwise) {
    long seed = TestSeed.get();
    this.tensors = tensors;
    this.setting = setting;
    this.stream = TestSeed.random("stream");
    this.matrices = new Matrices<>(tensors, "rig");
    this.scratch = new Matrices<>(tensors, "rig, single steps");
    this.keyRoom = new GrowingRows<>(tensors, EMBEDDING);
    this.valueRoom = new GrowingRows<>(tensors, CLASSES);
    this.settings =
        LearningSettings.paper(setting.warmup()).withAddressing(Addressing.softmax(0.2));
    MemoryNetworkBuilder<T> builder =
        MemoryNetwork.builder(tensors)
            .embedder(() -> embedder(seed))
            .capacity(setting.capacity())
            .valueSize(CLASSES)
            .eviction(new Evictions())
            .assigner(new Assigners(provider))
            .settings(settings)
            .seed(seed);
    options.values().forEach(builder::option);
    reinstatementProvider.ifPresent(
        from -> {
          builder.reinstatement(new Reinstatements(from));
          if (from.needsCodec()) {
            builder.codec(codec(seed + 1));
          }
        });
    boolean needed = reinstatementProvider.map(from -> from.needsDecoder()).orElse(false);
    this.decoder =
        setting.decoder() || needed
            ? new FaultyDecoder<>(new PerceptronDecoder<>(decoderContext(seed)))
            : null;
    if (decoder != null) {
      builder.decoder(decoder);
    }
    this.network = otherwise.apply(builder).build();
    this.memory = network.memory();
    this.embedder = network.embedder();
    this.observations = matrices.zeros(setting.batch(), OBSERVATION);
    this.values = matrices.zeros(setting.batch(), CLASSES);
  }

  /** Makes the policy and keeps hold of it. */
  private final class Evictions implements EvictionPolicyProvider {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    @SuppressWarnings("unchecked") // the rig's network is on T
    public <M> EvictionPolicy<M> create(EvictionContext<M> context) {
      FaultyEviction<M> made = new FaultyEviction<>(context);
      eviction = (FaultyEviction<T>) made;
      return made;
    }
  }

  /** Makes the assigner and keeps hold of it. */
  private final class Assigners implements CreditAssignerProvider {
    private final CreditAssignerProvider provider;

    Assigners(CreditAssignerProvider provider) {
      this.provider = provider;
    }

    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public List<Option<?>> options() {
      return provider.options();
    }

    @Override
    @SuppressWarnings("unchecked") // the rig's network is on T
    public <M> CreditAssigner<M> create(CreditContext<M> context) {
      CreditAssigner<M> made = provider.create(context);
      assigner = (CreditAssigner<T>) made;
      return made;
    }
  }

  /** Makes the reinstatement and keeps hold of it. */
  private final class Reinstatements implements ReinstatementProvider {
    private final ReinstatementProvider provider;

    Reinstatements(ReinstatementProvider provider) {
      this.provider = provider;
    }

    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public List<Option<?>> options() {
      return provider.options();
    }

    @Override
    @SuppressWarnings("unchecked") // the rig's network is on T
    public <M> Reinstatement<M> create(ReinstatementContext<M> context) {
      Reinstatement<M> made = provider.create(context);
      reinstatement = (Reinstatement<T>) made;
      return made;
    }
  }

  private NetworkEmbedder<T> embedder(long seed) {
    return NetworkEmbedder.perceptron(
        new EmbedderContext<>(
            tensors,
            RowShape.flat(OBSERVATION),
            EMBEDDING,
            List.of(5),
            OptimiserSettings.adam(0.01),
            seed,
            Options.none()));
  }

  /** Nobody has trained it: the laws hold for a bad one too. */
  private Codec<T> codec(long seed) {
    float[] low = new float[EMBEDDING];
    float[] high = new float[EMBEDDING];
    Arrays.fill(low, -1);
    Arrays.fill(high, 1);
    return new FixedCodec<>(
        embedder(seed), new PerceptronDecoder<>(decoderContext(seed)), new CodeRanges(low, high));
  }

  private DecoderContext<T> decoderContext(long seed) {
    return new DecoderContext<>(
        tensors,
        EMBEDDING,
        OBSERVATION,
        List.of(5),
        Activation.SIGMOID,
        Loss.SQUARED_ERROR,
        OptimiserSettings.adam(0.01),
        seed,
        Options.none());
  }

  /** Draws the next batch into {@link #observations} and {@link #values}. */
  void next() {
    tensors.fill(0, values);
    for (int i = 0; i < setting.batch(); i++) {
      int label = stream.nextInt(CLASSES);
      tensors.set(values, i, label, 1);
      for (int j = 0; j < OBSERVATION; j++) {
        double bright = j / 2 == label ? 0.5 : 0.1;
        tensors.set(observations, i, j, bright + 0.4 * stream.nextDouble());
      }
    }
  }

  StepResult step() {
    next();
    return network.step(observations, values);
  }

  void steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /** Writes the next batch as a network would, without learning anything. */
  Slots write() {
    next();
    try (ForwardPass<T> pass = embedder.newPass(setting.batch())) {
      // The rig draws the next batch into the same matrix: the pass gets one of its own.
      embedder.forward(scratch.copy(observations), pass);
      return memory.write(NewKeys.of(pass), values, embedder.version());
    }
  }

  T keys(Slots slots) {
    return memory.keys(slots, keyRoom);
  }

  T values(Slots slots) {
    return memory.values(slots, valueRoom);
  }

  /** The slots that the next step is going to write. */
  Slots nextSlots() {
    int free = Math.min(setting.batch(), memory.capacity() - memory.size());
    int[] slots = new int[setting.batch()];
    for (int i = 0; i < free; i++) {
      slots[i] = memory.size() + i;
    }
    if (free < slots.length) {
      int[] evicted = eviction.evict(slots.length - free, null, null).toArray();
      System.arraycopy(evicted, 0, slots, free, evicted.length);
    }
    return Slots.of(slots);
  }

  /** Reads all memories with queries, and has the credit assigned; returns the loss. */
  double credit(T queries, T targets) {
    try (Reading<T> reading = new Reading<>(tensors, settings.addressing())) {
      var recalled = assigner.recall(memory.occupied());
      T answers = reading.read(queries, recalled.keys(), values(recalled.slots()));
      T gradient = scratch.zeros(tensors.rows(answers), CLASSES);
      double loss = tensors.loss(settings.loss(), answers, targets, gradient);
      T keyGradient = reading.backward(gradient, false);
      assigner.assign(recalled, reading.keyWeights(), keyGradient);
      return loss;
    }
  }

  /** The loss of a reading with given keys. */
  double loss(T queries, T keys, T targets) {
    try (Reading<T> reading = new Reading<>(tensors, settings.addressing())) {
      T answers = reading.read(queries, keys, values(memory.occupied()));
      T gradient = scratch.zeros(tensors.rows(answers), CLASSES);
      return tensors.loss(settings.loss(), answers, targets, gradient);
    }
  }

  double[] parameters() {
    return Matrices.values(tensors, embedder.parameters());
  }

  double[] gradients() {
    return Matrices.gradients(tensors, embedder.parameters());
  }

  /** Answers, and how familiar each query is. */
  double[] predictions(T queries) {
    T out = scratch.zeros(tensors.rows(queries), CLASSES);
    double[] familiarity = network.read(queries, out);
    double[] answers = Matrices.elements(tensors, out);
    double[] both = Arrays.copyOf(answers, answers.length + familiarity.length);
    System.arraycopy(familiarity, 0, both, answers.length, familiarity.length);
    return both;
  }

  /** Everything that learning depends on, bit for bit, and the gradients. */
  List<Object> state() {
    List<Object> state = new ArrayList<>(SavedState.of(network).toList());
    state.add(box("embedder's gradients", gradients()));
    if (decoder != null) {
      state.add(box("decoder's gradients", Matrices.gradients(tensors, decoder.parameters())));
    }
    return state;
  }

  private static List<Object> box(String name, double[] elements) {
    List<Object> boxed = new ArrayList<>(List.of(name));
    Arrays.stream(elements).forEach(boxed::add);
    return boxed;
  }

  @Override
  public void close() {
    network.close();
    matrices.close();
    scratch.close();
    keyRoom.close();
    valueRoom.close();
  }
}
