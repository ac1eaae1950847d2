package io.nnem.testkit;

import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.Optional;

class ReferenceTest extends BuiltInPluginsTests<Matrix> {
  @Override
  Tensors<Matrix> backend() {
    return new ReferenceTensors();
  }

  @Override
  Optional<String> backendName() {
    return Optional.of("reference");
  }
}
