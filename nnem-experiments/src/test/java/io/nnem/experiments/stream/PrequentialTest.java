package io.nnem.experiments.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PrequentialTest {
  @Test
  void scoresAreThoseOfTheLatestInstances() {
    Prequential window = new Prequential(4, 2);
    window.add(1, 0); // leaves the window
    window.add(1, 1);
    window.add(0, 0);
    window.add(0, 1);
    window.add(0, 0);
    Prequential.Score score = window.score();
    // 3 of 4 are right; by chance 3/4 * 2/4 + 1/4 * 2/4; a class is that of before 3 times
    assertThat(score.accuracy()).isEqualTo(.75);
    assertThat(score.kappa()).isCloseTo((.75 - .5) / (1 - .5), within(1e-12));
    assertThat(score.kappaTemporal()).isCloseTo(0, within(1e-12));
  }

  @Test
  void whereNothingCanBeBetterThereIsNoKappa() {
    Prequential window = new Prequential(10, 3);
    window.add(2, 2);
    window.add(2, 2);
    assertThat(window.score().kappa()).isNaN();
    assertThat(window.score().kappaTemporal()).isEqualTo(1); // the first was no repetition
    assertThat(window.score().accuracy()).isEqualTo(1);
  }
}
