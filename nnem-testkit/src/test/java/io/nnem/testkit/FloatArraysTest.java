package io.nnem.testkit;

import io.nnem.core.Tensors;

class FloatArraysTest extends BuiltInPluginsTests<float[][]> {
  @Override
  Tensors<float[][]> backend() {
    return new FloatArrayTensors();
  }
}
