package io.nnem.testkit;

import io.nnem.core.Tensors;
import io.nnem.nd4j.Nd4jTensors;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

class Nd4jOneThreadTest extends BuiltInPluginsTests<INDArray> {

  private static final Nd4jTensors BACKEND = new Nd4jTensors(1);

  @Override
  Tensors<INDArray> backend() {
    return BACKEND;
  }

  @Override
  Optional<String> backendName() {
    return Optional.of("nd4j");
  }
}
