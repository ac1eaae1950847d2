package io.nnem.core.network;

import io.nnem.core.ForwardPass;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import java.util.List;

/** A network's pass: its input, and what each layer keeps. */
final class NetworkPass<T> implements ForwardPass<T> {

  private final Tensors<T> tensors;
  private final Network<T> network;
  private final Scope<T> scope;
  private final int capacity;
  private final ChainPass<T> layers;
  private RowBuffer<T> ownInput;
  private T input;
  private int rows;

  NetworkPass(Network<T> network, Chain<T> chain, int capacity) {
    this.tensors = chain.tensors();
    this.network = network;
    this.capacity = capacity;
    this.scope = tensors.newScope();
    this.layers = chain.newPass(scope, capacity);
  }

  Network<T> network() {
    return network;
  }

  ChainPass<T> layers() {
    return layers;
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
    requireRows();
    return layers.output(rows);
  }

  @Override
  public void reserve() {
    allocateInput();
  }

  @Override
  public void scatterFrom(ForwardPass<T> source, int[] targetRows) {
    NetworkPass<T> other = sameNetwork(source);
    allocateInput();
    tensors.scatterRows(other.input(), targetRows, ownInput.all());
    List<RowBuffer<T>> from = other.layers.retained();
    List<RowBuffer<T>> to = layers.retained();
    for (int i = 0; i < to.size(); i++) {
      tensors.scatterRows(from.get(i).first(other.rows), targetRows, to.get(i).all());
    }
    int highest = rows;
    for (int row : targetRows) {
      highest = Math.max(highest, row + 1);
    }
    useOwnInput(highest);
  }

  @Override
  public void gatherFrom(ForwardPass<T> source, int[] sourceRows) {
    NetworkPass<T> other = sameNetwork(source);
    if (sourceRows.length > capacity) {
      throw tooMany(sourceRows.length);
    }
    allocateInput();
    useOwnInput(sourceRows.length);
    tensors.gatherRows(other.input(), sourceRows, input);
    List<RowBuffer<T>> from = other.layers.retained();
    List<RowBuffer<T>> to = layers.retained();
    for (int i = 0; i < to.size(); i++) {
      tensors.gatherRows(from.get(i).first(other.rows), sourceRows, to.get(i).first(rows));
    }
  }

  private NetworkPass<T> sameNetwork(ForwardPass<T> source) {
    if (source instanceof NetworkPass<T> other && other.network == network) {
      return other;
    }
    throw new IllegalArgumentException("The source is not a pass of the same network.");
  }

  private void allocateInput() {
    if (ownInput == null) {
      ownInput = new RowBuffer<>(tensors, scope, capacity, network.inputs());
    }
  }

  private void useOwnInput(int count) {
    rows = count;
    input = ownInput.first(count);
  }

  @Override
  public void save(StateWriter out) {
    out.longs("rows", rows);
    if (rows > 0) {
      out.matrix("input", tensors, input);
      List<RowBuffer<T>> retained = layers.retained();
      for (int i = 0; i < retained.size(); i++) {
        out.matrix("retained-" + (i + 1), tensors, retained.get(i).first(rows));
      }
    }
  }

  @Override
  public void load(StateReader in) {
    rows = (int) in.number("rows", 0, capacity);
    if (rows > 0) {
      allocateInput();
      useOwnInput(rows);
      in.matrix("input", tensors, input);
      List<RowBuffer<T>> retained = layers.retained();
      for (int i = 0; i < retained.size(); i++) {
        in.matrix("retained-" + (i + 1), tensors, retained.get(i).first(rows));
      }
    }
  }

  @Override
  public long retainedBytes() {
    long floats = ownInput == null ? 0 : network.inputs();
    for (RowBuffer<T> buffer : layers.retained()) {
      floats += tensors.columns(buffer.all());
    }
    return floats * capacity * tensors.elementBytes();
  }

  @Override
  public void close() {
    scope.close();
  }
}
