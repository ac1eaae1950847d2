package io.nnem.credit;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.Tensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Reading;
import io.nnem.memory.Slots;

/**
 * The training step: embed, read, assign credit, learn, write. A step that throws leaves memory and
 * parameters as they were.
 *
 * <p>In each step the new observations are embedded once; their embeddings are the queries, and
 * afterwards the keys that are written. The reading's gradient reaches the embedder through the
 * memory's keys alone, unless the queries' gradient is asked for too. In warm-up steps only the
 * decoder learns, and the memory fills. Not thread-safe.
 *
 * @param <T> the matrix type
 */
public final class MemoryLearner<T> implements AutoCloseable {

  /** Weights that a prediction computes at a time. */
  private static final int PREDICTION_WEIGHTS = 1 << 18;

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final MemoryStore<T> memory;
  private final CreditAssigner<T> assigner;
  private final Decoder<T> decoder;
  private final LearnerSettings settings;
  private final Freshener<T> freshener;
  private final Reading<T> reading;
  private final Reading<T> predictionReading;
  private Scope<T> scope;
  private ForwardPass<T> pass;
  private T lossGradient;
  private T embeddingGradient;
  private long steps;

  /**
   * Creates a learner that freshens no keys. It uses what it is given and owns none of it.
   *
   * @param tensors the back end
   * @param embedder embeds observations
   * @param memory holds embeddings as keys
   * @param assigner carries credit from keys to the embedder
   * @param decoder learns to reconstruct observations; null where nothing needs it
   * @param settings the rest
   */
  public MemoryLearner(
      Tensors<T> tensors,
      Embedder<T> embedder,
      MemoryStore<T> memory,
      CreditAssigner<T> assigner,
      Decoder<T> decoder,
      LearnerSettings settings) {
    this(tensors, embedder, memory, assigner, decoder, settings, null);
  }

  /**
   * Creates a learner that freshens keys. It uses what it is given and owns none of it.
   *
   * @param tensors the back end
   * @param embedder embeds observations
   * @param memory holds embeddings as keys
   * @param assigner carries credit from keys to the embedder
   * @param decoder learns to reconstruct observations; null where nothing needs it
   * @param settings the rest
   * @param freshener rewrites stale keys of the same memory, from the first credited step on; null
   *     for none
   */
  public MemoryLearner(
      Tensors<T> tensors,
      Embedder<T> embedder,
      MemoryStore<T> memory,
      CreditAssigner<T> assigner,
      Decoder<T> decoder,
      LearnerSettings settings,
      Freshener<T> freshener) {
    if (decoder == null && settings.reconstructionTrainsEmbedder()) {
      throw new IllegalArgumentException(
          "The reconstruction can train the embedder only if there is a decoder.");
    }
    this.tensors = tensors;
    this.embedder = embedder;
    this.memory = memory;
    this.assigner = assigner;
    this.decoder = decoder;
    this.settings = settings;
    this.freshener = freshener;
    this.reading = new Reading<>(tensors, settings.addressing());
    this.predictionReading = new Reading<>(tensors, settings.addressing());
  }

  /**
   * One training step.
   *
   * @param observations {@code b x observationSize}
   * @param values what the memory should answer, and what is stored: {@code b x valueSize}
   * @return the losses before the step
   * @throws IllegalArgumentException if a shape does not fit
   * @throws DivergenceException if a loss or a gradient is not finite
   */
  public StepResult step(T observations, T values) {
    int rows = tensors.rows(observations);
    Shapes.requireColumns(tensors, "The observations", observations, embedder.observationSize());
    Shapes.require(tensors, "The values", values, rows, memory.valueSize());
    if (rows > memory.capacity()) {
      throw new IllegalArgumentException(
          "A batch of "
              + rows
              + " observations does not fit into a memory of capacity "
              + memory.capacity()
              + ": make the batch smaller or the memory larger.");
    }
    fit(rows);
    boolean credited = steps >= settings.warmupSteps() && memory.size() > 0;
    double loss = Double.NaN; // of what there is not
    double reconstructionLoss = Double.NaN;
    Slots slots;
    ReadWeights read = null;
    try {
      T embeddings = embed(observations, values);
      if (credited) {
        loss = readAndAssign(embeddings, values);
      }
      if (decoder != null) {
        reconstructionLoss = reconstruct(embeddings, observations);
      }
      requireFinite(
          "embedder's squared gradient", Parameter.squaredGradient(tensors, embedder.parameters()));
      if (credited) {
        if (usesReads()) {
          read = new ReadWeights(tensors, memory.occupied(), reading.keyWeights());
        }
        if (freshener != null) {
          freshener.prepare();
        }
      }
      slots = memory.write(pass.output(), values, embedder.version());
    } catch (RuntimeException | Error e) { // also where memory runs out half way
      embedder.clearGradients();
      if (decoder != null) {
        decoder.clearGradients();
      }
      assigner.discard();
      if (freshener != null) {
        freshener.discard();
      }
      throw e;
    }
    commit(slots, credited, read);
    return new StepResult(loss, reconstructionLoss, slots);
  }

