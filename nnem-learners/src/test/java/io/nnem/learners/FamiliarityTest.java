package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.datasets.Dataset;
import io.nnem.datasets.Datasets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How much it tells apart is measured by {@link Usage}; this is what must not be lost. */
class FamiliarityTest {

  @Test
  void tellsDigitsThatWereNeverSeen_fromNoise_andFromDigitsInNegative() {
    Dataset digits = Datasets.mnist().training().slice(0, 1000);
    float[][] unseen = Datasets.mnist().test().slice(0, 300).observations();
    SplittableRandom random = new SplittableRandom(1);
    float[][] noise = new float[300][784];
    float[][] negative = new float[300][784];
    for (int row = 0; row < 300; row++) {
      for (int i = 0; i < 784; i++) {
        noise[row][i] = (float) random.nextDouble();
        negative[row][i] = 1 - unseen[row][i];
      }
    }
    try (MemoryClassifier classifier = MemoryClassifier.builder().build()) {
      classifier.partialFit(digits.observations(), digits.labels());
      double[] known = Usage.familiarity(classifier, unseen);
      assertThat(Usage.auc(known, Usage.familiarity(classifier, noise))).isGreaterThan(0.99);
      assertThat(Usage.auc(known, Usage.familiarity(classifier, negative))).isGreaterThan(0.99);
    }
  }
}
