package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CandidateTest {

  @Test
  void candidatesAreInOrder_fromTheWorstToTheBest() {
    float[] similarities = {
      Float.NaN,
      Float.NEGATIVE_INFINITY,
      -1f,
      -1e-40f,
      0f,
      1e-40f,
      0.5f,
      Math.nextUp(0.5f),
      Float.POSITIVE_INFINITY
    };
    int[] rows = {Integer.MAX_VALUE, 7, 1, 0}; // the lower the better
    long last = Long.MIN_VALUE;
    for (float similarity : similarities) {
      for (int row : rows) {
        long candidate = Candidate.of(similarity, row);
        assertThat(candidate).as("%s in row %d", similarity, row).isGreaterThan(last);
        assertThat(Candidate.row(candidate)).isEqualTo(row);
        assertThat(Candidate.similarity(candidate)).isEqualTo(Float.valueOf(similarity));
        last = candidate;
      }
    }
  }

  @Test
  void bothZerosAreEqual_andSoIsEveryNaN() {
    assertThat(Candidate.of(-0f, 3)).isEqualTo(Candidate.of(0f, 3));
    assertThat(Candidate.of(Float.intBitsToFloat(0xffc00001), 3))
        .isEqualTo(Candidate.of(Float.NaN, 3));
  }
}
