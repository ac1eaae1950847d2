package io.nnem.testkit;

import io.nnem.core.Tensors;
import java.util.Optional;

class FloatArraysTest extends BuiltInPluginsTests<float[][]> {
  @Override
  Tensors<float[][]> backend() {
    return new FloatArrayTensors();
  }

  @Override
  boolean refusesReleasedMatrices() {
    return false;
  }

  @Override
  Optional<String> backendName() {
    return Optional.empty();
  }
}
