package io.nnem.datasets;

import java.util.Arrays;
import java.util.Locale;

/**
 * Streams of the literature on learning on line, made from their published definitions. The
 * settings that a definition leaves open are those of the experiments that use them most; each
 * method says which.
 */
public final class GeneratedStreams {
  private GeneratedStreams() {}

  /**
   * SEA concepts (Street and Kim, KDD 2001): three attributes from 0 to 10, of which the third is
   * irrelevant; class 1 where the first two add up to more than a threshold. One label in ten is
   * wrong.
   *
   * @param threshold the concept: 8, 9, 7 and 9.5 in the paper
   * @param seed the same seed gives the same stream
   * @return the stream, of 2 classes
   */
  public static LabelledStream sea(double threshold, long seed) {
    SplitMix random = SplitMix.of(seed, 0);
    return new Simple(3, 2) {
      @Override
      public int next(float[] out) {
        for (int i = 0; i < 3; i++) {
          out[i] = (float) (10 * random.unit());
        }
        int label = out[0] + out[1] > threshold ? 1 : 0;
        return random.happens(.1) ? 1 - label : label;
      }
    };
  }

  /**
   * A hyperplane that turns (Hulten, Spencer and Domingos, KDD 2001): attributes from 0 to 1, class
   * 1 on the upper side of a plane through the middle. Its weights change by {@code change} with
   * every instance, each in a direction that turns round with a chance of one in ten. One label in
   * twenty is wrong.
   *
   * @param attributes how many, 10 as a rule
   * @param change of each weight with an instance, .001 as a rule
   * @param seed the same seed gives the same stream
   * @return the stream, of 2 classes
   */
  public static LabelledStream hyperplane(int attributes, double change, long seed) {
    SplitMix random = SplitMix.of(seed, 1);
    double[] weights = new double[attributes];
    double[] directions = new double[attributes];
    Arrays.setAll(weights, i -> random.unit());
    Arrays.fill(directions, 1);
    return new Simple(attributes, 2) {
      @Override
      public int next(float[] out) {
        double sum = 0;
        double half = 0;
        for (int i = 0; i < attributes; i++) {
          out[i] = (float) random.unit();
          sum += weights[i] * out[i];
          half += weights[i] / 2;
        }
        for (int i = 0; i < attributes; i++) {
          weights[i] += directions[i] * change;
          directions[i] *= random.happens(.1) ? -1 : 1;
        }
        int label = sum >= half ? 1 : 0;
        return random.happens(.05) ? 1 - label : label;
      }
    };
  }

  /**
   * Radial basis functions that drift: centres in the unit cube, each with a class, a weight and a
   * width; an instance lies around a centre, normally distributed in its distance, and the centres
   * move on straight lines that the cube's sides reflect (Bifet, Holmes, Pfahringer, Kirkby and
   * Gavaldà, KDD 2009).
   *
   * @param centres how many, 50 as a rule
   * @param attributes how many, 10 as a rule
   * @param classes how many, 5 as a rule
   * @param speed way of a centre with an instance, .001 as a rule; 0 for no drift
   * @param seed the same seed gives the same stream
   * @return the stream
   */
  public static LabelledStream radialBasisFunctions(
      int centres, int attributes, int classes, double speed, long seed) {
    return new RadialBasisFunctions(centres, attributes, classes, speed, seed);
  }

  /**
   * A display of light-emitting diodes (Breiman, Friedman, Olshen and Stone, 1984): the seven
   * segments of a digit, each wrong with a chance of one in ten, and irrelevant attributes beside
   * them. At most .74 of the classes can be told.
   *
   * @param irrelevant attributes of 0 or 1 at random, 17 as a rule
   * @param seed the same seed gives the same stream
   * @return the stream, of 10 classes
   */
  public static LabelledStream led(int irrelevant, long seed) {
    SplitMix random = SplitMix.of(seed, 3);
    return new Simple(7 + irrelevant, 10) {
      @Override
      public int next(float[] out) {
        int digit = random.below(10);
        for (int i = 0; i < 7; i++) {
          int lit = SEGMENTS[digit] >> (6 - i) & 1;
          out[i] = random.happens(.1) ? 1 - lit : lit;
        }
        for (int i = 7; i < out.length; i++) {
          out[i] = random.below(2);
        }
        return digit;
      }
    };
  }

  /** Top, upper left, upper right, middle, lower left, lower right, bottom. */
  private static final int[] SEGMENTS = {
    0b1110111, 0b0010010, 0b1011101, 0b1011011, 0b0111010,
    0b1101011, 0b1101111, 0b1010010, 0b1111111, 0b1111011
  };

