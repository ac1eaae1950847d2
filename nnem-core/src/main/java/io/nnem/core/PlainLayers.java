package io.nnem.core;

/** {@link LayerArithmetic} as plain loops, for {@link PlainTensors}. */
final class PlainLayers<T> {

  private static final double EPSILON = 1e-5;

  private final Tensors<T> tensors;

  PlainLayers(Tensors<T> tensors) {
    this.tensors = tensors;
  }

  void activate(Activation activation, T x, T out) {
    Shapes.requireLike(tensors, "The output", out, x);
    for (int i = 0; i < tensors.rows(x); i++) {
      for (int j = 0; j < tensors.columns(x); j++) {
        tensors.set(out, i, j, activation.apply(tensors.get(x, i, j)));
      }
    }
  }

  void activateBackward(Activation activation, T out, T gradient) {
    Shapes.requireLike(tensors, "The output's gradient", gradient, out);
    for (int i = 0; i < tensors.rows(out); i++) {
      for (int j = 0; j < tensors.columns(out); j++) {
        double slope = activation.slope(tensors.get(out, i, j));
        tensors.set(gradient, i, j, tensors.get(gradient, i, j) * slope);
      }
    }
  }

  void gatherElements(T source, int[] index, T out) {
    Shapes.requireElements(tensors, "The source", source, index, "The destination", out);
    for (int i = 0; i < tensors.rows(source); i++) {
      for (int j = 0; j < index.length; j++) {
        double element = index[j] < 0 ? 0 : tensors.get(source, i, index[j]);
        long place = (long) i * index.length + j;
        tensors.set(out, row(place, out), column(place, out), element);
      }
    }
  }

  void addElements(T source, int[] index, T out) {
    Shapes.requireElements(tensors, "The destination", out, index, "The source", source);
    for (int i = 0; i < tensors.rows(out); i++) {
      for (int j = 0; j < index.length; j++) {
        if (index[j] >= 0) {
          long place = (long) i * index.length + j;
          double element = tensors.get(source, row(place, source), column(place, source));
          tensors.set(out, i, index[j], tensors.get(out, i, index[j]) + element);
        }
      }
    }
  }

  private int row(long place, T matrix) {
    return (int) (place / tensors.columns(matrix));
  }

  private int column(long place, T matrix) {
    return (int) (place % tensors.columns(matrix));
  }

  void maxGroups(T x, int[] index, int group, T out) {
    Shapes.requireGroups(tensors, x, index, group, out);
    for (int i = 0; i < tensors.rows(x); i++) {
      for (int j = 0; j < tensors.columns(out); j++) {
        tensors.set(out, i, j, tensors.get(x, i, largest(x, i, index, j * group, group)));
      }
    }
  }

  void maxGroupsBackward(T x, int[] index, int group, T outGradient, T xGradient) {
    Shapes.requireGroups(tensors, x, index, group, outGradient);
    Shapes.requireLike(tensors, "The input's gradient", xGradient, x);
    tensors.fill(0, xGradient);
    for (int i = 0; i < tensors.rows(x); i++) {
      for (int j = 0; j < tensors.columns(outGradient); j++) {
        int best = largest(x, i, index, j * group, group);
        double sum = tensors.get(xGradient, i, best) + tensors.get(outGradient, i, j);
        tensors.set(xGradient, i, best, sum);
      }
    }
  }

  private int largest(T x, int row, int[] index, int from, int group) {
    int best = index[from];
    for (int g = 1; g < group; g++) {
      double element = tensors.get(x, row, index[from + g]);
      if (element > tensors.get(x, row, best) || Double.isNaN(element)) {
        best = index[from + g];
      }
    }
    return best;
  }

  void normaliseRows(T x, T gain, T bias, T out) {
    Shapes.requireNormalisation(tensors, x, gain, bias);
    Shapes.requireLike(tensors, "The output", out, x);
    for (int i = 0; i < tensors.rows(x); i++) {
      double mean = mean(x, i);
      double deviation = deviation(x, i, mean);
      for (int j = 0; j < tensors.columns(x); j++) {
        double normal = (tensors.get(x, i, j) - mean) / deviation;
        tensors.set(out, i, j, tensors.get(gain, 0, j) * normal + tensors.get(bias, 0, j));
      }
    }
  }

  void normaliseRowsBackward(
      T x, T gain, T outGradient, T gainGradient, T biasGradient, T xGradient) {
    Shapes.requireNormalisation(tensors, x, gainGradient, biasGradient);
    Shapes.requireLike(tensors, "The gain", gain, gainGradient);
    Shapes.requireLike(tensors, "The output's gradient", outGradient, x);
    if (xGradient != null) {
      Shapes.requireLike(tensors, "The input's gradient", xGradient, x);
    }
    int columns = tensors.columns(x);
    for (int i = 0; i < tensors.rows(x); i++) {
      double mean = mean(x, i);
      double deviation = deviation(x, i, mean);
      double sum = 0;
      double product = 0;
      for (int j = 0; j < columns; j++) {
        double normal = (tensors.get(x, i, j) - mean) / deviation;
        double g = tensors.get(outGradient, i, j);
        tensors.set(gainGradient, 0, j, tensors.get(gainGradient, 0, j) + g * normal);
        tensors.set(biasGradient, 0, j, tensors.get(biasGradient, 0, j) + g);
        double d = g * tensors.get(gain, 0, j);
        sum += d;
        product += d * normal;
      }
      for (int j = 0; xGradient != null && j < columns; j++) {
        double normal = (tensors.get(x, i, j) - mean) / deviation;
        double d = tensors.get(outGradient, i, j) * tensors.get(gain, 0, j);
        tensors.set(xGradient, i, j, (d - (sum + normal * product) / columns) / deviation);
      }
    }
  }

  private double mean(T x, int row) {
    double sum = 0;
    for (int j = 0; j < tensors.columns(x); j++) {
      sum += tensors.get(x, row, j);
    }
    return sum / tensors.columns(x);
  }

  private double deviation(T x, int row, double mean) {
    double sum = 0;
    for (int j = 0; j < tensors.columns(x); j++) {
      double difference = tensors.get(x, row, j) - mean;
      sum += difference * difference;
    }
    return Math.sqrt(sum / tensors.columns(x) + EPSILON);
  }
}
