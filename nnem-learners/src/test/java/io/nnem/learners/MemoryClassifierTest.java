package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.GrowingRows;
import io.nnem.core.Scope;
import io.nnem.core.StateException;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.MemoryNetwork;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryClassifierTest {

  @TempDir Path folder;

  private static MemoryClassifier.Builder small() {
    return MemoryClassifier.builder()
        .backend("reference", 1)
        .embedder("mlp", 8)
        .option("embedding-size", "4")
        .option("learning-rate", "0.01")
        .capacity(60)
        .maximumLabels(4);
  }

  /** Reads stored keys, and all of them. */
  private static MemoryClassifier.Builder stored() {
    return small().option("assigner", "none").option("reinstatement", "").option("recall", "all");
  }

  private byte[] saved(MemoryClassifier classifier) throws IOException {
    Path file = folder.resolve("classifier");
    classifier.save(file);
    return Files.readAllBytes(file);
  }

  @Test
  void learns_names() {
    Clouds training = new Clouds(600, 4, 1);
    Clouds fresh = new Clouds(200, 4, 2);
    try (MemoryClassifier classifier = small().build()) {
      classifier.partialFit(training.rows, training.names);
      assertThat(classifier.labels()).containsExactlyInAnyOrder(Clouds.NAMES);
      assertThat(classifier.score(fresh.rows, fresh.names)).isGreaterThan(0.97);
      Prediction prediction = classifier.predict(fresh.rows[0]);
      assertThat(prediction.label()).isEqualTo(fresh.names[0]);
      assertThat(prediction.probabilities()).containsOnlyKeys(classifier.labels());
      assertThat(prediction.probabilities().get(prediction.label())).isGreaterThan(0.6);
      assertThat(prediction.evidence()).hasSize(5);
      assertThat(prediction.familiarity()).isEqualTo(prediction.evidence().get(0).similarity());
    }
  }

  @Test
  void learns_numbers_onTheFastBackEnd() {
    Clouds training = new Clouds(400, 4, 1);
    Clouds fresh = new Clouds(200, 4, 2);
    try (MemoryClassifier classifier = MemoryClassifier.builder().build()) {
      classifier.partialFit(training.rows, training.numbers);
      assertThat(classifier.score(fresh.rows, fresh.numbers)).isGreaterThan(0.97);
      assertThat(classifier.predict(fresh.rows[3]).number()).isEqualTo(fresh.numbers[3]);
    }
  }

  /** One row after another, a label that comes late, and one that stops. */
  @Test
  void labelsMayComeLate_andStop() {
    Clouds clouds = new Clouds(900, 3, 3);
    Clouds fresh = new Clouds(300, 3, 4);
    try (MemoryClassifier classifier = small().option("learning-rate", "0.001").build()) {
      for (int i = 0; i < 300; i++) {
        if (clouds.numbers[i] != 2) {
          classifier.partialFit(clouds.rows[i], clouds.names[i]);
        }
      }
      assertThat(classifier.labels()).hasSize(2);
      for (int i = 300; i < 900; i++) {
        if (clouds.numbers[i] != 0) {
          classifier.partialFit(clouds.rows[i], clouds.names[i]);
        }
      }
      assertThat(classifier.labels()).hasSize(3);
      assertThat(classifier.score(fresh.rows, fresh.names)).isGreaterThan(0.9);
    }
  }

  @Test
  void aLabelThatIsOneTooMany_isRefused_andNothingIsLearned() throws IOException {
    Clouds clouds = new Clouds(32, 3, 3);
    try (MemoryClassifier classifier = small().maximumLabels(3).build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      byte[] before = saved(classifier);
      String[] names = clouds.names.clone();
      names[17] = "birch";
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.partialFit(clouds.rows, names))
          .withMessageContaining("'birch' of row 17")
          .withMessageContaining("room for 3");
      names[17] = null;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.partialFit(clouds.rows, names))
          .withMessageContaining("row 17")
          .withMessageContaining("null");
      assertThat(saved(classifier)).isEqualTo(before);
      assertThat(classifier.score(clouds.rows, names)).as("null is never right").isLessThan(1);
    }
  }

  @Test
  void rowsThatCannotBeUsed_areRefusedByRowAndColumn_andNothingIsLearned() throws IOException {
    Clouds clouds = new Clouds(32, 3, 3);
    try (MemoryClassifier classifier = small().build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      byte[] before = saved(classifier);
      refused(classifier, clouds, new float[] {1, 2}, "has 2 values", "have 3");
      refused(
          classifier, clouds, new float[] {1, Float.NaN, 2}, "NaN in column 1", "imputeMissing");
      refused(
          classifier, clouds, new float[] {1, 2, Float.POSITIVE_INFINITY}, "Infinity in column 2");
      refused(classifier, clouds, null, "is null");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.partialFit(clouds.rows, new int[] {1}))
          .withMessage("There are 32 rows, but 1 labels: give one for each.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.predict((float[][]) null))
          .withMessageContaining("null");
      assertThat(saved(classifier)).isEqualTo(before);
    }
  }

  private static void refused(
      MemoryClassifier classifier, Clouds clouds, float[] row, String... words) {
    float[][] rows = clouds.rows.clone();
    rows[20] = row;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.partialFit(rows, clouds.names))
        .withMessageContainingAll(words)
        .withMessageContaining("Row 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.predict(row))
        .withMessageContainingAll(words);
  }

  /** So that who reads a stream knows where to go on. */
  @Test
  void countsTheRowsThatItHasLearned() throws IOException {
    Clouds clouds = new Clouds(40, 3, 3);
    Path file = folder.resolve("classifier");
    try (MemoryClassifier classifier = small().build()) {
      assertThat(classifier.learned()).isZero();
      classifier.partialFit(clouds.rows, clouds.names);
      assertThat(classifier.learned()).isEqualTo(40);
      refused(classifier, clouds, new float[] {1, 2}, "has 2 values");
      assertThat(classifier.learned()).isEqualTo(40);
      classifier.save(file);
    }
    try (MemoryClassifier classifier = MemoryClassifier.load(file)) {
      classifier.partialFit(clouds.rows[0], "oak");
      assertThat(classifier.learned()).isEqualTo(41);
    }
  }

  /** A long batch is the same as short ones. */
  @Test
  void aLongBatch_isSeveralSteps() throws IOException {
    Clouds clouds = new Clouds(80, 3, 5);
    try (MemoryClassifier once = small().build();
        MemoryClassifier often = small().build()) {
      once.partialFit(clouds.rows, clouds.names);
      for (int from = 0; from < 80; from += 16) {
        often.partialFit(
            Arrays.copyOfRange(clouds.rows, from, from + 16),
            Arrays.copyOfRange(clouds.names, from, from + 16));
      }
      assertThat(saved(often)).isEqualTo(saved(once));
    }
  }

  /** A constant column, one of 1e9 beside one of 1e-9, and later a value far outside. */
  @Test
  void columnsOfAnyScale_areBroughtToOne() {
    Clouds clouds = scaled(new Clouds(600, 4, 6));
    Clouds fresh = scaled(new Clouds(200, 4, 7));
    try (MemoryClassifier classifier = small().build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      assertThat(classifier.score(fresh.rows, fresh.names)).isGreaterThan(0.97);
      float[] outside = fresh.rows[0].clone();
      outside[1] = Float.MAX_VALUE;
      outside[2] = -Float.MAX_VALUE;
      outside[3] = 3;
      assertThat(classifier.predict(outside).familiarity()).isBetween(-1.0, 1.0);
      classifier.partialFit(outside, "oak");
      assertThat(classifier.score(fresh.rows, fresh.names)).isGreaterThan(0.3);
    }
  }

  /** Nothing tells these rows from one another; whoever learns them must not fail. */
  @Test
  void ofColumnsThatAreAllConstant_onlyTheLabelsAreLearned() {
    Clouds clouds = new Clouds(60, 2, 6);
    float[][] alike = new float[60][];
    Arrays.fill(alike, new float[] {7, -1e9f});
    String[] names = clouds.names.clone();
    Arrays.fill(names, 0, 40, "oak");
    try (MemoryClassifier classifier = small().build()) {
      classifier.partialFit(alike, names);
      Prediction prediction = classifier.predict(alike[0]);
      assertThat(prediction.label()).isEqualTo("oak");
      assertThat(prediction.familiarity()).isBetween(-1.0, 1.0);
    }
  }

  private static Clouds scaled(Clouds clouds) {
    for (float[] row : clouds.rows) {
      row[0] = 3e9f + 1e9f * row[0];
      row[1] *= 1e-9f;
      row[3] = 7;
    }
    return clouds;
  }

  @Test
  void withoutStandardising_valuesAreTakenAsTheyAre() {
    Clouds clouds = new Clouds(300, 3, 6);
    try (MemoryClassifier classifier = small().standardise(false).imputeMissing().build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      assertThat(classifier.score(clouds.rows, clouds.names)).isGreaterThan(0.9);
      float[] gap = {clouds.rows[0][0], clouds.rows[0][1], Float.NaN};
      double mean = 0;
      for (float[] row : clouds.rows) {
        mean += row[2] / 300;
      }
      float[] filled = {gap[0], gap[1], (float) mean};
      assertThat(classifier.predict(gap).familiarity())
          .isCloseTo(classifier.predict(filled).familiarity(), within(1e-6));
    }
  }

  @Test
  void missingValues_countAsTheMean_ifAsked() {
    Clouds clouds = new Clouds(600, 4, 8);
    for (int i = 0; i < 600; i++) {
      clouds.rows[i][2 + i % 2] = Float.NaN;
    }
    Clouds fresh = new Clouds(200, 4, 9);
    try (MemoryClassifier classifier = small().imputeMissing().build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      assertThat(classifier.score(fresh.rows, fresh.names)).isGreaterThan(0.97);
      assertThat(classifier.predict(clouds.rows[0]).label()).isEqualTo(clouds.names[0]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.predict(new float[] {0, 0, 0, Float.NEGATIVE_INFINITY}))
          .withMessageContaining("-Infinity in column 3");
    }
  }

  /** All of it computed again, from the memory itself and the rows that were seen. */
  @Test
  @SuppressWarnings("unchecked")
  void evidenceIsTrue() {
    Clouds clouds = new Clouds(100, 3, 10);
    Clouds fresh = new Clouds(20, 3, 11);
    try (MemoryClassifier classifier = stored().option("temperature", "0.2").build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      MemoryNetwork<Matrix> network = ((Learner<Matrix>) classifier.learner).network();
      List<Prediction> predictions = classifier.predict(fresh.rows);
      for (int i = 0; i < 20; i++) {
        check(predictions.get(i), network, standardised(fresh.rows[i], clouds.rows), clouds);
      }
    }
  }

  private static double[] standardised(float[] row, float[][] seen) {
    return IntStream.range(0, row.length)
        .mapToDouble(
            column -> {
              double mean = Arrays.stream(seen).mapToDouble(r -> r[column]).average().orElseThrow();
              double variance =
                  Arrays.stream(seen)
                      .mapToDouble(r -> (r[column] - mean) * (r[column] - mean))
                      .average()
                      .orElseThrow();
              return (row[column] - mean) / Math.sqrt(variance);
            })
        .toArray();
  }

  private static void check(
      Prediction prediction, MemoryNetwork<Matrix> network, double[] query, Clouds clouds) {
    ReferenceTensors tensors = new ReferenceTensors();
    Memory<Matrix> memory = network.memory();
    Scope<Matrix> scope = tensors.newScope();
    Matrix observation = scope.zeros(1, query.length);
    tensors.copyIn(query, observation);
    Matrix embedding = scope.zeros(1, memory.keySize());
    network.embedder().embed(observation, embedding);
    double[] weights = new double[memory.capacity()];
    double[] cosines = new double[memory.capacity()];
    String[] labels = new String[memory.capacity()];
    double sum = 0;
    for (int slot = 0; slot < memory.capacity(); slot++) {
      Slots slots = Slots.of(slot);
      Matrix key = memory.keys(slots, new GrowingRows<>(tensors, memory.keySize()));
      Matrix value = memory.values(slots, new GrowingRows<>(tensors, memory.valueSize()));
      int[] label = new int[1];
      tensors.argMaxRows(value, label);
      labels[slot] = Arrays.stream(clouds.names).distinct().toList().get(label[0]);
      cosines[slot] =
          tensors.dot(embedding, key)
              / Math.sqrt(tensors.dot(embedding, embedding) * tensors.dot(key, key));
      weights[slot] = Math.exp(cosines[slot] / 0.2);
      sum += weights[slot];
    }
    List<Integer> heaviest =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparing((Integer slot) -> -weights[slot]))
            .limit(5)
            .toList();
    assertThat(prediction.evidence().stream().map(Prediction.Evidence::slot).toList())
        .isEqualTo(heaviest);
    for (Prediction.Evidence evidence : prediction.evidence()) {
      assertThat(evidence.similarity()).isCloseTo(cosines[evidence.slot()], within(1e-5));
      assertThat(evidence.label()).isEqualTo(labels[evidence.slot()]);
      assertThat(evidence.age())
          .isEqualTo(network.embedder().version() - memory.writtenAt(evidence.slot()));
    }
    for (String name : Clouds.NAMES) {
      double expected = 0;
      for (int slot = 0; slot < weights.length; slot++) {
        expected += labels[slot].equals(name) ? weights[slot] / sum : 0;
      }
      assertThat(prediction.probabilities().get(name)).isCloseTo(expected, within(1e-5));
    }
  }

  /** The same where memories are embedded anew and the nearest are read: a row is its own key. */
  @Test
  @SuppressWarnings("unchecked")
  void evidenceIsTrue_ofTheDefaults() {
    Clouds clouds = new Clouds(60, 3, 10);
    Clouds fresh = new Clouds(20, 3, 11);
    try (MemoryClassifier classifier = small().standardise(false).build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      MemoryNetwork<Matrix> network = ((Learner<Matrix>) classifier.learner).network();
      for (float[] row : fresh.rows) {
        double[] query = embedded(network, row);
        List<Integer> nearest =
            IntStream.range(0, 60)
                .boxed()
                .sorted(
                    Comparator.comparing(
                        (Integer slot) -> -cosine(query, embedded(network, clouds.rows[slot]))))
                .limit(5)
                .toList();
        Prediction prediction = classifier.predict(row);
        assertThat(prediction.evidence().stream().map(Prediction.Evidence::slot).toList())
            .isEqualTo(nearest);
        for (Prediction.Evidence evidence : prediction.evidence()) {
          assertThat(evidence.similarity())
              .isCloseTo(
                  cosine(query, embedded(network, clouds.rows[evidence.slot()])), within(1e-5));
          assertThat(evidence.label()).isEqualTo(clouds.names[evidence.slot()]);
        }
      }
    }
  }

  private static double[] embedded(MemoryNetwork<Matrix> network, float[] row) {
    ReferenceTensors tensors = new ReferenceTensors();
    try (Scope<Matrix> scope = tensors.newScope()) {
      Matrix observation = scope.zeros(1, row.length);
      tensors.copyIn(row, observation);
      Matrix embedding = scope.zeros(1, network.memory().keySize());
      network.embedder().embed(observation, embedding);
      double[] out = new double[network.memory().keySize()];
      tensors.copyOut(embedding, out);
      return out;
    }
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void whatIsUnlikeAllThatIsRemembered_isLessFamiliar() {
    Clouds clouds = new Clouds(300, 3, 12);
    try (MemoryClassifier classifier = small().evidence(0).build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      double known = classifier.predict(clouds.rows[5]).familiarity();
      double unknown = classifier.predict(new float[] {-3, -3, 9}).familiarity();
      assertThat(unknown).isLessThan(known);
      assertThat(classifier.predict(clouds.rows[5]).evidence()).isEmpty();
    }
  }

  @Test
  void beforeTheFirstBatch_andAfterTheEnd_callsAreRefused() {
    MemoryClassifier classifier = small().build();
    assertThatIllegalStateException()
        .isThrownBy(() -> classifier.predict(new float[] {1}))
        .withMessageContaining("partialFit");
    assertThatIllegalStateException().isThrownBy(() -> classifier.save(folder.resolve("x")));
    classifier.partialFit(new float[0][], new int[0]);
    assertThatIllegalStateException().isThrownBy(() -> classifier.predict(new float[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier.partialFit(new float[0], "a"))
        .withMessageContaining("no values");
    classifier.partialFit(new float[] {1}, "a");
    assertThat(classifier.predict(new float[] {2}).label()).isEqualTo("a");
    classifier.close();
    classifier.close();
    assertThatIllegalStateException().isThrownBy(() -> classifier.predict(new float[] {1}));
    assertThatIllegalStateException().isThrownBy(() -> classifier.partialFit(new float[] {1}, "a"));
    assertThatIllegalStateException().isThrownBy(() -> classifier.save(folder.resolve("x")));
  }

  @Test
  void badSettings_areRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().capacity(0))
        .withMessageContaining("capacity")
        .withMessageContaining("1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().embedder("mpl").build())
        .withMessageContaining("mpl")
        .withMessageContaining("There are: conv, identity, mlp");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().backend("cuda", 1).build())
        .withMessageContaining("nd4j, reference");
    assertThat(LearnerBuilder.options()).anyMatch(option -> option.name().equals("temperature"));
  }

  @Test
  void imagesKeepTheirShape() {
    Clouds clouds = new Clouds(64, 16, 13);
    try (MemoryClassifier classifier = small().image(4, 4, 1).embedder("conv", 4).build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.partialFit(new float[15], "a"))
          .withMessageContaining("15")
          .withMessageContaining("4 x 4 x 1");
      classifier.partialFit(clouds.rows, clouds.names);
      assertThat(classifier.predict(clouds.rows[0]).evidence()).hasSize(5);
    }
  }

  @Test
  void aFileOfSomethingElse_orADamagedOne_isRefused() throws IOException {
    Clouds clouds = new Clouds(32, 3, 3);
    Path file = folder.resolve("classifier");
    try (MemoryClassifier classifier = small().build()) {
      classifier.partialFit(clouds.rows, clouds.names);
      classifier.save(file);
    }
    assertThatThrownBy(() -> MemoryRegressor.load(file))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("classifier is no saved regressor, but a classifier");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> MemoryClassifier.load(file)).isInstanceOf(StateException.class);
  }
}
