package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Scope;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.core.state.StateFile;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in a learner's file, where it does not come from a learner, or is not to be trusted. */
class SavedFilesTest {

  @TempDir Path folder;

  private final Clouds clouds = new Clouds(400, 3, 1);
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();

  private MemoryNetwork<Matrix> trained(Inputs inputs) {
    MemoryNetwork<Matrix> network =
        MemoryNetwork.builder(tensors)
            .embedder("mlp", 3, 4)
            .hidden(8)
            .capacity(50)
            .valueSize(3)
            .assigner("backprop")
            .settings(LearningSettings.paper(3))
            .build();
    Matrix observations = scope.zeros(10, 3);
    Matrix values = scope.zeros(10, 3);
    for (int from = 0; from < 400; from += 10) {
      float[][] rows = Arrays.copyOfRange(clouds.rows, from, from + 10);
      tensors.copyIn(inputs.apply(rows), observations);
      tensors.fill(0, values);
      for (int i = 0; i < 10; i++) {
        tensors.set(values, i, clouds.numbers[from + i], 1);
      }
      network.step(observations, values);
    }
    return network;
  }

  @Test
  void aNetworkThatWasTrainedElsewhere_becomesAClassifier() throws IOException {
    Path file = folder.resolve("network");
    Inputs inputs = Inputs.standardising(clouds.rows, true);
    Clouds fresh = new Clouds(30, 3, 2);
    Matrix answers = scope.zeros(30, 3);
    double[] familiarity;
    try (MemoryNetwork<Matrix> network = trained(inputs)) {
      Matrix queries = scope.zeros(30, 3);
      tensors.copyIn(inputs.apply(fresh.rows), queries);
      familiarity = network.read(queries, answers);
      MemoryClassifier.save(
          file, network, "reference", List.of(Clouds.NAMES), inputs, Map.of("label", "plant"));
      network.step(queries, answers); // it stays the caller's
    }
    try (MemoryClassifier classifier = MemoryClassifier.load(file)) {
      assertThat(classifier.labels()).containsExactly(Clouds.NAMES);
      assertThat(classifier.notes()).containsExactly(Map.entry("label", "plant"));
      assertThat(classifier.network().description()).containsEntry("assigner", "backprop");
      List<Prediction> predictions = classifier.predict(fresh.rows);
      for (int i = 0; i < 30; i++) {
        for (int label = 0; label < 3; label++) {
          assertThat(predictions.get(i).probabilities().get(Clouds.NAMES[label]))
              .isCloseTo(tensors.get(answers, i, label), within(1e-12));
        }
        assertThat(predictions.get(i).familiarity()).isCloseTo(familiarity[i], within(1e-6));
      }
      assertThat(classifier.score(fresh.rows, fresh.names)).isGreaterThan(0.8);
      classifier.predict(new float[] {0, Float.NaN, 0});
      long steps = classifier.network().steps();
      classifier.partialFit(fresh.rows, fresh.names);
      assertThat(classifier.network().steps()).isGreaterThan(steps);
      classifier.save(folder.resolve("again"));
    }
    try (MemoryClassifier classifier = MemoryClassifier.load(folder.resolve("again"))) {
      assertThat(classifier.notes()).containsEntry("label", "plant");
    }
  }

  @Test
  void whatDoesNotBelongToANetwork_isRefused() {
    Inputs inputs = Inputs.unchanged(3);
    Path file = folder.resolve("network");
    try (MemoryNetwork<Matrix> network = trained(inputs)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  MemoryClassifier.save(
                      file, network, "reference", List.of("a", "b"), inputs, Map.of()))
          .withMessage("There are 2 labels, but the network needs 3.");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  MemoryClassifier.save(
                      file, network, "reference", List.of("a", "b", "a"), inputs, Map.of()))
          .withMessage("There are 2 different labels, but the network needs 3.");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  MemoryClassifier.save(
                      file,
                      network,
                      "reference",
                      List.of(Clouds.NAMES),
                      Inputs.unchanged(4),
                      Map.of()))
          .withMessage("There are 4 columns, but the network needs 3.");
    }
    assertThat(file).doesNotExist();
  }

  /** The checksums are right: somebody else has written it. */
  @ParameterizedTest
  @CsvSource({
    "capacity, 2000000000, that do not belong to a file with",
    "capacity, 0, which is no such thing",
    "value-size, 2000000000, that do not belong to a file with",
    "embedding-size, 2000000000, that do not belong to a file with",
    "hidden, 2000000000, that do not belong to a file with",
    "observation, 1 1 2000000000, that do not belong to a file with",
    "observation, 1 2000000000 2000000000, which is no such thing",
    "setting.maximum-labels, 2000000000, room for 2000000000 labels",
    "setting.batch-size, -1, batch-size",
    "value-size, 3, room for 4 labels",
    "observation, 1 1 2, I64 [3], but I64 [2]",
  })
  void hostileSizes_areRefused(String name, String text, String words) throws IOException {
    try (MemoryClassifier classifier = small()) {
      refused(classifier, entries -> assertThat(entries.put(name, text)).isNotNull(), words);
    }
  }

  private static MemoryClassifier small() {
    MemoryClassifier classifier =
        MemoryClassifier.builder()
            .backend("reference", 1)
            .embedder("mlp", 8)
            .capacity(60)
            .maximumLabels(4)
            .build();
    Clouds some = new Clouds(32, 3, 3);
    classifier.partialFit(some.rows, some.names);
    return classifier;
  }

  private void refused(
      MemoryClassifier classifier, Consumer<Map<String, String>> change, String words)
      throws IOException {
    Path file = folder.resolve("classifier");
    classifier.save(file);
    Map<String, String> entries;
    try (StateFile saved = StateFile.open(file)) {
      entries = new TreeMap<>(saved.metadata());
    }
    change.accept(entries);
    StateFile.save(file, entries, classifier.new State());
    assertThatThrownBy(() -> MemoryClassifier.load(file))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(words);
  }

  @Test
  void hostileLabels_areRefused() throws IOException {
    int[][] lengths = {{-1}, {3}, {1, Integer.MAX_VALUE}, {1, 0, 0}, new int[5]};
    for (int[] each : lengths) {
      Path file = folder.resolve("labels");
      StateFile.save(
          file,
          Map.of(),
          new Stateful() {
            @Override
            public void save(StateWriter out) {
              out.ints("label-lengths", each);
              out.bytes("label-names", new byte[] {'a', 'b'});
            }

            @Override
            public void load(StateReader in) {
              Labels.load(in, 4);
            }
          });
      try (StateFile saved = StateFile.open(file)) {
        assertThatThrownBy(() -> saved.load(loading(), false)).isInstanceOf(StateException.class);
      }
    }
  }

  private static Stateful loading() {
    return new Stateful() {
      @Override
      public void save(StateWriter out) {}

      @Override
      public void load(StateReader in) {
        Labels.load(in, 4);
      }
    };
  }
}
