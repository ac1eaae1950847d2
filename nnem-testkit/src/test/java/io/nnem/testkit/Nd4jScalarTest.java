package io.nnem.testkit;

import io.nnem.core.Tensors;
import io.nnem.nd4j.Nd4jTensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** As on a machine without the Vector API. */
class Nd4jScalarTest extends TensorsContract<INDArray> {
  @Override
  protected Tensors<INDArray> tensors() {
    return Nd4jTensors.scalar(1);
  }
}
