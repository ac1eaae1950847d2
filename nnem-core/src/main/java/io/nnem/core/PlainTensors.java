package io.nnem.core;

/**
 * Every operation as plain loops over {@link #get} and {@link #set}, in double precision: the
 * definition that other back ends are held against, and the quickest way to a new one. A subclass
 * supplies storage (seven methods) and overrides what it wants faster.
 *
 * @param <T> the matrix type
 */
public abstract class PlainTensors<T> implements Tensors<T> {

  private final PlainReading<T> reading = new PlainReading<>(this);
  private final PlainLayers<T> layers = new PlainLayers<>(this);

  /** For subclasses. */
  protected PlainTensors() {}

  @Override
  public String description() {
    return getClass().getSimpleName() + ": plain Java loops in double precision, one thread";
  }

  @Override
  public void copyIn(float[] source, T out) {
    Shapes.requireRoom(source.length, rows(out), columns(out));
    int columns = columns(out);
    for (int i = 0; i < rows(out); i++) {
      for (int j = 0; j < columns; j++) {
        set(out, i, j, source[i * columns + j]);
      }
    }
  }

  @Override
  public void copyOut(T matrix, float[] out) {
    Shapes.requireRoom(out.length, rows(matrix), columns(matrix));
    int columns = columns(matrix);
    for (int i = 0; i < rows(matrix); i++) {
      for (int j = 0; j < columns; j++) {
        out[i * columns + j] = (float) get(matrix, i, j);
      }
    }
  }

  @Override
  public void copyIn(double[] source, T out) {
    Shapes.requireRoom(source.length, rows(out), columns(out));
    int columns = columns(out);
    for (int i = 0; i < rows(out); i++) {
      for (int j = 0; j < columns; j++) {
        set(out, i, j, source[i * columns + j]);
      }
    }
  }

  @Override
  public void copyOut(T matrix, double[] out) {
    Shapes.requireRoom(out.length, rows(matrix), columns(matrix));
    int columns = columns(matrix);
    for (int i = 0; i < rows(matrix); i++) {
      for (int j = 0; j < columns; j++) {
        out[i * columns + j] = get(matrix, i, j);
      }
    }
  }

  @Override
  public void fill(double value, T out) {
    for (int i = 0; i < rows(out); i++) {
      for (int j = 0; j < columns(out); j++) {
        set(out, i, j, value);
      }
    }
  }

  @Override
  public void copy(T source, T out) {
    Shapes.requireLike(this, "The destination", out, source);
    for (int i = 0; i < rows(source); i++) {
      copyRow(source, i, out, i);
    }
  }

  @Override
  public void gatherRows(T source, int[] rows, T out) {
    Shapes.requireColumns(this, "The destination", out, columns(source));
    Shapes.requireRows(rows, rows(out), rows(source));
    for (int i = 0; i < rows.length; i++) {
      copyRow(source, rows[i], out, i);
    }
  }

  @Override
  public void scatterRows(T source, int[] rows, T out) {
    Shapes.requireColumns(this, "The destination", out, columns(source));
    Shapes.requireRows(rows, rows(source), rows(out));
    for (int i = 0; i < rows.length; i++) {
      copyRow(source, i, out, rows[i]);
    }
  }

  private void copyRow(T source, int from, T out, int to) {
    for (int j = 0; j < columns(source); j++) {
      set(out, to, j, get(source, from, j));
    }
  }

  @Override
  public void copyColumns(T source, int column, T out) {
    Shapes.requireColumnRange(this, source, column, out);
    for (int i = 0; i < rows(source); i++) {
      for (int j = 0; j < columns(source); j++) {
        set(out, i, column + j, get(source, i, j));
      }
    }
  }

  @Override
  public void scale(double factor, T out) {
    for (int i = 0; i < rows(out); i++) {
      for (int j = 0; j < columns(out); j++) {
        set(out, i, j, factor * get(out, i, j));
      }
    }
  }

  @Override
  public void addScaled(double factor, T source, T out) {
    Shapes.requireLike(this, "The destination", out, source);
    for (int i = 0; i < rows(out); i++) {
      for (int j = 0; j < columns(out); j++) {
        set(out, i, j, get(out, i, j) + factor * get(source, i, j));
      }
    }
  }

  @Override
  public double dot(T a, T b) {
    Shapes.requireLike(this, "The second factor", b, a);
    double sum = 0;
    for (int i = 0; i < rows(a); i++) {
      for (int j = 0; j < columns(a); j++) {
        sum += get(a, i, j) * get(b, i, j);
      }
    }
    return sum;
  }

  @Override
  public void argMaxRows(T matrix, int[] out) {
    Shapes.requireRoom(out.length, rows(matrix), 1);
    for (int i = 0; i < rows(matrix); i++) {
      int best = 0;
      for (int j = 1; j < columns(matrix); j++) {
        if (get(matrix, i, j) > get(matrix, i, best)) {
          best = j;
        }
      }
      out[i] = best;
    }
  }

  @Override
  public void affine(T x, T w, T bias, Activation activation, T out) {
    Shapes.requireAffine(this, x, w, bias, out);
    for (int i = 0; i < rows(x); i++) {
      for (int j = 0; j < columns(w); j++) {
        double sum = get(bias, 0, j);
        for (int k = 0; k < columns(x); k++) {
          sum += get(x, i, k) * get(w, k, j);
        }
        set(out, i, j, activation.apply(sum));
      }
    }
  }

