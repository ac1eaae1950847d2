package io.nnem.autoencoder.variational;

import io.nnem.core.Tensors;

/** Moves whole matrices to arrays and back without losing a bit. */
final class Elements<T> {

  private final Tensors<T> tensors;
  private float[] floats = new float[0];

  Elements(Tensors<T> tensors) {
    this.tensors = tensors;
  }

  double[] of(T matrix) {
    double[] elements = new double[tensors.rows(matrix) * tensors.columns(matrix)];
    if (tensors.elementBytes() == Float.BYTES) {
      tensors.copyOut(matrix, room(elements.length));
      for (int i = 0; i < elements.length; i++) {
        elements[i] = floats[i];
      }
    } else {
      int columns = tensors.columns(matrix);
      for (int i = 0; i < elements.length; i++) {
        elements[i] = tensors.get(matrix, i / columns, i % columns);
      }
    }
    return elements;
  }

  void write(double[] elements, T out) {
    if (tensors.elementBytes() == Float.BYTES) {
      room(elements.length);
      for (int i = 0; i < elements.length; i++) {
        floats[i] = (float) elements[i];
      }
      tensors.copyIn(floats, out);
    } else {
      int columns = tensors.columns(out);
      for (int i = 0; i < elements.length; i++) {
        tensors.set(out, i / columns, i % columns, elements[i]);
      }
    }
  }

  private float[] room(int length) {
    if (floats.length < length) {
      floats = new float[length];
    }
    return floats;
  }
}
