package io.nnem.core.network;

import io.nnem.core.ForwardPass;
import io.nnem.core.RowBuffer;
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
  private final List<RowBuffer<T>> outputs = new ArrayList<>();
  private final List<RowBuffer<T>> gradients = new ArrayList<>();
  private RowBuffer<T> ownInput;
  private T input;
  private int rows;

  LayerOutputs(
      Tensors<T> tensors, List<Integer> sizes, int capacity, MultilayerPerceptron<T> network) {
    this.tensors = tensors;
    this.sizes = sizes;
    this.capacity = capacity;
    this.network = network;
    this.scope = tensors.newScope();
    addBuffers(outputs);
  }

  /** One for each layer's units. */
  private void addBuffers(List<RowBuffer<T>> buffers) {
    for (int size : sizes.subList(1, sizes.size())) {
      buffers.add(new RowBuffer<>(tensors, scope, capacity, size));
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
    rows = count;
  }

  private IllegalArgumentException tooMany(int count) {
    return new IllegalArgumentException(
        "The pass has room for " + capacity + " rows, but " + count + " were given.");
  }

  T output(int layer) {
    requireRows();
    return outputs.get(layer).first(rows);
  }

  /** Room for the gradient of a layer's output; allocated at the first way back. */
  T gradient(int layer) {
    requireRows();
    if (gradients.isEmpty()) {
      addBuffers(gradients);
    }
    return gradients.get(layer).first(rows);
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
    tensors.scatterRows(other.input(), targetRows, ownInput.all());
    for (int layer = 0; layer < outputs.size(); layer++) {
      tensors.scatterRows(other.output(layer), targetRows, outputs.get(layer).all());
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
      ownInput = new RowBuffer<>(tensors, scope, capacity, sizes.get(0));
    }
  }

  private void useOwnInput(int count) {
    rows = count;
    input = ownInput.first(count);
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
