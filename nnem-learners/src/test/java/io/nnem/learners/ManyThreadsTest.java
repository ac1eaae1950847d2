package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyThreadsTest {

  /** A label appears with every batch, so that who predicts must know it when a memory has it. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "nd4j"})
  void fourPredict_whileOneLearns(String backend) throws Exception {
    Clouds clouds = new Clouds(800, 3, 1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean learning = new AtomicBoolean(true);
    try (MemoryClassifier classifier =
        MemoryClassifier.builder().backend(backend, 1).embedder("mlp", 8).capacity(300).build()) {
      classifier.partialFit(clouds.rows[0], "first");
      List<Future<Integer>> asked = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int own = thread;
        asked.add(
            threads.submit(
                () -> {
                  int count = 0;
                  while (learning.get() || count == 0) {
                    requireWhole(classifier.predict(clouds.rows[(own + count++) % 800]));
                  }
                  return count;
                }));
      }
      for (int i = 0; i < 50; i++) {
        for (int j = 0; j < 16; j++) {
          classifier.partialFit(clouds.rows[i * 16 + j], "label-" + i);
        }
      }
      learning.set(false);
      for (Future<Integer> each : asked) {
        assertThat(each.get()).isPositive();
      }
      assertThat(classifier.labels()).hasSize(51);
    } finally {
      learning.set(false);
      threads.shutdown();
    }
  }

  private static void requireWhole(Prediction prediction) {
    double sum = prediction.probabilities().values().stream().mapToDouble(p -> p).sum();
    assertThat(sum).isCloseTo(1, within(1e-5));
    assertThat(prediction.evidence())
        .allMatch(evidence -> prediction.probabilities().containsKey(evidence.label()));
  }
}
