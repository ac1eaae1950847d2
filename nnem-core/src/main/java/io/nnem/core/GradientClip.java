package io.nnem.core;

import java.util.List;

/** Shortens gradients that are together longer than a norm. */
final class GradientClip {

  private GradientClip() {}

  static <T> void apply(Tensors<T> tensors, List<Parameter<T>> parameters, double clipNorm) {
    if (clipNorm == 0) {
      return;
    }
    double norm = Math.sqrt(Parameter.squaredGradient(tensors, parameters));
    if (norm > clipNorm) {
      for (Parameter<T> parameter : parameters) {
        tensors.scale(clipNorm / norm, parameter.gradient());
      }
    }
  }
}
