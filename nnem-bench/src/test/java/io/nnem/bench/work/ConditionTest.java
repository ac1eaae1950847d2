package io.nnem.bench.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConditionTest {

  /** N = 3, B = 2, 5-4-2; values have 10, the gradient's network 128 hidden units. */
  private static final Shape SHAPE = new Shape(3, 2, 5, 4, 2);

  // one row through the embedder: 2 (5*4 + 4*2) = 56; back: 56 + 2*4*2 = 72
  private static final double BATCH = 2 * 56;
  private static final double READING = 2 * 2 * 3 * (2 + 10);

  @Test
  void noneEmbedsAndReads() {
    assertThat(Condition.NONE.operations(SHAPE)).isEqualTo(BATCH + READING);
  }

  @Test
  void backpropAlsoGoesBackThroughEachMemory() {
    assertThat(Condition.BACKPROP.operations(SHAPE)).isEqualTo(BATCH + 2 * READING + 3 * 72);
  }

  @Test
  void storedReinstatementAlsoEmbedsEachMemory() {
    assertThat(Condition.EXACT_STORED.operations(SHAPE))
        .isEqualTo(BATCH + 2 * READING + 3 * (56 + 72));
  }

  @Test
  void decodedReinstatementAlsoDecodesEachMemoryAndTrainsTheDecoder() {
    double decoder = 3 * 56 + 2 * (2 * 56 + 2 * 5 * 4);

    assertThat(Condition.EXACT_DECODED.operations(SHAPE))
        .isEqualTo(Condition.EXACT_STORED.operations(SHAPE) + decoder)
        .isEqualTo(Condition.APPROXIMATE_DECODED.operations(SHAPE));
  }

  @Test
  void syntheticGradientsTrainANetworkOnEachMemory() {
    double network = 2 * ((2 + 10) * 128 + 128 * 2);

    assertThat(Condition.SYNTHETIC_GRADIENT.operations(SHAPE))
        .isEqualTo(BATCH + 2 * READING + 3 * (2 * network + 2 * 128 * 2) + 2 * (network + 72));
  }

  @Test
  void namesAreThoseOfTheExperiments() {
    assertThat(Condition.EXACT_DECODED.label()).isEqualTo("exact-reinstatement/decoded");
    assertThat(Condition.NONE.label()).isEqualTo("none");
  }
}
