package io.nnem.testkit;

import io.nnem.core.Tensors;
import io.nnem.nd4j.Nd4jTensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An odd number of parts, and more of them than some machines have processors. */
class Nd4jThreeThreadsTest extends TensorsContract<INDArray> {

  private static final Nd4jTensors BACKEND = new Nd4jTensors(3);

  @Override
  protected Tensors<INDArray> tensors() {
    return BACKEND;
  }
}
