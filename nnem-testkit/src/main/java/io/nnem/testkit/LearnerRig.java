package io.nnem.testkit;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.autoencoder.pretraining.FixedCodec;
import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.LearnerSettings;
import io.nnem.credit.MemoryLearner;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.credit.StepResult;
import io.nnem.memory.Reading;
import io.nnem.memory.Slots;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A small learner with everything it needs: three classes of noisy patterns, whose stream depends
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
  final NetworkEmbedder<T> embedder;
  final FaultyDecoder<T> decoder;
  final Codec<T> codec;
  final FaultyRetention retention;
  final FixedCapacityStore<T> memory;
  final Reinstatement<T> reinstatement;
  final CreditAssigner<T> assigner;
  final MemoryLearner<T> learner;
  final LearnerSettings settings;
  final T observations;
  final T values;
  private final Matrices<T> matrices;
  private final Matrices<T> scratch;
  private final SplittableRandom stream;

  LearnerRig(
      Tensors<T> tensors,
      CreditAssignerProvider provider,
      Optional<ReinstatementProvider> reinstatementProvider,
      Options options,
      Setting setting) {
    long seed = TestSeed.get();
    this.tensors = tensors;
    this.setting = setting;
    this.stream = TestSeed.random("stream");
    this.matrices = new Matrices<>(tensors, "rig");
    this.scratch = new Matrices<>(tensors, "rig, single steps");
    this.embedder = embedder(seed);
    boolean needsDecoder =
        reinstatementProvider.map(ReinstatementProvider::needsDecoder).orElse(false);
    this.decoder =
        setting.decoder() || needsDecoder
            ? new FaultyDecoder<>(new PerceptronDecoder<>(decoderContext(seed)))
            : null;
    boolean needsCodec = reinstatementProvider.map(ReinstatementProvider::needsCodec).orElse(false);
    this.codec = needsCodec ? codec(seed + 1) : null;
    this.retention = new FaultyRetention(setting.capacity());
    this.memory =
        new FixedCapacityStore<>(tensors, setting.capacity(), EMBEDDING, CLASSES, retention);
    Optional<Decoder<T>> given = Optional.ofNullable(decoder);
    this.reinstatement =
        reinstatementProvider
            .map(
                p ->
                    p.create(
                        new ReinstatementContext<>(
                            tensors,
                            setting.capacity(),
                            OBSERVATION,
                            given,
                            Optional.ofNullable(codec),
                            Options.none())))
            .orElse(null);
    this.assigner =
        provider.create(
            new CreditContext<>(
                tensors, embedder, memory, Optional.ofNullable(reinstatement), seed, options));
    this.settings =
        new LearnerSettings(
            Addressing.softmax(0.2), Loss.CROSS_ENTROPY, setting.warmup(), false, false);
    this.learner = new MemoryLearner<>(tensors, embedder, memory, assigner, decoder, settings);
    this.observations = matrices.zeros(setting.batch(), OBSERVATION);
    this.values = matrices.zeros(setting.batch(), CLASSES);
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
    return learner.step(observations, values);
  }

  void steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /** Writes the next batch as a learner would, without learning anything. */
  Slots write() {
    next();
    try (ForwardPass<T> pass = embedder.newPass(setting.batch())) {
      // The rig draws the next batch into the same matrix: the pass gets one of its own.
      embedder.forward(scratch.copy(observations), pass);
      Slots slots = memory.write(pass.output(), values, embedder.version());
      assigner.written(slots, pass);
      return slots;
    }
  }

  /** Reads all memories with queries, and has the credit assigned; returns the loss. */
  double credit(T queries, T targets) {
    try (Reading<T> reading = new Reading<>(tensors, settings.addressing())) {
      var recalled = assigner.recall(memory.occupied());
      T answers = reading.read(queries, recalled.keys(), memory.values(recalled.slots()));
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
      T answers = reading.read(queries, keys, memory.values(memory.occupied()));
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

  double[] predictions(T queries) {
    T out = scratch.zeros(tensors.rows(queries), CLASSES);
    double[] familiarity = learner.predict(queries, out);
    double[] answers = Matrices.elements(tensors, out);
    double[] both = Arrays.copyOf(answers, answers.length + familiarity.length);
    System.arraycopy(familiarity, 0, both, answers.length, familiarity.length);
    return both;
  }

  /** Everything that learning depends on and that can be seen, bit for bit. */
  List<Object> state() {
    List<Object> state = new ArrayList<>();
    state.add(box("embedder's parameters", parameters()));
    state.add(box("embedder's gradients", gradients()));
    state.add("embedder's version " + embedder.version());
    if (decoder != null) {
      state.add(box("decoder's parameters", Matrices.values(tensors, decoder.parameters())));
      state.add(box("decoder's gradients", Matrices.gradients(tensors, decoder.parameters())));
    }
    state.add("memories " + memory.size());
    if (memory.size() > 0) {
      Slots all = memory.occupied();
      state.add(box("keys", Matrices.elements(tensors, memory.keys(all))));
      state.add(box("values", Matrices.elements(tensors, memory.values(all))));
      for (int slot = 0; slot < memory.size(); slot++) {
        state.add("slot " + slot + " written at " + memory.writtenAt(slot));
      }
    }
    state.add("steps " + learner.steps());
    return state;
  }

  private static List<Object> box(String name, double[] elements) {
    List<Object> boxed = new ArrayList<>(List.of(name));
    Arrays.stream(elements).forEach(boxed::add);
    return boxed;
  }

  @Override
  public void close() {
    learner.close();
    assigner.close();
    if (reinstatement != null) {
      reinstatement.close();
    }
    if (decoder != null) {
      decoder.close();
    }
    if (codec != null) {
      codec.close();
    }
    memory.close();
    embedder.close();
    matrices.close();
    scratch.close();
  }
}