  @Override
  public void affineBackward(
      T x,
      T w,
      Activation activation,
      T out,
      T outGradient,
      T wGradient,
      T biasGradient,
      T xGradient) {
    Shapes.requireAffine(this, x, w, biasGradient, out);
    Shapes.requireLike(this, "The output's gradient", outGradient, out);
    Shapes.requireLike(this, "The weights' gradient", wGradient, w);
    if (xGradient != null) {
      Shapes.requireLike(this, "The input's gradient", xGradient, x);
    }
    for (int i = 0; i < rows(out); i++) {
      for (int j = 0; j < columns(out); j++) {
        double d = get(outGradient, i, j) * activation.slope(get(out, i, j));
        set(outGradient, i, j, d);
        set(biasGradient, 0, j, get(biasGradient, 0, j) + d);
        if (d != 0) {
          for (int k = 0; k < columns(x); k++) {
            set(wGradient, k, j, get(wGradient, k, j) + get(x, i, k) * d);
          }
        }
      }
    }
    if (xGradient != null) {
      for (int i = 0; i < rows(x); i++) {
        for (int k = 0; k < columns(x); k++) {
          double sum = 0;
          for (int j = 0; j < columns(w); j++) {
            sum += get(outGradient, i, j) * get(w, k, j);
          }
          set(xGradient, i, k, sum);
        }
      }
    }
  }

  @Override
  public void read(Addressing addressing, T queries, T keys, T values, T summary, T out) {
    Shapes.requireRead(this, queries, keys, values, summary, out);
    reading.read(addressing, queries, keys, values, summary, out);
  }

  @Override
  public void readBackward(
      Addressing addressing,
      T queries,
      T keys,
      T values,
      T summary,
      T out,
      T outGradient,
      T keyGradient,
      T keyWeights,
      T queryGradient) {
    Shapes.requireReadBackward(
        this,
        queries,
        keys,
        values,
        summary,
        out,
        outGradient,
        keyGradient,
        keyWeights,
        queryGradient);
    reading.readBackward(
        addressing,
        queries,
        keys,
        values,
        summary,
        out,
        outGradient,
        keyGradient,
        keyWeights,
        queryGradient);
  }

  @Override
  public void nearest(T queries, T keys, int k, int[] indices, float[] similarities) {
    Shapes.requireNearest(this, queries, keys, k, indices.length, similarities.length);
    reading.nearest(queries, keys, k, indices, similarities);
  }

  @Override
  public void nearest(
      T queries, T keys, int[] rows, int[] ends, int k, int[] indices, float[] similarities) {
    Shapes.requireNearest(this, queries, keys, rows, ends, k, indices.length, similarities.length);
    reading.nearest(queries, keys, rows, ends, k, indices, similarities);
  }

  @Override
  public void nearest(
      T queries,
      byte[][] blocks,
      int[] sizes,
      int[] chosen,
      int each,
      int k,
      int[] places,
      float[] similarities) {
    Shapes.requireNearest(
        this, queries, blocks, sizes, chosen, each, k, places.length, similarities.length);
    reading.nearest(queries, blocks, sizes, chosen, each, k, places, similarities);
  }

  @Override
  public double loss(Loss loss, T predicted, T target, T gradient) {
    Shapes.requireLike(this, "The target", target, predicted);
    Shapes.requireLike(this, "The gradient", gradient, predicted);
    int n = rows(predicted);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < columns(predicted); j++) {
        double p = get(predicted, i, j);
        double t = get(target, i, j);
        sum += loss.value(p, t);
        set(gradient, i, j, loss.slope(p, t) / n);
      }
    }
    return sum / n;
  }

  @Override
  public void adam(double rate, long step, T gradient, T m, T v, T parameter) {
    Shapes.requireAdam(this, gradient, m, v, parameter);
    double b1 = 0.9;
    double b2 = 0.999;
    double mScale = 1 / (1 - Math.pow(b1, (double) step));
    double vScale = 1 / (1 - Math.pow(b2, (double) step));
    for (int i = 0; i < rows(parameter); i++) {
      for (int j = 0; j < columns(parameter); j++) {
        double g = get(gradient, i, j);
        double mNew = b1 * get(m, i, j) + (1 - b1) * g;
        double vNew = b2 * get(v, i, j) + (1 - b2) * g * g;
        set(m, i, j, mNew);
        set(v, i, j, vNew);
        double change = rate * mNew * mScale / (Math.sqrt(vNew * vScale) + 1e-8);
        set(parameter, i, j, get(parameter, i, j) - change);
      }
    }
  }

  /** Does nothing, for plain loops hold nothing. */
  @Override
  public void close() {}

  @Override
  public void activate(Activation activation, T x, T out) {
    layers.activate(activation, x, out);
  }

  @Override
  public void activateBackward(Activation activation, T out, T gradient) {
    layers.activateBackward(activation, out, gradient);
  }

  @Override
  public void gatherElements(T source, int[] index, T out) {
    layers.gatherElements(source, index, out);
  }

  @Override
  public void addElements(T source, int[] index, T out) {
    layers.addElements(source, index, out);
  }

  @Override
  public void maxGroups(T x, int[] index, int group, T out) {
    layers.maxGroups(x, index, group, out);
  }

  @Override
  public void maxGroupsBackward(T x, int[] index, int group, T outGradient, T xGradient) {
    layers.maxGroupsBackward(x, index, group, outGradient, xGradient);
  }

  @Override
  public void normaliseRows(T x, T gain, T bias, T out) {
    layers.normaliseRows(x, gain, bias, out);
  }

  @Override
  public void normaliseRowsBackward(
      T x, T gain, T outGradient, T gainGradient, T biasGradient, T xGradient) {
    layers.normaliseRowsBackward(x, gain, outGradient, gainGradient, biasGradient, xGradient);
  }
}
