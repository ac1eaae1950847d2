package io.nnem.credit;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Reading;
import io.nnem.memory.Slots;
import java.util.function.BiConsumer;

/**
 * The training step: embed, read, assign credit, learn, write. A step has a part that computes and
 * may fail, which changes nothing but what {@link #forget} takes back, and one that commits.
 */
final class Learning<T> implements AutoCloseable {

  private final Parts<T> parts;
  private final Tensors<T> tensors;
  private final LearningSettings settings;
  private final Memory<T> memory;
  private final CreditAssigner<T> assigner;
  private final Reading<T> reading;
  private final GrowingRows<T> valueRoom;
  private final GrowingRows<T> leftKeys;
  private final GrowingRows<T> leftWeights;
  private final Embedding writing;
  private final Embedding querying;
  private final GrowingRows<T> lossGradients;

  private boolean credited; // something was read, and learns from it
  private boolean shared; // one embedding is query and key
  private boolean writerLearns;
  private boolean readerLearns;
  private RecalledKeys<T> recalled;
  private boolean weighed; // the reading's weights are known
  private double loss;
  private double reconstructionLoss;

  /** A batch's pass, and room for the gradient of its embeddings. */
  private final class Embedding implements AutoCloseable {
    private final Embedder<T> embedder;
    private Scope<T> scope;
    private ForwardPass<T> pass;
    private T gradient;
    private NewKeys<T> keys;

    Embedding(Embedder<T> embedder) {
      this.embedder = embedder;
    }

    T of(T observations) {
      Shapes.requireFinite(tensors, "The observations", observations);
      fit(tensors.rows(observations));
      T embeddings = embedder.forward(observations, pass);
      double square = tensors.dot(embeddings, embeddings);
      if (!Double.isFinite(square)) {
        throw new DivergenceException("The embeddings' squared length is " + square + ".");
      }
      return embeddings;
    }

    private void fit(int rows) {
      if (pass != null && pass.capacity() == rows) {
        return;
      }
      close();
      ForwardPass<T> newPass = embedder.newPass(rows);
      Scope<T> newScope = tensors.newScope();
      try {
        gradient = newScope.zeros(rows, embedder.embeddingSize());
      } catch (RuntimeException | Error e) {
        newPass.close();
        newScope.close();
        throw e;
      }
      pass = newPass;
      scope = newScope;
    }

    NewKeys<T> keys() {
      if (keys == null) {
        keys = NewKeys.of(pass);
      }
      return keys;
    }

    @Override
    public void close() {
      keys = null;
      if (pass != null) {
        pass.close();
        pass = null;
        scope.close();
      }
    }
  }

  Learning(Parts<T> parts) {
    this.parts = parts;
    this.tensors = parts.tensors;
    this.settings = parts.settings;
    this.memory = parts.memory;
    this.assigner = parts.assigner;
    this.reading = new Reading<>(tensors, settings.addressing());
    this.valueRoom = new GrowingRows<>(tensors, memory.valueSize());
    this.lossGradients = new GrowingRows<>(tensors, memory.valueSize());
    this.leftKeys = new GrowingRows<>(tensors, memory.keySize());
    this.leftWeights = new GrowingRows<>(tensors, 1);
    this.writing = new Embedding(parts.writer);
    this.querying = new Embedding(parts.reader);
  }

  /** What can fail of a step. Queries are null of a step that only writes. */
  void compute(T queries, T targets, T observations, T values, boolean warm) {
    loss = Double.NaN; // of what there is not
    reconstructionLoss = Double.NaN;
    writerLearns = false;
    readerLearns = false;
    weighed = false;
    shared = false;
    recalled = null;
    credited = queries != null && warm && memory.size() > 0;
    boolean writes = observations != null;
    try {
      if (writes) {
        writing.of(observations);
        Shapes.requireFinite(tensors, "The values", values);
      }
      if (credited) {
        if (targets != values) {
          Shapes.requireFinite(tensors, "The targets", targets);
        }
        shared = writes && !parts.hasReader();
        readAndAssign(shared ? writing.pass.output() : querying.of(queries), targets);
        if (!shared && settings.queryGradient()) {
          parts.reader.backward(querying.pass, reading.queryGradient());
          readerLearns = parts.hasReader();
        }
      }
      if (writes && warm && memory.size() > 0) {
        creditInAdvance(values);
      }
      if (writes && parts.learningDecoder.isPresent()) {
        reconstruct(parts.learningDecoder.get(), observations);
      }
      requireFiniteGradients();
      if (credited && parts.refresher.isPresent()) {
        parts.refresher.get().prepare();
      }
    } catch (RuntimeException | Error e) { // also where memory runs out half way
      forget();
      throw e;
    }
  }

