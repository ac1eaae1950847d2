package io.nnem.experiments.pretrained;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.core.Parameter;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parameters of an autoencoder as floats, whatever the back end, and how it learned. Never
 * changes.
 */
public final class Weights {

  /**
   * One look at an autoencoder while it learned.
   *
   * @param step training steps so far
   * @param split {@code training} or {@code validation}
   * @param loss reconstruction loss without noise, summed over an image and averaged over images
   * @param squaredError mean squared error of a pixel
   * @param elbo evidence lower bound in nats; NaN for a decoder that is not variational
   */
  public record Point(int step, String split, double loss, double squaredError, double elbo) {}

  private final List<float[]> encoder;
  private final List<float[]> decoder;
  private final CodeRanges ranges;
  private final List<Point> curve;

  /** Copies each parameter of encoder and decoder, row by row. */
  public Weights(
      List<float[]> encoder, List<float[]> decoder, CodeRanges ranges, List<Point> curve) {
    this.encoder = encoder.stream().map(float[]::clone).toList();
    this.decoder = decoder.stream().map(float[]::clone).toList();
    this.ranges = ranges;
    this.curve = List.copyOf(curve);
  }

  /** The values of parameters, one array each. */
  public static <T> List<float[]> of(Tensors<T> tensors, List<Parameter<T>> parameters) {
    List<float[]> values = new ArrayList<>();
    for (Parameter<T> parameter : parameters) {
      T value = parameter.value();
      float[] floats = new float[tensors.rows(value) * tensors.columns(value)];
      tensors.copyOut(value, floats);
      values.add(floats);
    }
    return values;
  }

  /** Gives the parameters of an encoder of the same architecture these values. */
  public <T> void toEncoder(Tensors<T> tensors, List<Parameter<T>> parameters) {
    copy("encoder", encoder, tensors, parameters);
  }

  /** Gives the parameters of a decoder of the same architecture these values. */
  public <T> void toDecoder(Tensors<T> tensors, List<Parameter<T>> parameters) {
    copy("decoder", decoder, tensors, parameters);
  }

  private static <T> void copy(
      String what, List<float[]> values, Tensors<T> tensors, List<Parameter<T>> parameters) {
    List<Integer> there = values.stream().map(array -> array.length).toList();
    List<Integer> wanted = of(tensors, parameters).stream().map(array -> array.length).toList();
    if (!there.equals(wanted)) {
      throw new IllegalArgumentException(
          "The pre-trained "
              + what
              + " has parameters of "
              + there
              + " floats, but the one that should start from it has "
              + wanted
              + ".");
    }
    for (int i = 0; i < values.size(); i++) {
      tensors.copyIn(values.get(i), parameters.get(i).value());
    }
  }

  public CodeRanges ranges() {
    return ranges;
  }

  public List<Point> curve() {
    return curve;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weights weights && Arrays.deepEquals(content(), weights.content());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(content());
  }

  private Object[] content() {
    return new Object[] {
      encoder.toArray(), decoder.toArray(), ranges.low(), ranges.high(), curve.toArray()
    };
  }

  void save(StateWriter out) {
    out.floats("low", ranges.low());
    out.floats("high", ranges.high());
    save("encoder", encoder, out);
    save("decoder", decoder, out);
    out.longs("points", curve.size());
    for (int i = 0; i < curve.size(); i++) {
      Point point = curve.get(i);
      out.longs("step-" + i, point.step());
      out.text("split-" + i, point.split());
      out.doubles("losses-" + i, point.loss(), point.squaredError(), point.elbo());
    }
  }

  private static void save(String name, List<float[]> arrays, StateWriter out) {
    out.longs(name, arrays.size());
    for (int i = 0; i < arrays.size(); i++) {
      out.floats(name + "-" + i, arrays.get(i));
    }
  }

  static Weights load(StateReader in) {
    return new Weights(
        arrays("encoder", in),
        arrays("decoder", in),
        new CodeRanges(floats("low", in), floats("high", in)),
        each("points", in).mapToObj(i -> point(i, in)).toList());
  }

  private static Point point(int i, StateReader in) {
    double[] losses = in.doubles("losses-" + i, 3);
    return new Point(
        (int) in.number("step-" + i, 0, Integer.MAX_VALUE),
        in.text("split-" + i),
        losses[0],
        losses[1],
        losses[2]);
  }

  private static List<float[]> arrays(String name, StateReader in) {
    return each(name, in).mapToObj(i -> floats(name + "-" + i, in)).toList();
  }

  private static IntStream each(String name, StateReader in) {
    return IntStream.range(0, (int) in.number(name, 0, Integer.MAX_VALUE));
  }

  private static float[] floats(String name, StateReader in) {
    return in.floats(name, Math.toIntExact(in.length(name)));
  }
}
