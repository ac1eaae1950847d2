package io.nnem.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.EmbedderContext;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final int THREADS = 8;

  private final ReferenceTensors tensors = new ReferenceTensors();

  /** Batches of different sizes, so that a thread may get a pass that served a larger one. */
  @Test
  void eightThreadsThatEmbedAtOnce_getTheBitsOfOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Scope<Matrix> scope = tensors.newScope();
        NetworkEmbedder<Matrix> embedder =
            NetworkEmbedder.perceptron(
                new EmbedderContext<>(
                    tensors,
                    RowShape.flat(6),
                    3,
                    List.of(20, 20),
                    OptimiserSettings.adam(0.1),
                    1,
                    Options.none()))) {
      SplittableRandom random = new SplittableRandom(5);
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Matrix observations = scope.zeros(1 + 30 * thread, 6);
        for (int i = 0; i < 6 * tensors.rows(observations); i++) {
          tensors.set(observations, i / 6, i % 6, random.nextDouble());
        }
        Matrix alone = scope.zeros(tensors.rows(observations), 3);
        embedder.embed(observations, alone);
        Matrix together = scope.zeros(tensors.rows(observations), 3);
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int time = 0; time < 50; time++) {
                    tensors.fill(0, together);
                    embedder.embed(observations, together);
                    for (int i = 0; i < 3 * tensors.rows(together); i++) {
                      assertThat(tensors.get(together, i / 3, i % 3))
                          .isEqualTo(tensors.get(alone, i / 3, i % 3));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