  private void readAndAssign(T queries, T targets) {
    recalled = assigner.recall(parts.recall.recall(queries));
    T values = memory.values(recalled.slots(), valueRoom);
    T answers = reading.read(queries, recalled.keys(), values);
    T lossGradient = lossGradients.first(tensors.rows(answers));
    loss = tensors.loss(settings.loss(), answers, targets, lossGradient);
    if (!Double.isFinite(loss)) {
      throw new DivergenceException("The loss is " + loss + ".");
    }
    boolean both = settings.queryGradient();
    if (assigner.usesKeyGradient() || both || memory.listensToReads()) {
      T keyGradient = reading.backward(lossGradient, both);
      weighed = true;
      if (assigner.usesKeyGradient()) {
        assigner.assign(recalled, reading.keyWeights(), keyGradient);
      }
    }
    writerLearns = true;
  }

  /** What an assigner gives before a memory is read, and what its own embeddings get as queries. */
  private void creditInAdvance(T values) {
    T gradient = writing.gradient;
    boolean queried = shared && settings.queryGradient();
    tensors.fill(0, gradient);
    boolean inAdvance = assigner.embedded(writing.pass, values, gradient);
    if (queried) {
      tensors.addScaled(1, reading.queryGradient(), gradient);
    }
    if (queried || inAdvance) {
      parts.writer.backward(writing.pass, gradient);
      writerLearns = true;
    }
  }

  private void reconstruct(Decoder<T> decoder, T observations) {
    boolean both = settings.reconstructionTrainsEmbedder();
    T gradient = writing.gradient;
    reconstructionLoss = decoder.learn(writing.pass.output(), observations, both ? gradient : null);
    if (!Double.isFinite(reconstructionLoss)) {
      throw new DivergenceException("The reconstruction loss is " + reconstructionLoss + ".");
    }
    requireFinite("decoder's", Parameter.squaredGradient(tensors, decoder.parameters()));
    if (both) {
      parts.writer.backward(writing.pass, gradient);
      writerLearns = true;
    }
  }

  private void requireFiniteGradients() {
    requireFinite("embedder's", Parameter.squaredGradient(tensors, parts.writer.parameters()));
    if (parts.hasReader()) {
      requireFinite("reader's", Parameter.squaredGradient(tensors, parts.reader.parameters()));
    }
  }

  private static void requireFinite(String whose, double square) {
    if (!Double.isFinite(square)) {
      throw new DivergenceException("The " + whose + " squared gradient is " + square + ".");
    }
  }

  /** Takes back what {@link #compute} has left behind. */
  void forget() {
    parts.writer.clearGradients();
    if (parts.hasReader()) {
      parts.reader.clearGradients();
    }
    parts.learningDecoder.ifPresent(Decoder::clearGradients);
    assigner.discard();
    parts.refresher.ifPresent(KeyRefresher::discard);
  }

  /**
   * Writes, or refuses to: the last thing that may fail without a trace.
   *
   * @return where
   */
  Slots write(T values) {
    return memory.write(writing.keys(), values, parts.writer.version());
  }

  /**
   * Applies what was learned. Only what has learned is updated: an update without a gradient is not
   * nothing to Adam, which counts its steps and takes larger ones later.
   *
   * @param written where the step wrote; null of a step that did not
   */
  StepResult commit(Slots written) {
    if (weighed && memory.listensToReads()) {
      withWhatIsLeft(written, reading.keyWeights(), leftWeights, memory::read);
    }
    if (writerLearns) {
      parts.writer.update();
    }
    if (readerLearns) {
      parts.reader.update();
    }
    if (written != null && parts.learningDecoder.isPresent()) {
      parts.learningDecoder.get().update();
    }
    if (credited) {
      assigner.update();
      if (settings.freshensOnReading() && assigner.embedsAnew()) {
        withWhatIsLeft(
            written,
            recalled.keys(),
            leftKeys,
            (slots, keys) -> memory.replaceKeys(slots, NewKeys.of(keys)));
      }
      if (parts.refresher.isPresent()) {
        parts.refresher.get().refresh();
      }
    }
    return new StepResult(loss, reconstructionLoss, written);
  }

  /** Memories that were read and then given up for others are nobody's business any more. */
  private void withWhatIsLeft(
      Slots written, T ofEach, GrowingRows<T> room, BiConsumer<Slots, T> action) {
    Slots slots = recalled.slots();
    int[] left = written == null ? null : slots.placesOutside(written);
    if (left == null || left.length == slots.count()) {
      action.accept(slots, ofEach);
    } else if (left.length > 0) {
      T theirs = room.first(left.length);
      tensors.gatherRows(ofEach, left, theirs);
      action.accept(slots.at(left), theirs);
    }
  }

  @Override
  public void close() {
    writing.close();
    querying.close();
    reading.close();
    valueRoom.close();
    lossGradients.close();
    leftKeys.close();
    leftWeights.close();
  }
}
