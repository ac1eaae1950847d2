package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.core.reference.ReferenceTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in docs/architecture.md: it is this one, and it works. */
class DocumentedExampleTest {

  /** What the document shows, between the markers. */
  // spotless:off
  // example begins
  static <T> double[] learnAndAnswer(
      Tensors<T> tensors, Iterable<Batch<T>> batches, Path file, T queries, T answers) throws IOException {
    try (var network = MemoryNetwork.builder(tensors)
        .embedder("mlp", 784, 32).capacity(500).valueSize(10)
        .assigner("exact-reinstatement", "stored").build()) {
      batches.forEach(batch -> network.step(batch.observations(), batch.labels()));
      network.save(file);
    }
    try (var network = MemoryNetwork.load(file, tensors)) { // in the morning, in another process
      return network.read(queries, answers); // how familiar each query is; from any number of threads
    }
  }
  // example ends
  // spotless:on

  record Batch<T>(T observations, T labels) {}

  @Test
  void theDocumentShowsThisExample() throws IOException {
    Path source = Path.of("src/test/java/io/nnem/credit/DocumentedExampleTest.java");
    String code = Files.readString(source);
    String shown =
        code.substring(code.indexOf("// example begins\n") + 18, code.indexOf("  // example ends"))
            .indent(-2);
    assertThat(Files.readString(Path.of("../docs/architecture.md")))
        .contains("```java\n" + shown + "```");
  }

  @Test
  void theExampleLearns(@TempDir Path folder) throws IOException {
    Tensors<?> tensors = new ReferenceTensors();
    assertThat(accuracy(tensors, folder.resolve("network.safetensors"))).isGreaterThan(0.9);
  }

  /** Three classes, each with its own bright pixels. */
  private static <T> double accuracy(Tensors<T> tensors, Path file) throws IOException {
    SplittableRandom random = Seeds.random(3, "readme");
    try (Scope<T> scope = tensors.newScope()) {
      List<Batch<T>> batches =
          IntStream.range(0, 12).mapToObj(i -> batch(tensors, scope, random)).toList();
      Batch<T> test = batch(tensors, scope, random);
      T answers = scope.zeros(12, 10);
      double[] familiarity = learnAndAnswer(tensors, batches, file, test.observations(), answers);
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
