package io.nnem.core.network;

import io.nnem.core.ForwardPass;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.List;

/** A multilayer perceptron's pass: the output of each layer, and room for its gradient. */
final class LayerOutputs<T> implements ForwardPass<T> {

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final List<Integer> sizes;
  private final int capacity;
  private final MultilayerPerceptron<T> network;
  private final List<T> outputs = new ArrayList<>();
  private final List<T> gradients = new ArrayList<>();
  private T ownInput;
  private T input;
  private boolean inputIsOwn;
  private int rows;
  // Views of the first `rows` rows: made anew only when the number of rows changes.
  private final List<T> outputViews = new ArrayList<>();
  private final List<T> gradientViews = new ArrayList<>();

  LayerOutputs(
      Tensors<T> tensors, List<Integer> sizes, int capacity, MultilayerPerceptron<T> network) {
    this.tensors = tensors;
    this.sizes = sizes;
    this.capacity = capacity;
    this.network = network;
    this.scope = tensors.newScope();
    for (int size : sizes.subList(1, sizes.size())) {
      outputs.add(scope.zeros(capacity, size));
    }
  }

  MultilayerPerceptron<T> network() {
    return network;
  }

  void begin(T newInput) {
    int count = tensors.rows(newInput);
    if (count > capacity) {
      throw tooMany(count);
    }
    input = newInput;
    inputIsOwn = false;
    use(count);
  }

  private IllegalArgumentException tooMany(int count) {
    return new IllegalArgumentException(
        "The pass has room for " + capacity + " rows, but " + count + " were given.");
  }

  private void use(int count) {
    if (count != rows) {
      rows = count;
      outputViews.clear();
      gradientViews.clear();
      outputs.forEach(output -> outputViews.add(tensors.rowRange(output, 0, rows)));
      gradients.forEach(gradient -> gradientViews.add(tensors.rowRange(gradient, 0, rows)));
    }
  }

  T output(int layer) {
    requireRows();
    return outputViews.get(layer);
  }

  /** Room for the gradient of a layer's output; allocated at the first way back. */
  T gradient(int layer) {
    requireRows();
    if (gradients.isEmpty()) {
      for (int size : sizes.subList(1, sizes.size())) {
        T gradient = scope.zeros(capacity, size);
        gradients.add(gradient);
        gradientViews.add(tensors.rowRange(gradient, 0, rows));
      }
    }
    return gradientViews.get(layer);
  }

  private void requireRows() {
    if (rows == 0) {
      throw new IllegalStateException("The pass is empty: run the network with it first.");
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public T input() {
    requireRows();
    return input;
  }

  @Override
  public T output() {
    return output(outputs.size() - 1);
  }

  @Override
  public void reserve() {
    allocateInput();
  }

  @Override
  public void scatterFrom(ForwardPass<T> source, int[] targetRows) {
    LayerOutputs<T> other = sameNetwork(source);
    allocateInput();
    tensors.scatterRows(other.input(), targetRows, ownInput);
    for (int layer = 0; layer < outputs.size(); layer++) {
      tensors.scatterRows(other.output(layer), targetRows, outputs.get(layer));
    }
    int highest = rows;
    for (int row : targetRows) {
      highest = Math.max(highest, row + 1);
    }
    useOwnInput(highest);
  }

  @Override
  public void gatherFrom(ForwardPass<T> source, int[] sourceRows) {
    LayerOutputs<T> other = sameNetwork(source);
    if (sourceRows.length > capacity) {
      throw tooMany(sourceRows.length);
    }
    allocateInput();
    useOwnInput(sourceRows.length);
    tensors.gatherRows(other.input(), sourceRows, input);
    for (int layer = 0; layer < outputs.size(); layer++) {
      tensors.gatherRows(other.output(layer), sourceRows, output(layer));
    }
  }

  private LayerOutputs<T> sameNetwork(ForwardPass<T> source) {
    if (source instanceof LayerOutputs<T> other && other.network == network) {
      return other;
    }
    throw new IllegalArgumentException("The source is not a pass of the same network.");
  }

  private void allocateInput() {
    if (ownInput == null) {
      ownInput = scope.zeros(capacity, sizes.get(0));
    }
  }

  private void useOwnInput(int count) {
    if (count != rows || !inputIsOwn) {
      use(count);
      input = tensors.rowRange(ownInput, 0, count);
      inputIsOwn = true;
    }
  }

  @Override
  public long retainedBytes() {
    long floats = ownInput == null ? 0 : (long) capacity * sizes.get(0);
    for (int size : sizes.subList(1, sizes.size())) {
      floats += (long) capacity * size;
    }
    return floats * tensors.elementBytes();
  }

  @Override
  public void close() {
    scope.close();
  }
}
