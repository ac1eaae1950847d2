package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.EmbedderContext;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.retention.FirstInFirstOut;
import io.nnem.memory.store.FixedCapacityStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The README's ten lines: they are these, and they work. */
class ReadmeExampleTest {

  /** What the README shows, between the markers. */
  // spotless:off
  // README begins
  static <T> double[] learnAndAnswer(Tensors<T> tensors, Iterable<Batch<T>> batches, T queries, T answers) {
    var embedder = NetworkEmbedder.perceptron(new EmbedderContext<>(
        tensors, new RowShape(28, 28, 1), 32, List.of(128), OptimiserSettings.adam(1e-3), /* seed */ 1, Options.none()));
    var memory = new FixedCapacityStore<>(tensors, 500, 32, 10, new FirstInFirstOut(500));
    var stored = Plugins.load(ReinstatementProvider.class).get("stored")
        .create(new ReinstatementContext<>(tensors, 500, 784, Optional.empty(), Options.none()));
    var assigner = Plugins.load(CreditAssignerProvider.class).get("exact-reinstatement")
        .create(new CreditContext<>(tensors, embedder, memory, Optional.of(stored), 1, Options.none()));
    var learner = new MemoryLearner<>(tensors, embedder, memory, assigner, null, LearnerSettings.classification(0));
    batches.forEach(batch -> learner.step(batch.observations(), batch.labels()));
    return learner.predict(queries, answers); // and how familiar each query looks
  }
  // README ends
  // spotless:on

  record Batch<T>(T observations, T labels) {}

  @Test
  void theReadmeShowsThisExample() throws IOException {
    Path source = Path.of("src/test/java/io/nnem/credit/ReadmeExampleTest.java");
    String code = Files.readString(source);
    String shown =
        code.substring(code.indexOf("// README begins\n") + 17, code.indexOf("  // README ends"))
            .indent(-2);
    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + shown + "```");
  }

  @Test
  void theExampleLearns() {
    Tensors<?> tensors = new ReferenceTensors();
    assertThat(accuracy(tensors)).isGreaterThan(0.9);
  }

  /** Three classes, each with its own bright pixels. */
  private static <T> double accuracy(Tensors<T> tensors) {
    SplittableRandom random = Seeds.random(3, "readme");
    try (Scope<T> scope = tensors.newScope()) {
      List<Batch<T>> batches =
          IntStream.range(0, 12).mapToObj(i -> batch(tensors, scope, random)).toList();
      Batch<T> test = batch(tensors, scope, random);
      T answers = scope.zeros(12, 10);
      double[] familiarity = learnAndAnswer(tensors, batches, test.observations(), answers);
      assertThat(familiarity).hasSize(12);
      assertThat(DoubleStream.of(familiarity).boxed()).allMatch(s -> s > 0.5 && s <= 1);
      int[] chosen = new int[12];
      int[] right = new int[12];
      tensors.argMaxRows(answers, chosen);
      tensors.argMaxRows(test.labels(), right);
      int hits = 0;
      for (int i = 0; i < 12; i++) {
        hits += chosen[i] == right[i] ? 1 : 0;
      }
      return hits / 12.0;
    }
  }

  private static <T> Batch<T> batch(Tensors<T> tensors, Scope<T> scope, SplittableRandom random) {
    T observations = scope.zeros(12, 784);
    T labels = scope.zeros(12, 10);
    for (int i = 0; i < 12; i++) {
      int label = random.nextInt(3);
      tensors.set(labels, i, label, 1);
      for (int j = 0; j < 784; j++) {
        double bright = j / 262 == label ? 0.5 : 0;
        tensors.set(observations, i, j, bright + 0.5 * random.nextDouble());
      }
    }
    return new Batch<>(observations, labels);
  }
}
