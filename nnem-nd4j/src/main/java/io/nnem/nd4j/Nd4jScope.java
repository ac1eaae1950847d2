package io.nnem.nd4j;

import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Owns ND4J's matrices; their memory is released at once, not when the garbage collector comes. */
final class Nd4jScope implements Scope<INDArray> {

  private final Nd4jTensors tensors;
  private final List<INDArray> owned = new ArrayList<>();
  private boolean closed;

  Nd4jScope(Nd4jTensors tensors) {
    this.tensors = tensors;
  }

  @Override
  @SuppressWarnings("try") // it works by being open
  public INDArray zeros(int rows, int columns) {
    if (closed) {
      throw new IllegalStateException("This scope is closed; open a new one to allocate.");
    }
    tensors.requireOpen();
    Shapes.requireSize(rows, columns);
    // Not in a workspace that the caller has open: that one will be overwritten.
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray matrix = Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'c');
      owned.add(matrix);
      return matrix;
    }
  }

  @Override
  public void close() {
    closed = true;
    owned.forEach(INDArray::close);
    owned.clear();
  }
}
