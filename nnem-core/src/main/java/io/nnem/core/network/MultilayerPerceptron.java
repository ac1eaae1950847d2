package io.nnem.core.network;

import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Dense layers, one after the other.
 *
 * @param <T> the matrix type
 */
public final class MultilayerPerceptron<T> implements Stateful, AutoCloseable {

  /** Rows that {@link #apply} takes at a time, so that what it needs in between stays small. */
  private static final int CHUNK = 1024;

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final List<Integer> sizes;
  private final List<Activation> activations = new ArrayList<>();
  private final List<Parameter<T>> parameters = new ArrayList<>();
  private final PassPool<LayerOutputs<T>> idle = new PassPool<>(this::outputsFor);

  /**
   * Creates a network whose weights and biases are drawn uniformly from {@code [-1/sqrt(in),
   * 1/sqrt(in)]}, {@code in} being the inputs of the layer.
   *
   * @param tensors the back end
   * @param sizes inputs, units of each hidden layer, outputs: two or more numbers
   * @param hidden activation of the hidden layers
   * @param output activation of the last layer
   * @param random where the parameters are drawn from
   * @throws IllegalArgumentException if there are fewer than two sizes, or one is below 1
   */
  public MultilayerPerceptron(
      Tensors<T> tensors,
      List<Integer> sizes,
      Activation hidden,
      Activation output,
      SplittableRandom random) {
    if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "A network needs two sizes or more, each at least 1, but has " + sizes + ".");
    }
    this.tensors = tensors;
    this.sizes = List.copyOf(sizes);
    this.scope = tensors.newScope();
    for (int layer = 0; layer < sizes.size() - 1; layer++) {
      activations.add(layer < sizes.size() - 2 ? hidden : output);
      int in = sizes.get(layer);
      int units = sizes.get(layer + 1);
      double bound = 1 / Math.sqrt(in);
      parameters.add(parameter("layer-" + (layer + 1) + ".weights", in, units, bound, random));
      parameters.add(parameter("layer-" + (layer + 1) + ".bias", 1, units, bound, random));
    }
  }

  private Parameter<T> parameter(
      String name, int rows, int columns, double bound, SplittableRandom random) {
    T value = scope.zeros(rows, columns);
    float[] draws = new float[rows * columns];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = (float) random.nextDouble(-bound, bound);
    }
    tensors.copyIn(draws, value);
    return new Parameter<>(name, value, scope.zeros(rows, columns));
  }

  /**
   * Weights and bias of each layer, from the first on.
   *
   * @return the parameters
   */
  public List<Parameter<T>> parameters() {
    return List.copyOf(parameters);
  }

  /**
   * Number of inputs.
   *
   * @return the size of an input row
   */
  public int inputs() {
    return sizes.get(0);
  }

  /**
   * Number of outputs.
   *
   * @return the size of an output row
   */
  public int outputs() {
    return sizes.get(sizes.size() - 1);
  }

  /**
   * Makes room for forward passes.
   *
   * @param capacity rows, at least 1
   * @return an empty pass, to be closed by the caller
   */
  public ForwardPass<T> newPass(int capacity) {
    return outputsFor(capacity);
  }

  private LayerOutputs<T> outputsFor(int capacity) {
    return new LayerOutputs<>(tensors, sizes, capacity, this);
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
    Shapes.require(tensors, "The output", out, rows, outputs());
    Shapes.requireColumns(tensors, "The input", input, inputs());
    LayerOutputs<T> outputs = idle.take(Math.min(rows, CHUNK));
    try {
      for (int from = 0; from < rows; from += CHUNK) {
        int to = Math.min(from + CHUNK, rows);
        T part = tensors.rowRange(input, from, to);
        outputs.begin(part);
        run(part, outputs, tensors.rowRange(out, from, to));
      }
    } finally {
      idle.giveBack(outputs);
    }
  }

  /**
   * Runs the network and keeps each layer's output.
   *
   * @param input {@code n x inputs}, referred to by the pass
   * @param pass from {@link #newPass}, with room for {@code n} rows
   * @return {@code n x outputs}, valid until the pass is used again
   */
  public T forward(T input, ForwardPass<T> pass) {
    Shapes.requireColumns(tensors, "The input", input, inputs());
    LayerOutputs<T> outputs = mine(pass);
    outputs.begin(input);
    return run(input, outputs, outputs.output());
  }

  /** Hidden layers into the pass, the last one to a place of its own. */
  private T run(T input, LayerOutputs<T> outputs, T last) {
    T x = input;
    for (int layer = 0; layer < activations.size(); layer++) {
      T y = layer < activations.size() - 1 ? outputs.output(layer) : last;
      tensors.affine(x, weights(layer), bias(layer), activations.get(layer), y);
      x = y;
    }
    return x;
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
    LayerOutputs<T> outputs = mine(pass);
    int last = activations.size() - 1;
    Shapes.requireLike(tensors, "The output's gradient", outputGradient, outputs.output(last));
    if (inputGradient != null) { // before any layer has added to its gradients
      Shapes.requireLike(tensors, "The input's gradient", inputGradient, outputs.input());
    }
    T gradient = outputGradient;
    if (activations.get(last) != Activation.LINEAR) {
      gradient = outputs.gradient(last); // affineBackward overwrites it, and it is not ours
      tensors.copy(outputGradient, gradient);
    }
    for (int layer = last; layer >= 0; layer--) {
      T previous = layer > 0 ? outputs.gradient(layer - 1) : inputGradient;
      tensors.affineBackward(
          layer > 0 ? outputs.output(layer - 1) : outputs.input(),
          weights(layer),
          activations.get(layer),
          outputs.output(layer),
          gradient,
          parameters.get(2 * layer).gradient(),
          parameters.get(2 * layer + 1).gradient(),
          previous);
      gradient = previous;
    }
  }

  private LayerOutputs<T> mine(ForwardPass<T> pass) {
    if (pass instanceof LayerOutputs<T> outputs && outputs.network() == this) {
      return outputs;
    }
    throw new IllegalArgumentException(
        "The pass is not of this network: use one that its newPass returned.");
  }

  private T weights(int layer) {
    return parameters.get(2 * layer).value();
  }

  private T bias(int layer) {
    return parameters.get(2 * layer + 1).value();
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
