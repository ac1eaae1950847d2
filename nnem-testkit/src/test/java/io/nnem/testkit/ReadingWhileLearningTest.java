package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Addressing;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.nd4j.Nd4jTensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Eight threads ask while one learns: each answer is that of a state between two steps. A twin that
 * learned the same, alone, says which answers those are. {@code -Dnnem.soak.steps=NUMBER} makes it
 * last longer.
 */
class ReadingWhileLearningTest {

  private static final int STEPS = Integer.getInteger("nnem.soak.steps", 150);
  private static final int READERS = 8;
  private static final int OBSERVATION = 12;
  private static final int CLASSES = 3;
  private static final int BATCH = 8;
  private static final int QUERIES = 5;

  private static Tensors<?> backend(String name) {
    return switch (name) {
      case "reference" -> new ReferenceTensors();
      case "nd4j-1" -> new Nd4jTensors(1);
      default -> new Nd4jTensors(2);
    };
  }

  private static <T> MemoryNetwork<T> network(Tensors<T> tensors, String assigner, String recall) {
    MemoryNetworkBuilder<T> builder =
        MemoryNetwork.builder(tensors)
            .embedder("mlp", OBSERVATION, 8)
            .hidden(16)
            .optimiser(OptimiserSettings.adam(0.01))
            .capacity(100)
            .valueSize(CLASSES)
            .recall(recall)
            .assigner(assigner)
            .settings(LearningSettings.classification().withAddressing(Addressing.softmax(0.2)))
            .seed(TestSeed.get());
    if (assigner.endsWith("reinstatement")) {
      builder.reinstatement("stored");
    }
    if (!recall.equals("all")) {
      builder.option("nearest-k", "7");
    }
    return builder.build();
  }

  private static <T> void fill(Tensors<T> tensors, T observations, T values, long seed) {
    SplittableRandom random = new SplittableRandom(TestSeed.get() + seed);
    for (int i = 0; i < tensors.rows(observations); i++) {
      int label = random.nextInt(CLASSES);
      for (int j = 0; j < OBSERVATION; j++) {
        tensors.set(observations, i, j, (j / 4 == label ? 0.5 : 0.1) + random.nextDouble() / 2);
      }
      for (int j = 0; values != null && j < CLASSES; j++) {
        tensors.set(values, i, j, j == label ? 1 : 0);
      }
    }
  }

  private static <T> List<Double> answer(MemoryNetwork<T> network, Tensors<T> tensors, T query) {
    try (Scope<T> scope = tensors.newScope()) {
      T out = scope.zeros(QUERIES, CLASSES);
      network.read(query, out);
      List<Double> answer = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        for (int j = 0; j < CLASSES; j++) {
          answer.add(tensors.get(out, i, j));
        }
      }
      return answer;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reference, exact-reinstatement, all",
    "reference, backprop, nearest",
    "reference, exact-reinstatement, partitioned",
    "nd4j-1, exact-reinstatement, nearest",
    "nd4j-1, backprop, all",
    "nd4j-2, exact-reinstatement, all",
    "nd4j-2, exact-reinstatement, partitioned",
    "nd4j-2, approximate-reinstatement, nearest"
  })
  void eachAnswerIsOfAStateBetweenTwoSteps(String backend, String assigner, String recall)
      throws InterruptedException {
    try (Tensors<?> tensors = backend(backend)) {
      readWhileLearning(tensors, assigner, recall);
    }
  }

  private static <T> void readWhileLearning(Tensors<T> tensors, String assigner, String recall)
      throws InterruptedException {
    try (Scope<T> scope = tensors.newScope();
        MemoryNetwork<T> alone = network(tensors, assigner, recall);
        MemoryNetwork<T> asked = network(tensors, assigner, recall)) {
      T observations = scope.zeros(BATCH, OBSERVATION);
      T values = scope.zeros(BATCH, CLASSES);
      T query = scope.zeros(QUERIES, OBSERVATION);
      fill(tensors, query, null, -1);
      Set<List<Double>> possible = new HashSet<>();
      for (int step = 0; step < STEPS; step++) {
        fill(tensors, observations, values, step);
        alone.step(observations, values);
        possible.add(answer(alone, tensors, query));
      }
      fill(tensors, observations, values, 0);
      asked.step(observations, values);

      List<String> wrong = Collections.synchronizedList(new ArrayList<>());
      AtomicLong answers = new AtomicLong();
      List<Thread> readers = new ArrayList<>();
      AtomicBoolean learned = new AtomicBoolean();
      for (int i = 0; i < READERS; i++) {
        readers.add(
            new Thread(
                () -> {
                  try {
                    while (!learned.get() && wrong.isEmpty()) {
                      List<Double> answer = answer(asked, tensors, query);
                      answers.incrementAndGet();
                      if (!possible.contains(answer)) {
                        wrong.add(answer.toString());
                      }
                    }
                  } catch (RuntimeException | Error e) {
                    wrong.add(e.toString());
                  }
                }));
      }
      readers.forEach(Thread::start);
      try {
        for (int step = 1; step < STEPS; step++) {
          fill(tensors, observations, values, step);
          asked.step(observations, values);
        }
      } finally {
        learned.set(true);
        for (Thread reader : readers) {
          reader.join();
        }
      }
      System.out.println(answers + " answers while learning " + STEPS + " steps");
      assertThat(wrong).as("answers of no state between two steps").isEmpty();
      assertThat(answers.get()).isPositive();
      assertThat(answer(asked, tensors, query)).isEqualTo(answer(alone, tensors, query));
    }
  }
}
