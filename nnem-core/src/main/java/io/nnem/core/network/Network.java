package io.nnem.core.network;

import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingPass;
import io.nnem.core.Layer;
import io.nnem.core.LayerContext;
import io.nnem.core.Loss;
import io.nnem.core.Parameter;
import io.nnem.core.Pool;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Layers, one after the other, with their parameters: {@link Dense}, {@link Convolution2d}, {@link
 * MaxPool2d}, {@link MeanPool2d}, {@link LayerNormalisation}, {@link Residual}, {@link Activate},
 * or anything else that is a {@link Layer}.
 *
 * @param <T> the matrix type
 */
public final class Network<T> implements Stateful, AutoCloseable {

  /** Rows that {@link #apply} takes at a time, so that what it needs in between stays small. */
  private static final int CHUNK = 1024;

  /** The most floats of those, for networks with large layers. */
  private static final int CHUNK_FLOATS = 1 << 24;

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final Chain<T> chain;
  private final List<Parameter<T>> parameters;
  private final int inputs;
  private final int chunk;
  private final Pool<GrowingPass<T>> idle;

  /**
   * Builds the layers. Their parameters are called after their place, as in {@code
   * layer-1.weights}.
   *
   * @param tensors the back end
   * @param inputs what its input rows are
   * @param layers one or more
   * @param random where the parameters are drawn from
   * @throws IllegalArgumentException if there is no layer, or one cannot take what the one before
   *     it gives
   */
  public Network(
      Tensors<T> tensors, RowShape inputs, List<? extends Layer> layers, SplittableRandom random) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A network needs one layer or more.");
    }
    this.tensors = tensors;
    this.scope = tensors.newScope();
    this.inputs = inputs.size();
    try {
      this.chain = new Chain<>(new LayerContext<>(tensors, scope, "", inputs, random), "", layers);
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
    this.parameters = List.copyOf(chain.parameters());
    long floats = chain.sizes().stream().mapToLong(size -> size).sum();
    this.chunk = (int) Math.max(1, Math.min(CHUNK, CHUNK_FLOATS / floats));
    this.idle = new Pool<>(() -> new GrowingPass<>(this::newPass, chunk));
  }

  /**
   * The parameters of each layer, from the first on.
   *
   * @return the parameters
   */
  public List<Parameter<T>> parameters() {
    return parameters;
  }

  /**
   * Number of inputs.
   *
   * @return the size of an input row
   */
  public int inputs() {
    return inputs;
  }

  /**
   * Number of outputs.
   *
   * @return the size of an output row
   */
  public int outputs() {
    return chain.outputs();
  }

  /**
   * Makes room for forward passes.
   *
   * @param capacity rows, at least 1
   * @return an empty pass, to be closed by the caller
   */
  public ForwardPass<T> newPass(int capacity) {
    return new NetworkPass<>(this, chain, capacity);
  }

  /**
   * Runs the network and keeps nothing. Safe from any number of threads at once while nobody
   * changes the parameters.
   *
   * @param input {@code n x inputs}
   * @param out {@code n x outputs}
   */
  public void apply(T input, T out) {
    int rows = tensors.rows(input);
    Shapes.requireColumns(tensors, "The input", input, inputs);
    Shapes.require(tensors, "The output", out, rows, outputs());
    GrowingPass<T> lent = idle.take();
    try {
      NetworkPass<T> pass = mine(lent.withRoomFor(Math.min(rows, chunk)));
      for (int from = 0; from < rows; from += chunk) {
        int to = Math.min(from + chunk, rows);
        pass.layers().forward(tensors.rowRange(input, from, to), tensors.rowRange(out, from, to));
      }
    } finally {
      idle.back(lent);
    }
  }

  /**
   * Runs the network and keeps each layer's output. Safe from any number of threads at once, each
   * with a pass of its own, while nobody changes the parameters.
   *
   * @param input {@code n x inputs}, referred to by the pass
   * @param pass from {@link #newPass}, with room for {@code n} rows
   * @return {@code n x outputs}, valid until the pass is used again
   */
  public T forward(T input, ForwardPass<T> pass) {
    Shapes.requireColumns(tensors, "The input", input, inputs);
    NetworkPass<T> mine = mine(pass);
    mine.begin(input);
    mine.layers().forward(input, mine.output());
    return mine.output();
  }

  /**
   * Adds to the parameters' gradients.
   *
   * @param pass a pass that was run, or filled by {@link ForwardPass#scatterFrom}
   * @param outputGradient dLoss/dOutput, {@code pass.rows() x outputs}; unchanged
   * @param inputGradient {@code pass.rows() x inputs}, receives dLoss/dInput; null where nobody
   *     needs it
   */
  public void backward(ForwardPass<T> pass, T outputGradient, T inputGradient) {
    NetworkPass<T> mine = mine(pass);
    Shapes.requireLike(tensors, "The output's gradient", outputGradient, mine.output());
    requireInputGradient(mine, inputGradient);
    T gradient = mine.layers().outputGradient(mine.rows());
    tensors.copy(outputGradient, gradient); // layers may use it up, and it is not ours
    mine.layers().backward(mine.input(), gradient, inputGradient);
  }

  /**
   * Computes a loss of the output, and adds its gradient to the parameters' gradients. Where a
   * dense layer with a sigmoid is last, and the loss is the binary cross-entropy, the two are taken
   * together: the gradient of the sums is {@code (p - t) / n}, also where an output {@code p} is 0
   * or 1 to the last digit and the sigmoid alone would pass nothing on.
   *
   * @param pass a pass that was run
   * @param loss which
   * @param target {@code t}, {@code pass.rows() x outputs}
   * @param inputGradient {@code pass.rows() x inputs}, receives dLoss/dInput; null where nobody
   *     needs it
   * @return the loss
   */
  public double backward(ForwardPass<T> pass, Loss loss, T target, T inputGradient) {
    NetworkPass<T> mine = mine(pass);
    T output = mine.output();
    Shapes.requireLike(tensors, "The target", target, output);
    requireInputGradient(mine, inputGradient);
    T gradient = mine.layers().outputGradient(mine.rows());
    double value = tensors.loss(loss, output, target, gradient);
    if (loss == Loss.BINARY_CROSS_ENTROPY && mine.layers().endsWithSigmoid()) {
      tensors.copy(output, gradient);
      tensors.addScaled(-1, target, gradient);
      tensors.scale(1.0 / mine.rows(), gradient);
      mine.layers().backwardFromSums(mine.input(), gradient, inputGradient);
    } else {
      mine.layers().backward(mine.input(), gradient, inputGradient);
    }
    return value;
  }

  /** Before any layer has added to its gradients. */
  private void requireInputGradient(NetworkPass<T> pass, T inputGradient) {
    if (inputGradient != null) {
      Shapes.requireLike(tensors, "The input's gradient", inputGradient, pass.input());
    }
  }

  private NetworkPass<T> mine(ForwardPass<T> pass) {
    if (pass instanceof NetworkPass<T> mine && mine.network() == this) {
      return mine;
    }
    throw new IllegalArgumentException(
        "The pass is not of this network: use one that its newPass returned.");
  }

  /** Sets the gradients to zero. */
  public void clearGradients() {
    parameters.forEach(parameter -> tensors.fill(0, parameter.gradient()));
  }

  @Override
  public void save(StateWriter out) {
    Parameter.save(out, tensors, parameters);
  }

  @Override
  public void load(StateReader in) {
    Parameter.load(in, tensors, parameters);
  }

  @Override
  public void close() {
    idle.close();
    scope.close();
  }
}