  private T embed(T observations, T values) {
    T embeddings = embedder.forward(observations, pass);
    requireFinite("embeddings' squared length", tensors.dot(embeddings, embeddings));
    requireFinite("values' squared length", tensors.dot(values, values));
    return embeddings;
  }

  private double reconstruct(T embeddings, T observations) {
    boolean both = settings.reconstructionTrainsEmbedder();
    double loss = decoder.learn(embeddings, observations, both ? embeddingGradient : null);
    requireFinite("reconstruction loss", loss);
    requireFinite(
        "decoder's squared gradient", Parameter.squaredGradient(tensors, decoder.parameters()));
    if (both) {
      embedder.backward(pass, embeddingGradient);
    }
    return loss;
  }

  private double readAndAssign(T queries, T values) {
    Recollection<T> recalled = assigner.recall(memory.occupied());
    T answers = reading.read(queries, recalled.keys(), memory.values(recalled.slots()));
    double loss = tensors.loss(settings.loss(), answers, values, lossGradient);
    requireFinite("loss", loss);
    boolean both = settings.queryGradient();
    if (assigner.usesKeyGradient() || both || usesReads()) {
      T keyGradient = reading.backward(lossGradient, both);
      if (assigner.usesKeyGradient()) {
        assigner.assign(recalled, reading.keyWeights(), keyGradient);
      }
    }
    tensors.fill(0, embeddingGradient);
    boolean inAdvance = assigner.embedded(pass, values, embeddingGradient);
    if (both) {
      tensors.addScaled(1, reading.queryGradient(), embeddingGradient);
    }
    if (both || inAdvance) {
      embedder.backward(pass, embeddingGradient);
    }
    return loss;
  }

  /** Whether anybody wants to know how much was read of each memory. */
  private boolean usesReads() {
    return memory.usesReads() || (freshener != null && freshener.usesReads());
  }

  /**
   * Only what has learned is updated: an update without a gradient is not nothing to Adam, which
   * counts its steps and takes larger ones later.
   */
  private void commit(Slots slots, boolean credited, ReadWeights read) {
    assigner.written(slots, pass);
    if (freshener != null) {
      freshener.written(slots, embedder.version());
    }
    if (read != null) {
      read.tell(slots, memory, freshener);
    }
    if (credited || settings.reconstructionTrainsEmbedder()) {
      embedder.update();
    }
    if (decoder != null) {
      decoder.update();
    }
    if (credited) {
      assigner.update();
      if (freshener != null) {
        freshener.freshen(slots, assigner);
      }
    }
    steps++;
  }

  private void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new DivergenceException("The " + what + " is " + value + ".");
    }
  }

  private void fit(int rows) {
    if (scope != null && pass.capacity() == rows) {
      return;
    }
    closeBuffers();
    scope = tensors.newScope();
    pass = embedder.newPass(rows);
    lossGradient = scope.zeros(rows, memory.valueSize());
    embeddingGradient = scope.zeros(rows, embedder.embeddingSize());
  }

  /**
   * What the memory answers, with the keys that the assigner recalls. Changes nothing.
   *
   * @param observations {@code n x observationSize}
   * @param out {@code n x valueSize}
   * @return for each observation, the similarity of its best match: how familiar it is
   * @throws IllegalStateException if the memory is empty
   */
  public double[] predict(T observations, T out) {
    int rows = tensors.rows(observations);
    Shapes.require(tensors, "The output", out, rows, memory.valueSize());
    Recollection<T> recalled = assigner.recall(memory.occupied());
    T values = memory.values(recalled.slots());
    int chunk = Math.max(1, Math.min(rows, PREDICTION_WEIGHTS / recalled.slots().count()));
    double[] familiarity = new double[rows];
    try (Scope<T> queryScope = tensors.newScope()) {
      T queries = queryScope.zeros(chunk, embedder.embeddingSize());
      for (int from = 0; from < rows; from += chunk) {
        int to = Math.min(from + chunk, rows);
        T part = tensors.rowRange(queries, 0, to - from);
        embedder.embed(tensors.rowRange(observations, from, to), part);
        T answers = predictionReading.read(part, recalled.keys(), values);
        tensors.copy(answers, tensors.rowRange(out, from, to));
        double[] best = predictionReading.bestSimilarities();
        System.arraycopy(best, 0, familiarity, from, best.length);
      }
    }
    return familiarity;
  }

  /**
   * Steps taken, warm-up included.
   *
   * @return the number of steps
   */
  public long steps() {
    return steps;
  }

  private void closeBuffers() {
    if (scope != null) {
      scope.close();
      scope = null; // a failed allocation must not leave what is closed in use
      pass.close();
    }
  }

  /** Releases the learner's buffers; what it was given stays open. */
  @Override
  public void close() {
    closeBuffers();
    reading.close();
    predictionReading.close();
  }
}
