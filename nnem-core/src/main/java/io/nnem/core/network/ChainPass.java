package io.nnem.core.network;

import io.nnem.core.Activation;
import io.nnem.core.BuiltLayer;
import io.nnem.core.LayerPass;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.List;

/** A pass of each layer of a chain, with its output, and room for the gradient of that. */
final class ChainPass<T> {

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final int capacity;
  private final List<Integer> sizes;
  private final List<LayerPass<T>> passes = new ArrayList<>();
  private final List<RowBuffer<T>> outputs;
  private final List<RowBuffer<T>> retained = new ArrayList<>();
  private List<RowBuffer<T>> gradients = List.of();

  ChainPass(Chain<T> chain, Scope<T> scope, int capacity) {
    this.tensors = chain.tensors();
    this.scope = scope;
    this.capacity = capacity;
    this.sizes = chain.sizes();
    this.outputs = buffers();
    for (BuiltLayer<T> layer : chain.layers()) {
      LayerPass<T> pass = layer.newPass(scope, capacity);
      retained.addAll(pass.retained());
      retained.add(outputs.get(passes.size()));
      passes.add(pass);
    }
  }

  private List<RowBuffer<T>> buffers() {
    List<RowBuffer<T>> buffers = new ArrayList<>();
    for (int size : sizes) {
      buffers.add(new RowBuffer<>(tensors, scope, capacity, size));
    }
    return buffers;
  }

  /** Everything that belongs to a row, the last output included. */
  List<RowBuffer<T>> retained() {
    return retained;
  }

  T output(int rows) {
    return outputs.get(outputs.size() - 1).first(rows);
  }

  /** Room for the gradient of {@link #output}, which a backward pass may then use up. */
  T outputGradient(int rows) {
    return gradient(passes.size() - 1, rows);
  }

  /** Rooms for gradients are allocated at the first backward pass. */
  private T gradient(int layer, int rows) {
    if (gradients.isEmpty()) {
      gradients = buffers();
    }
    return gradients.get(layer).first(rows);
  }

  /** Runs all layers; the last output goes to a place of the caller's choice. */
  void forward(T input, T last) {
    int rows = tensors.rows(input);
    T x = input;
    for (int layer = 0; layer < passes.size(); layer++) {
      T y = layer < passes.size() - 1 ? outputs.get(layer).first(rows) : last;
      passes.get(layer).forward(x, y);
      x = y;
    }
  }

  /** Whether the last layer applies a sigmoid that {@link #backwardFromSums} can leave out. */
  boolean endsWithSigmoid() {
    return passes.get(passes.size() - 1) instanceof Dense.Built<T> dense
        && dense.activation() == Activation.SIGMOID;
  }

  /** All layers, from the last to the first; the output is where {@link #output} is. */
  void backward(T input, T outputGradient, T inputGradient) {
    backward(input, outputGradient, inputGradient, false);
  }

  /** The same from the gradient of the sums that the last layer's sigmoid was applied to. */
  void backwardFromSums(T input, T sumGradient, T inputGradient) {
    backward(input, sumGradient, inputGradient, true);
  }

  private void backward(T input, T lastGradient, T inputGradient, boolean fromSums) {
    int rows = tensors.rows(input);
    int last = passes.size() - 1;
    T gradient = lastGradient;
    for (int layer = last; layer >= 0; layer--) {
      T x = layer > 0 ? outputs.get(layer - 1).first(rows) : input;
      T y = outputs.get(layer).first(rows);
      T previous = layer > 0 ? gradient(layer - 1, rows) : inputGradient;
      if (layer == last && fromSums && passes.get(last) instanceof Dense.Built<T> dense) {
        dense.backwardFromSums(x, y, gradient, previous);
      } else {
        passes.get(layer).backward(x, y, gradient, previous);
      }
      gradient = previous;
    }
  }
}
