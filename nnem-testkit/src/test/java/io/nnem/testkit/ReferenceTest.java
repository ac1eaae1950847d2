package io.nnem.testkit;

import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;

class ReferenceTest extends BuiltInPluginsTests<Matrix> {
  @Override
  Tensors<Matrix> backend() {
    return new ReferenceTensors();
  }
}
