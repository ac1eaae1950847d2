package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.reference.Matrix;
import org.junit.jupiter.api.Test;

class MemoryLearnerTest {
  private static LearnerSettings settings(int warmup, boolean queries, boolean reconstruction) {
    return new LearnerSettings(
        Addressing.softmax(0.2), Loss.CROSS_ENTROPY, warmup, queries, reconstruction);
  }

  @Test
  void warmupTrainsTheDecoderAlone_andFillsTheMemory() {
    Small small = Small.of("exact-reinstatement/stored");
    MemoryLearner<Matrix> learner = small.learner(settings(4, true, false));
    double[] embedder = small.embedderParameters();
    for (int i = 1; i <= 4; i++) {
      double[] decoder = small.decoderParameters();
      small.next();
      StepResult result = learner.step(small.observations, small.values);
      assertThat(result.loss()).isNaN();
      assertThat(result.reconstructionLoss()).isPositive();
      assertThat(small.decoderParameters()).isNotEqualTo(decoder);
      assertThat(small.embedderParameters()).isEqualTo(embedder);
      assertThat(small.memory.size()).isEqualTo(Math.min(24, 8 * i));
      assertThat(learner.steps()).isEqualTo(i);
      assertThat(small.embedder.version()).isZero();
    }
    StepResult result = learner.step(small.observations, small.values);
    assertThat(result.loss()).isPositive();
    assertThat(small.embedderParameters()).isNotEqualTo(embedder);
    assertThat(small.embedder.version()).isEqualTo(1);
  }

  @Test
  void theFirstStepReadsNothing() {
    Small small = Small.of("backprop");
    MemoryLearner<Matrix> learner = small.learner(settings(0, false, false));
    small.next();
    assertThat(learner.step(small.observations, small.values).loss()).isNaN();
    assertThat(learner.step(small.observations, small.values).loss()).isPositive();
  }

  @Test
  void theReconstructionTrainsTheEmbedder_ifAskedTo() {
    for (boolean asked : new boolean[] {false, true}) {
      Small small = Small.of("none");
      MemoryLearner<Matrix> learner = small.learner(settings(0, false, asked));
      double[] before = small.embedderParameters();
      small.next();
      learner.step(small.observations, small.values);
      assertThat(java.util.Arrays.equals(small.embedderParameters(), before)).isEqualTo(!asked);
    }
  }

  @Test
  void theQueriesTrainTheEmbedder_ifAskedTo() {
    for (boolean asked : new boolean[] {false, true}) {
      Small small = Small.of("none");
      MemoryLearner<Matrix> learner = small.learner(settings(0, asked, false));
      small.next();
      learner.step(small.observations, small.values);
      double[] before = small.embedderParameters();
      small.next();
      learner.step(small.observations, small.values);
      assertThat(java.util.Arrays.equals(small.embedderParameters(), before)).isEqualTo(!asked);
    }
  }

