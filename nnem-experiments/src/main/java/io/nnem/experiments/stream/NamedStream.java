package io.nnem.experiments.stream;

import io.nnem.datasets.GeneratedStreams;
import io.nnem.datasets.LabelledStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The streams that learners are tried on. */
enum NamedStream {
  /** SEA concepts, of which each takes the place of the last at once. */
  SEA(4) {
    @Override
    LabelledStream make(long instances, long seed) {
      return inTurn(instances, 0, seed, GeneratedStreams::sea, 8., 9., 7., 9.5);
    }
  },
  /** A hyperplane that turns all the time. */
  HYPERPLANE(1) {
    @Override
    LabelledStream make(long instances, long seed) {
      return GeneratedStreams.hyperplane(10, .001, seed);
    }
  },
  /** Clusters that move all the time. */
  RBF(1) {
    @Override
    LabelledStream make(long instances, long seed) {
      return GeneratedStreams.radialBasisFunctions(50, 10, 5, .001, seed);
    }
  },
  /** Seven attributes that matter among 24. */
  LED(1) {
    @Override
    LabelledStream make(long instances, long seed) {
      return GeneratedStreams.led(17, seed);
    }
  },
  /** Applicants, judged by another rule from one instance to the next. */
  AGRAWAL_ABRUPT(3) {
    @Override
    LabelledStream make(long instances, long seed) {
      return inTurn(instances, 0, seed, GeneratedStreams::agrawal, 1, 3, 4);
    }
  },
  /** The same, little by little. */
  AGRAWAL_GRADUAL(3) {
    @Override
    LabelledStream make(long instances, long seed) {
      return inTurn(instances, instances / 10, seed, GeneratedStreams::agrawal, 1, 3, 4);
    }
  };

  /** One concept of a family. */
  private interface Concepts<C> {
    LabelledStream make(C concept, long seed);
  }

  private final int concepts;

  NamedStream(int concepts) {
    this.concepts = concepts;
  }

  /** A stream of so many instances. */
  abstract LabelledStream make(long instances, long seed);

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The instances at which a concept takes the place of another. */
  List<Double> drifts(int instances) {
    return IntStream.range(1, concepts).mapToObj(i -> (double) i * instances / concepts).toList();
  }

  static NamedStream of(String title) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(title));
  }

  static List<String> titles() {
    return Arrays.stream(values()).map(NamedStream::toString).toList();
  }

  @SafeVarargs
  private static <C> LabelledStream inTurn(
      long instances, long width, long seed, Concepts<C> concepts, C... order) {
    LabelledStream stream = concepts.make(order[0], seed);
    for (int i = 1; i < order.length; i++) {
      stream =
          GeneratedStreams.drift(
              stream,
              concepts.make(order[i], seed + i * 1_000_003L),
              Math.round((double) i * instances / order.length),
              width,
              seed + i);
    }
    return stream;
  }
}