  /**
   * Applicants for a loan (Agrawal, Imielinski and Swami, TKDE 1993): salary, commission, age,
   * education, car, zip code, value of the house, years of owning it, and the loan; numbers are
   * perturbed by a twentieth of their range.
   *
   * @param function which rule says who belongs to group A: 1 to 10
   * @param seed the same seed gives the same stream
   * @return the stream, of 2 classes; 0 is group A
   * @throws IllegalArgumentException if there is no such function
   */
  public static LabelledStream agrawal(int function, long seed) {
    return new Agrawal(function, seed);
  }

  /**
   * One stream that turns into another: at instance {@code at} one is as likely as the other, and
   * {@code width} instances are needed for most of the change, along a sigmoid (Bifet and others,
   * KDD 2009).
   *
   * @param before the stream at first
   * @param after the stream in the end, with as many attributes and classes
   * @param at where the middle of the change is
   * @param width instances of the change; 0 for an abrupt one
   * @param seed of which stream an instance is taken from
   * @return the stream
   * @throws IllegalArgumentException if the two do not agree in attributes and classes
   */
  public static LabelledStream drift(
      LabelledStream before, LabelledStream after, long at, long width, long seed) {
    if (before.attributes() != after.attributes() || before.classes() != after.classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A stream of %d attributes and %d classes cannot turn into one of %d and %d.",
              before.attributes(),
              before.classes(),
              after.attributes(),
              after.classes()));
    }
    SplitMix random = SplitMix.of(seed, 5);
    return new Simple(before.attributes(), before.classes()) {
      private long instances;

      @Override
      public int next(float[] out) {
        double past = instances++ - at;
        double chance =
            width == 0 ? (past < 0 ? 0 : 1) : 1 / (1 + StrictMath.exp(-4 * past / width));
        return (random.happens(chance) ? after : before).next(out);
      }
    };
  }

  /** Knows its sizes. */
  private abstract static class Simple implements LabelledStream {
    private final int attributes;
    private final int classes;

    Simple(int attributes, int classes) {
      if (attributes < 1) {
        throw new IllegalArgumentException(
            "A stream has 1 attribute or more, but was to have " + attributes + ".");
      }
      this.attributes = attributes;
      this.classes = classes;
    }

    @Override
    public final int attributes() {
      return attributes;
    }

    @Override
    public final int classes() {
      return classes;
    }
  }

  private static final class RadialBasisFunctions extends Simple {
    private final SplitMix random;
    private final double speed;
    private final double[][] centres;
    private final double[][] directions;
    private final int[] labels;
    private final double[] widths;
    private final double[] shares; // of the centres up to this one

    RadialBasisFunctions(int count, int attributes, int classes, double speed, long seed) {
      super(attributes, classes);
      if (count < 1 || classes < 2) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "There must be 1 centre or more and 2 classes or more, but there were to be %d and %d.",
                count,
                classes));
      }
      this.random = SplitMix.of(seed, 2);
      this.speed = speed;
      this.centres = new double[count][attributes];
      this.directions = new double[count][];
      this.labels = new int[count];
      this.widths = new double[count];
      this.shares = new double[count];
      double sum = 0;
      for (int i = 0; i < count; i++) {
        Arrays.setAll(centres[i], a -> random.unit());
        directions[i] = direction();
        labels[i] = random.below(classes);
        widths[i] = random.unit();
        sum += random.unit();
        shares[i] = sum;
      }
    }

    private double[] direction() {
      double[] direction = new double[attributes()];
      Arrays.setAll(direction, a -> 2 * random.unit() - 1);
      double length = StrictMath.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
      Arrays.setAll(direction, a -> direction[a] / length);
      return direction;
    }

    @Override
    public int next(float[] out) {
      move();
      int found = Arrays.binarySearch(shares, random.unit() * shares[shares.length - 1]);
      int centre = Math.min(found < 0 ? -found - 1 : found, shares.length - 1);
      double[] direction = direction();
      double distance = random.gaussian() * widths[centre];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) (centres[centre][i] + direction[i] * distance);
      }
      return labels[centre];
    }

    private void move() {
      for (int i = 0; i < centres.length; i++) {
        for (int a = 0; a < centres[i].length; a++) {
          double to = centres[i][a] + directions[i][a] * speed;
          if (to < 0 || to > 1) {
            to = to < 0 ? -to : 2 - to;
            directions[i][a] *= -1;
          }
          centres[i][a] = to;
        }
      }
    }
  }
}
