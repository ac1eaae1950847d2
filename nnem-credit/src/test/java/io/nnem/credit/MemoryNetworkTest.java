package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Addressing;
import io.nnem.core.GrowingRows;
import io.nnem.core.reference.Matrix;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryNetworkTest {

  private static LearningSettings settings(int warmup, boolean queries, boolean reconstruction) {
    return LearningSettings.paper(warmup)
        .withAddressing(Addressing.softmax(0.2))
        .withQueryGradient(queries)
        .withReconstructionTrainsEmbedder(reconstruction);
  }

  @Test
  void warmupTrainsTheDecoderAlone_andFillsTheMemory() {
    Small small = Small.of("exact-reinstatement/stored", settings(4, true, false));
    double[] embedder = small.embedderParameters();
    for (int i = 1; i <= 4; i++) {
      double[] decoder = small.decoderParameters();
      StepResult result = small.step();
      assertThat(result.loss()).isNaN();
      assertThat(result.reconstructionLoss()).isPositive();
      assertThat(small.decoderParameters()).isNotEqualTo(decoder);
      assertThat(small.embedderParameters()).isEqualTo(embedder);
      assertThat(small.memory.size()).isEqualTo(Math.min(24, 8 * i));
      assertThat(small.network.steps()).isEqualTo(i);
      assertThat(small.embedder.version()).isZero();
    }
    StepResult result = small.network.step(small.observations, small.values);
    assertThat(result.loss()).isPositive();
    assertThat(small.embedderParameters()).isNotEqualTo(embedder);
    assertThat(small.embedder.version()).isEqualTo(1);
  }

  @Test
  void theFirstStepReadsNothing() {
    Small small = Small.of("backprop", settings(0, false, false));
    assertThat(small.step().loss()).isNaN();
    assertThat(small.step().loss()).isPositive();
  }

  @Test
  void theReconstructionTrainsTheEmbedder_ifAskedTo() {
    for (boolean asked : new boolean[] {false, true}) {
      Small small = Small.of("none", settings(0, false, asked));
      double[] before = small.embedderParameters();
      small.step();
      assertThat(Arrays.equals(small.embedderParameters(), before)).isEqualTo(!asked);
    }
  }

  @Test
  void theQueriesTrainTheEmbedder_ifAskedTo() {
    for (boolean asked : new boolean[] {false, true}) {
      Small small = Small.of("none", settings(0, asked, false));
      small.step();
      double[] before = small.embedderParameters();
      small.step();
      assertThat(Arrays.equals(small.embedderParameters(), before)).isEqualTo(!asked);
    }
  }

  @Test
  void answersAsComputedByHand() {
    Small small = Small.of("none", settings(0, false, false));
    small.step();
    Matrix queries = small.scope.zeros(3, Small.OBSERVATION);
    small.fill(queries, small.scope.zeros(3, Small.CLASSES));
    Matrix answers = small.scope.zeros(3, Small.CLASSES);
    double[] familiarity = small.network.read(queries, answers);
    List<List<Neighbour>> nearest = small.network.nearest(queries, 2);
    Matrix both = small.scope.zeros(3, Small.CLASSES);
    assertThat(small.network.answer(queries, both, 2)).isEqualTo(nearest);
    assertThat(small.elements(both)).isEqualTo(small.elements(answers));

    Matrix embedded = small.scope.zeros(3, Small.EMBEDDING);
    small.embedder.embed(queries, embedded);
    Matrix keys = Memories.keys(small.tensors, small.memory, small.memory.occupied());
    for (int q = 0; q < 3; q++) {
      double[] expected = new double[Small.CLASSES];
      double sum = 0;
      int best = 0;
      double[] similarities = new double[Small.BATCH];
      for (int k = 0; k < Small.BATCH; k++) {
        similarities[k] = cosine(small, embedded, q, keys, k);
        best = similarities[k] > similarities[best] ? k : best;
        double weight = Math.exp(similarities[k] / 0.2);
        sum += weight;
        for (int c = 0; c < Small.CLASSES; c++) {
          expected[c] += weight * small.tensors.get(small.values, k, c);
        }
      }
      for (int c = 0; c < Small.CLASSES; c++) {
        assertThat(small.tensors.get(answers, q, c)).isCloseTo(expected[c] / sum, within(1e-12));
      }
      assertThat(familiarity[q]).isCloseTo(similarities[best], within(1e-12));
      Neighbour first = nearest.get(q).get(0);
      assertThat(nearest.get(q)).hasSize(2);
      assertThat(first.slot()).isEqualTo(best);
      assertThat(first.similarity()).isCloseTo(similarities[best], within(1e-6));
      for (int c = 0; c < Small.CLASSES; c++) {
        assertThat(first.value().get(c)).isEqualTo(small.tensors.get(small.values, best, c));
      }
      assertThat(first.age()).isZero();
      assertThat(nearest.get(q).get(1).similarity()).isLessThanOrEqualTo(first.similarity());
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

  /** What a recall had to embed is kept, and embedded again once something has changed. */
  @Test
  void exactReinstatement_answersWithTodaysKeys_afterEachStep() {
    Small small = Small.of("exact-reinstatement/stored", settings(0, false, false));
    for (int i = 0; i < 6; i++) {
      small.step();
      Matrix queries = small.tensors.rowRange(small.observations, 2, 5);
      Matrix answers = small.scope.zeros(3, Small.CLASSES);
      Matrix again = small.scope.zeros(3, Small.CLASSES);
      small.network.read(queries, answers);
      small.network.read(queries, again);
      assertThat(small.elements(again)).isEqualTo(small.elements(answers));
      try (Small twin = Small.of("exact-reinstatement/stored", settings(0, false, false))) {
        for (int j = 0; j <= i; j++) {
          twin.step(); // one that was never asked
        }
        twin.network.read(queries, again);
        assertThat(small.elements(again))
            .as("answers after step %d", i)
            .isEqualTo(small.elements(answers));
      }
    }
    double[] before = answers(small);
    small.network.replaceValues(Slots.of(3), small.scope.zeros(1, Small.CLASSES));
    assertThat(answers(small)).as("after a value was replaced").isNotEqualTo(before);
    before = answers(small);
    small.network.clear(Slots.of(0, 5));
    assertThat(answers(small)).as("after slots were cleared").isNotEqualTo(before);
  }

  private static double[] answers(Small small) {
    Matrix answers = small.scope.zeros(Small.BATCH, Small.CLASSES);
    small.network.read(small.observations, answers);
    return small.elements(answers);
  }

  /** Learning and remembering apart, on the same batches, is what a step does at once. */
  @Test
  void learnAndRemember_areAStepInTwo_whereKeysAreStored() {
    Small step = Small.of("exact-reinstatement/stored", settings(0, true, false));
    Small apart = Small.of("exact-reinstatement/stored", settings(0, true, false));
    for (int i = 0; i < 5; i++) {
      double loss = step.step().loss();
      apart.next();
      if (i > 0) {
        // a step writes the embeddings of before its update, hence the order
        assertThat(apart.network.learn(apart.observations, apart.values))
            .as("loss of learning in round %d", i)
            .isCloseTo(loss, within(0.2));
      }
      assertThat(apart.network.remember(apart.observations, apart.values).count())
          .isEqualTo(Small.BATCH);
    }
    assertThat(apart.network.steps()).as("writes").isEqualTo(5);
    assertThat(apart.embedder.version()).as("updates").isEqualTo(4);
    assertThat(apart.memory.size()).isEqualTo(24);
    double[] before = apart.embedderParameters();
    long changes = apart.memory.changes();
    apart.network.learn(apart.observations, apart.values);
    assertThat(apart.memory.changes()).as("learning writes nothing").isEqualTo(changes);
    assertThat(apart.embedderParameters()).isNotEqualTo(before);
    before = apart.embedderParameters();
    apart.network.remember(apart.observations, apart.values);
    assertThat(apart.embedderParameters()).as("remembering teaches nothing").isEqualTo(before);
  }

  @Test
  void learningFromAnEmptyMemory_isRefused_andDoesNothingInTheWarmup() {
    Small small = Small.of("backprop", settings(2, false, false));
    small.next();
    assertThatIllegalStateException()
        .isThrownBy(() -> small.network.learn(small.observations, small.values))
        .withMessage("The memory is empty: write to it first.");
    small.step();
    double[] before = small.embedderParameters();
    assertThat(small.network.learn(small.observations, small.values)).isNaN();
    assertThat(small.embedderParameters()).isEqualTo(before);
  }

  @Test
  void creditInAdvance_isGivenWhereMemoriesAreWritten() {
    Small small = Small.of("synthetic-gradient", settings(0, false, false));
    small.next();
    small.network.remember(small.observations, small.values);
    double[] before = small.embedderParameters();
    for (int i = 0; i < 3; i++) {
      small.network.learn(small.observations, small.values);
    }
    assertThat(small.embedderParameters()).as("nothing through keys").isEqualTo(before);
    small.network.remember(small.observations, small.values);
    assertThat(small.embedderParameters()).as("credit in advance").isNotEqualTo(before);
  }

  /** What was read is rewritten by what it was embedded to: stored keys follow the embedder. */
  @Test
  void freshensOnReading_ifAskedTo() {
    for (boolean asked : new boolean[] {false, true}) {
      Small small =
          Small.of(
              "exact-reinstatement/stored",
              settings(0, false, false).withFresheningOnReading(asked));
      for (int i = 0; i < 6; i++) {
        small.step();
      }
      Slots all = small.memory.occupied();
      double[] before = small.elements(Memories.keys(small.tensors, small.memory, all));
      Slots written = small.step().written();
      double[] after = small.elements(Memories.keys(small.tensors, small.memory, all));
      for (int place : all.placesOutside(written)) {
        int from = place * Small.EMBEDDING;
        assertThat(after[from] != before[from])
            .as("whether the key in slot %d, which was read, is another one", all.get(place))
            .isEqualTo(asked);
      }
    }
  }

  @Test
  void readingSaysWhatIsWrong() {
    Small small = Small.of("none", settings(0, false, false));
    Matrix answers = small.scope.zeros(Small.BATCH, Small.CLASSES);
    assertThatIllegalStateException()
        .isThrownBy(() -> small.network.read(small.observations, answers))
        .withMessage("The memory is empty: write to it first.");
    small.step();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.network.read(small.observations, small.scope.zeros(8, 2)))
        .withMessage("The output must be 8 x 3, but it is 8 x 2.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.network.nearest(small.observations, 0))
        .withMessage("The neighbours must be 1 or more, but are 0.");
    small.tensors.set(small.observations, 2, 2, Double.NaN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.network.read(small.observations, answers))
        .withMessageStartingWith("The observations must be finite numbers");
  }

  @Test
  void stepsSayWhatIsWrong() {
    Small small = Small.of("none", settings(0, false, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.network.step(small.scope.zeros(8, 11), small.values))
        .withMessage("The observations must have 12 columns, but it is 8 x 11.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.network.step(small.observations, small.scope.zeros(7, 3)))
        .withMessage("The values must be 8 x 3, but it is 7 x 3.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.network.step(small.scope.zeros(25, 12), small.scope.zeros(25, 3)))
        .withMessage(
            "A batch of 25 observations does not fit into a memory of capacity 24: make the batch"
                + " smaller or the memory larger.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(-1, false, false))
        .withMessage("The warm-up must be 0 steps or more, but is -1.");
    small.step();
    assertThat(small.network.steps()).as("steps after what was refused").isEqualTo(1);
  }

  /** Also where nothing is read yet: NaN must not get into the memory. */
  @Test
  void whatIsNotFinite_isRefusedInTheFirstStep() {
    Small small = Small.of("none", settings(5, false, false));
    small.next();
    small.tensors.set(small.observations, 3, 3, Double.NaN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.network.step(small.observations, small.values))
        .withMessageStartingWith("The observations must be finite numbers");
    small.next();
    small.tensors.set(small.values, 0, 0, Double.POSITIVE_INFINITY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.network.step(small.observations, small.values))
        .withMessageStartingWith("The values must be finite numbers");
    assertThat(small.memory.size()).isZero();
  }

  @Test
  void aParameterThatIsNotFinite_isADivergence() {
    Small small = Small.of("none", settings(0, false, false));
    small.step();
    small.tensors.set(small.embedder.parameters().get(0).value(), 0, 0, Double.NaN);
    assertThatThrownBy(small::step)
        .isInstanceOf(DivergenceException.class)
        .hasMessage("The embeddings' squared length is NaN.");
  }

  @Test
  void aBatchOfAnotherSizeFits() {
    Small small = Small.of("backprop", settings(0, false, false));
    for (int rows : new int[] {8, 3, 1, 8, 5}) {
      Matrix observations = small.scope.zeros(rows, Small.OBSERVATION);
      Matrix values = small.scope.zeros(rows, Small.CLASSES);
      small.fill(observations, values);
      small.network.step(observations, values);
    }
    assertThat(small.memory.size()).isEqualTo(24);
    assertThat(small.memory.writtenAt(0)).isEqualTo(3); // the first step has nothing to learn from
    assertThat(small.memory.writtenAt(1)).isZero();
  }

  /** An update without a gradient would count for Adam, and make its first real steps too large. */
  @Test
  void warmupIsNotAnUpdateOfTheEmbedder() {
    Small small = Small.of("exact-reinstatement/stored", settings(50, false, false));
    double[] start = small.embedderParameters();
    for (int i = 0; i < 50; i++) {
      small.step();
    }
    assertThat(small.embedder.version()).isZero();
    small.step();
    assertThat(small.embedder.version()).isEqualTo(1);
    double[] after = small.embedderParameters();
    double largest = 0;
    for (int i = 0; i < after.length; i++) {
      largest = Math.max(largest, Math.abs(after[i] - start[i]));
    }
    // Adam's first step is one learning rate long in each parameter, and never longer.
    assertThat(largest).isBetween(0.99 * Small.LEARNING_RATE, 1.01 * Small.LEARNING_RATE);
  }

  @Test
  void aClosedNetwork_saysSo() {
    Small small = Small.of("none", settings(0, false, false));
    small.step();
    small.network.close();
    small.network.close();
    assertThatIllegalStateException()
        .isThrownBy(small::step)
        .withMessage("This network is closed: load or build another one.");
    assertThatIllegalStateException()
        .isThrownBy(() -> answers(small))
        .withMessage("This network is closed: load or build another one.");
    assertThatIllegalStateException().isThrownBy(small.network::clear);
  }

  @Test
  void clear_forgetsMemories_andKeepsWhatWasLearned() {
    Small small = Small.of("exact-reinstatement/stored", settings(0, false, false));
    for (int i = 0; i < 5; i++) {
      small.step();
    }
    double[] parameters = small.embedderParameters();
    small.network.clear();
    assertThat(small.memory.size()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> answers(small));
    assertThat(small.embedderParameters()).isEqualTo(parameters);
    small.step();
    assertThat(small.memory.occupied()).isEqualTo(Slots.range(0, 8));
    small.step();
  }

  /** By nearest memories, learning goes on as well; it reads fewer of them. */
  @Test
  void recallNearest_readsTheUnionOfTheNearest() {
    Small small =
        new Small(
            "exact-reinstatement/stored",
            48,
            Map.of("nearest-k", "4"),
            settings(0, true, false),
            1,
            builder -> builder.recall("nearest"));
    double first = 0;
    double last = 0;
    for (int i = 0; i < 300; i++) {
      double loss = small.step().loss();
      first += i > 0 && i <= 30 ? loss : 0;
      last += i >= 270 ? loss : 0;
    }
    assertThat(last).as("losses in the end, as against the start").isLessThan(0.7 * first);
    assertThat(small.network.nearest(small.observations, 5)).allMatch(list -> list.size() == 5);
  }

  @Test
  void memories_areShownAsTheyAreStored() {
    try (Small small = Small.of("none", LearningSettings.classification())) {
      for (int i = 0; i < 5; i++) {
        small.step();
      }
      small.network.clear(Slots.of(3, 7));
      Memory<Matrix> memory = small.memory;
      GrowingRows<Matrix> keys = new GrowingRows<>(small.tensors, memory.keySize());
      GrowingRows<Matrix> values = new GrowingRows<>(small.tensors, memory.valueSize());
      List<Integer> seen = new ArrayList<>();
      small.network.memories(
          (slot, age, key, value) -> {
            seen.add(slot);
            assertThat(age).isEqualTo(small.embedder.version() - memory.writtenAt(slot));
            double[] stored = small.elements(memory.keys(Slots.of(slot), keys));
            for (int i = 0; i < stored.length; i++) {
              assertThat(key[i]).isEqualTo((float) stored[i]);
            }
            stored = small.elements(memory.values(Slots.of(slot), values));
            for (int i = 0; i < stored.length; i++) {
              assertThat(value[i]).isEqualTo((float) stored[i]);
            }
          });
      assertThat(seen).hasSize(22).isSorted().doesNotContain(3, 7);
    }
  }
}