  @Test
  void withoutADecoder_itLearnsToo() {
    Small small = Small.of("backprop");
    MemoryLearner<Matrix> learner =
        new MemoryLearner<>(
            small.tensors,
            small.embedder,
            small.memory,
            small.assigner,
            null,
            settings(0, false, false));
    small.next();
    assertThat(learner.step(small.observations, small.values).reconstructionLoss()).isNaN();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MemoryLearner<>(
                    small.tensors,
                    small.embedder,
                    small.memory,
                    small.assigner,
                    null,
                    settings(0, false, true)))
        .withMessage("The reconstruction can train the embedder only if there is a decoder.");
  }

  @Test
  void predictsAsComputedByHand() {
    Small small = Small.of("none");
    MemoryLearner<Matrix> learner = small.learner(settings(0, false, false));
    small.next();
    learner.step(small.observations, small.values);
    Matrix queries = small.scope.zeros(3, Small.OBSERVATION);
    small.fill(queries, small.scope.zeros(3, Small.CLASSES));
    Matrix answers = small.scope.zeros(3, Small.CLASSES);
    double[] familiarity = learner.predict(queries, answers);

    Matrix embedded = small.scope.zeros(3, Small.EMBEDDING);
    small.embedder.embed(queries, embedded);
    Matrix keys = small.memory.keys(small.memory.occupied());
    for (int q = 0; q < 3; q++) {
      double[] expected = new double[Small.CLASSES];
      double sum = 0;
      double best = -1;
      for (int k = 0; k < Small.BATCH; k++) {
        double similarity = cosine(small, embedded, q, keys, k);
        best = Math.max(best, similarity);
        double weight = Math.exp(similarity / 0.2);
        sum += weight;
        for (int c = 0; c < Small.CLASSES; c++) {
          expected[c] += weight * small.tensors.get(small.values, k, c);
        }
      }
      for (int c = 0; c < Small.CLASSES; c++) {
        assertThat(small.tensors.get(answers, q, c)).isCloseTo(expected[c] / sum, within(1e-12));
      }
      assertThat(familiarity[q]).isCloseTo(best, within(1e-12));
    }
  }

  private static double cosine(Small small, Matrix a, int i, Matrix b, int j) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int d = 0; d < Small.EMBEDDING; d++) {
      double x = small.tensors.get(a, i, d);
      double y = small.tensors.get(b, j, d);
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void predictSaysWhatIsWrong() {
    Small small = Small.of("none");
    MemoryLearner<Matrix> learner = small.learner(settings(0, false, false));
    Matrix answers = small.scope.zeros(Small.BATCH, Small.CLASSES);
    assertThatIllegalStateException()
        .isThrownBy(() -> learner.predict(small.observations, answers))
        .withMessage("The memory is empty: write to it first.");
    small.next();
    learner.step(small.observations, small.values);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> learner.predict(small.observations, small.scope.zeros(8, 2)))
        .withMessage("The output must be 8 x 3, but it is 8 x 2.");
  }

  @Test
  void stepsSayWhatIsWrong() {
    Small small = Small.of("none");
    MemoryLearner<Matrix> learner = small.learner(settings(0, false, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> learner.step(small.scope.zeros(8, 11), small.values))
        .withMessage("The observations must have 12 columns, but it is 8 x 11.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> learner.step(small.observations, small.scope.zeros(7, 3)))
        .withMessage("The values must be 8 x 3, but it is 7 x 3.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> learner.step(small.scope.zeros(25, 12), small.scope.zeros(25, 3)))
        .withMessage(
            "A batch of 25 observations does not fit into a memory of capacity 24: make the batch"
                + " smaller or the memory larger.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(-1, false, false))
        .withMessage("The warm-up must be 0 steps or more, but is -1.");
  }

  /** Also where nothing is read yet: NaN must not get into the memory. */
  @Test
  void divergenceIsFoundInTheFirstStep() {
    Small small = Small.of("none");
    MemoryLearner<Matrix> learner = small.learner(settings(5, false, false));
    small.next();
    small.tensors.set(small.observations, 3, 3, Double.NaN);
    assertThatThrownBy(() -> learner.step(small.observations, small.values))
        .isInstanceOf(DivergenceException.class)
        .hasMessage("The embeddings' squared length is NaN.");
    small.next();
    small.tensors.set(small.values, 0, 0, Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> learner.step(small.observations, small.values))
        .isInstanceOf(DivergenceException.class)
        .hasMessage("The values' squared length is Infinity.");
    assertThat(small.memory.size()).isZero();
  }

  @Test
  void aBatchOfAnotherSizeFits() {
    Small small = Small.of("backprop");
    MemoryLearner<Matrix> learner = small.learner(settings(0, false, false));
    for (int rows : new int[] {8, 3, 1, 8, 5}) {
      Matrix observations = small.scope.zeros(rows, Small.OBSERVATION);
      Matrix values = small.scope.zeros(rows, Small.CLASSES);
      small.fill(observations, values);
      learner.step(observations, values);
    }
    assertThat(small.memory.size()).isEqualTo(24);
    assertThat(small.memory.writtenAt(0)).isEqualTo(3); // the first step has nothing to learn from
    assertThat(small.memory.writtenAt(1)).isZero();
  }

  /** An update without a gradient would count for Adam, and make its first real steps too large. */
  @Test
  void warmupIsNotAnUpdateOfTheEmbedder() {
    Small small = Small.of("exact-reinstatement/stored");
    MemoryLearner<Matrix> learner = small.learner(settings(50, false, false));
    double[] start = small.embedderParameters();
    for (int i = 0; i < 50; i++) {
      small.next();
      learner.step(small.observations, small.values);
    }
    assertThat(small.embedder.version()).isZero();
    small.next();
    learner.step(small.observations, small.values);
    assertThat(small.embedder.version()).isEqualTo(1);
    double[] after = small.embedderParameters();
    double largest = 0;
    for (int i = 0; i < after.length; i++) {
      largest = Math.max(largest, Math.abs(after[i] - start[i]));
    }
    // Adam's first step is one learning rate long in each parameter, and never longer.
    assertThat(largest).isBetween(0.99 * Small.LEARNING_RATE, 1.01 * Small.LEARNING_RATE);
  }
}
