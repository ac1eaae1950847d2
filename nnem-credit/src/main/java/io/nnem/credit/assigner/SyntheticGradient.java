package io.nnem.credit.assigner;

import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Loss;
import io.nnem.core.Optimiser;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Option;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.network.Dense;
import io.nnem.core.network.Network;
import io.nnem.credit.CreditContext;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.Slots;
import java.util.List;

/**
 * Predicts, as soon as an embedding is made, the gradient that it will receive as a key, so that it
 * goes back at once (Hansen 2017, figure 1b; Jaderberg et al. 2016).
 *
 * <p>A network maps {@code (key, value)} to {@code dLoss/dKey}. It learns by squared error from the
 * true gradients of all keys that a reading used, brought to unit order by their running root mean
 * square {@code r}. A first-in-first-out memory of capacity {@code N} that takes {@code b} new
 * memories a step, and is read whole in each, reads each {@code N / b} times in its life, so what a
 * new embedding receives is
 *
 * <pre>{@code dLoss/dEmbedding = (N / b) r network(key, value)}</pre>
 *
 * <p>The last layer starts at zero: no credit before something was learned.
 */
final class SyntheticGradient<T> extends StoredKeyAssigner<T> {

  static final Option<List<Integer>> HIDDEN =
      Option.integers(
              "synthetic-hidden",
              List.of(128),
              "units of each hidden layer of the gradient network")
          .where(all -> all.stream().allMatch(each -> each >= 1), "each 1 or more");
  static final Option<Double> LEARNING_RATE =
      Option.number("synthetic-learning-rate", 1e-3, "learning rate of the gradient network")
          .where(rate -> rate > 0, "above 0");
  static final Option<Boolean> APPLIED =
      Option.flag(
          "synthetic-applied", true, "whether its answers are credit, or it is only trained");

  private final Tensors<T> tensors;
  private final boolean applied;
  private final TwoReadings<T> watch;
  private final Network<T> network;
  private final Optimiser<T> optimiser;
  private final GradientScale scale = new GradientScale();
  private final GrowingPass<T> passes;
  private final GrowingRows<T> inputs;
  private final GrowingRows<T> targets;
  private final GrowingRows<T> lossGradients;
  private final GrowingRows<T> valueRoom;

  SyntheticGradient(CreditContext<T> context) {
    this(context, null);
  }

  /** One whose predictions are watched; null for nobody. */
  SyntheticGradient(CreditContext<T> context, TwoReadings<T> watch) {
    super(context);
    this.watch = watch;
    this.tensors = context.tensors();
    this.applied = context.options().get(APPLIED);
    int inputSize = memory.keySize() + memory.valueSize();
    List<Integer> hidden = context.options().get(HIDDEN);
    this.network =
        new Network<>(
            tensors,
            RowShape.flat(inputSize),
            Dense.stack(hidden, memory.keySize(), Activation.LINEAR),
            Seeds.random(context.seed(), "synthetic-gradient"));
    List<Parameter<T>> parameters = network.parameters();
    parameters
        .subList(parameters.size() - 2, parameters.size())
        .forEach(parameter -> tensors.fill(0, parameter.value()));
    this.optimiser =
        OptimiserSettings.adam(context.options().get(LEARNING_RATE)).create(tensors, parameters);
    this.passes = new GrowingPass<>(network::newPass, Math.min(CHUNK, memory.capacity()));
    this.inputs = new GrowingRows<>(tensors, inputSize);
    this.targets = new GrowingRows<>(tensors, memory.keySize());
    this.lossGradients = new GrowingRows<>(tensors, memory.keySize());
    this.valueRoom = new GrowingRows<>(tensors, memory.valueSize());
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
    Slots slots = recalled.slots();
    int rows = slots.count();
    double squares = tensors.dot(keyGradient, keyGradient);
    double unit = scale.propose(squares / ((double) rows * memory.keySize()));
    if (unit == 0) {
      return; // nothing to learn from yet
    }
    for (int from = 0; from < rows; from += CHUNK) {
      int to = Math.min(from + CHUNK, rows);
      T gradient = tensors.rowRange(keyGradient, from, to);
      T predicted =
          learn(
              slots.part(from, to),
              tensors.rowRange(recalled.keys(), from, to),
              gradient,
              unit,
              (to - from) / (double) rows);
      if (watch != null && from == 0) {
        watch.propose(slots.part(0, to), gradient, predicted, unit);
      }
    }
  }

  /** Learns from some of the memories, whose loss counts as their share of all; predicts theirs. */
  private T learn(Slots slots, T keys, T gradient, double unit, double share) {
    int rows = slots.count();
    T target = targets.first(rows);
    tensors.copy(gradient, target);
    tensors.scale(1 / unit, target);
    ForwardPass<T> pass = passes.withRoomFor(rows);
    T predicted = network.forward(input(keys, memory.values(slots, valueRoom)), pass);
    T lossGradient = lossGradients.first(rows);
    double loss = tensors.loss(Loss.SQUARED_ERROR, predicted, target, lossGradient);
    if (!Double.isFinite(loss)) {
      throw new DivergenceException(
          "The loss of the synthetic gradient's network is " + loss + ".");
    }
    if (share < 1) {
      tensors.scale(share, lossGradient);
    }
    network.backward(pass, lossGradient, null);
    return predicted;
  }

  private T input(T keys, T values) {
    T input = inputs.first(tensors.rows(keys));
    tensors.copyColumns(keys, 0, input);
    tensors.copyColumns(values, memory.keySize(), input);
    return input;
  }

  @Override
  public boolean embedded(ForwardPass<T> embedding, T values, T embeddingGradient) {
    if (!applied || scale.current() == 0) {
      return false;
    }
    T prediction = targets.first(embedding.rows());
    network.apply(input(embedding.output(), values), prediction);
    double reads = memory.capacity() / (double) embedding.rows();
    tensors.addScaled(reads * scale.current(), prediction, embeddingGradient);
    return true;
  }

  @Override
  public void update() {
    optimiser.step();
    scale.commit();
  }

  @Override
  public void discard() {
    network.clearGradients();
    scale.discard();
  }

  /** The gradient network is as large as it is, however many memories there are. */
  @Override
  public long retainedBytes() {
    return 0;
  }

  @Override
  public void save(StateWriter out) {
    out.part("network", network);
    out.part("optimiser", optimiser);
    out.part("scale", scale);
  }

  @Override
  public void load(StateReader in) {
    in.part("network", network);
    in.part("optimiser", optimiser);
    in.part("scale", scale);
  }

  @Override
  public void close() {
    super.close();
    inputs.close();
    targets.close();
    lossGradients.close();
    valueRoom.close();
    passes.close();
    optimiser.close();
    network.close();
  }
}
