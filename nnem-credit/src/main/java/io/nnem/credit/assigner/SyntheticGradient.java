package io.nnem.credit.assigner;

import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.Optimiser;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Parameter;
import io.nnem.core.RowBuffer;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.core.network.Dense;
import io.nnem.core.network.Network;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.Recollection;
import io.nnem.memory.MemoryStore;
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
final class SyntheticGradient<T> implements CreditAssigner<T> {

  static final String HIDDEN = "synthetic-hidden";
  static final String LEARNING_RATE = "synthetic-learning-rate";
  static final String APPLIED = "synthetic-applied";

  private final Tensors<T> tensors;
  private final MemoryStore<T> memory;
  private final boolean applied;
  private final TwoReadings<T> watch;
  private final Network<T> network;
  private final Optimiser<T> optimiser;
  private final GradientScale scale = new GradientScale();
  private final Scope<T> scope;
  private final ForwardPass<T> pass;
  private final RowBuffer<T> inputs;
  private final RowBuffer<T> targets;
  private final RowBuffer<T> lossGradients;

  SyntheticGradient(CreditContext<T> context) {
    this(context, null);
  }

  /** One whose predictions are watched; null for nobody. */
  SyntheticGradient(CreditContext<T> context, TwoReadings<T> watch) {
    this.watch = watch;
    this.tensors = context.tensors();
    this.memory = context.memory();
    this.applied = context.options().flag(APPLIED, true);
    int inputSize = memory.keySize() + memory.valueSize();
    this.network =
        new Network<>(
            tensors,
            RowShape.flat(inputSize),
            Dense.stack(
                context.options().integers(HIDDEN, List.of(128)),
                memory.keySize(),
                Activation.LINEAR),
            Seeds.random(context.seed(), "synthetic-gradient"));
    List<Parameter<T>> parameters = network.parameters();
    parameters
        .subList(parameters.size() - 2, parameters.size())
        .forEach(parameter -> tensors.fill(0, parameter.value()));
    this.optimiser =
        OptimiserSettings.adam(context.options().number(LEARNING_RATE, 1e-3))
            .create(tensors, parameters);
    this.scope = tensors.newScope();
    this.pass = network.newPass(memory.capacity());
    this.inputs = new RowBuffer<>(tensors, scope, memory.capacity(), inputSize);
    this.targets = new RowBuffer<>(tensors, scope, memory.capacity(), memory.keySize());
    this.lossGradients = new RowBuffer<>(tensors, scope, memory.capacity(), memory.keySize());
  }

  @Override
  public Recollection<T> recall(Slots slots) {
    return new Recollection<>(slots, memory.keys(slots));
  }

  @Override
  public void assign(Recollection<T> recalled, T weights, T keyGradient) {
    int rows = recalled.slots().count();
    double squares = tensors.dot(keyGradient, keyGradient);
    double unit = scale.propose(squares / ((double) rows * memory.keySize()));
    if (unit == 0) {
      return; // nothing to learn from yet
    }
    T target = targets.first(rows);
    tensors.copy(keyGradient, target);
    tensors.scale(1 / unit, target);
    T predicted = network.forward(input(recalled.keys(), memory.values(recalled.slots())), pass);
    T lossGradient = lossGradients.first(rows);
    double loss = tensors.loss(Loss.SQUARED_ERROR, predicted, target, lossGradient);
    if (!Double.isFinite(loss)) {
      throw new DivergenceException(
          "The loss of the synthetic gradient's network is " + loss + ".");
    }
    network.backward(pass, lossGradient, null);
    if (watch != null) {
      watch.propose(recalled.slots(), keyGradient, predicted, unit);
    }
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
  public void close() {
    scope.close();
    pass.close();
    optimiser.close();
    network.close();
  }
}
