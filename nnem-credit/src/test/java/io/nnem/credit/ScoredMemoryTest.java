package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nnem.autoencoder.Uncertain;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.Scope;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import io.nnem.memory.retention.LeastCertain;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScoredMemoryTest {
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();

  /** What the decoder says of the key that begins with a number; of others, that number. */
  private final Map<Double, Double> said = new TreeMap<>();

  private final Uncertain<Matrix> decoder =
      keys -> {
        double[] uncertainties = new double[tensors.rows(keys)];
        for (int i = 0; i < uncertainties.length; i++) {
          double key = tensors.get(keys, i, 0);
          uncertainties[i] = said.getOrDefault(key, key);
        }
        return uncertainties;
      };

  private ScoredMemory<Matrix> memory(int capacity, int budget) {
    return new ScoredMemory<>(tensors, plain(capacity, 1), decoder, budget);
  }

  private MemoryStore<Matrix> plain(int capacity, int keySize) {
    return new FixedCapacityStore<>(tensors, capacity, keySize, 3, new LeastCertain(capacity));
  }

  private Slots write(MemoryStore<Matrix> memory, double... keys) {
    Matrix matrix = scope.zeros(keys.length, 1);
    for (int i = 0; i < keys.length; i++) {
      tensors.set(matrix, i, 0, keys[i]);
    }
    return memory.write(matrix, scope.zeros(keys.length, 3), 0);
  }

  @Test
  void theMemoryThatTheDecoderIsLeastCertainOf_isGivenUp() {
    MemoryStore<Matrix> memory = memory(4, 0);
    write(memory, 3, 9, 1, 5);
    assertThat(write(memory, 7)).isEqualTo(Slots.of(1));
    assertThat(write(memory, 2)).as("7 was the least certain").isEqualTo(Slots.of(1));
    assertThat(write(memory, 6)).as("then 5").isEqualTo(Slots.of(3));
  }

  /** The decoder learns on: what it said once is not what it says now. */
  @Test
  void memoriesThatStay_areScoredAgainInTurn() {
    MemoryStore<Matrix> memory = memory(4, 1);
    write(memory, 3, 9, 1, 5);
    said.put(1.0, 100.0); // slot 2 has become uncertain
    assertThat(write(memory, 8)).as("slot 0 has its turn; 9 is given up").isEqualTo(Slots.of(1));
    assertThat(write(memory, 7)).as("slot 1 has its turn; so is 8").isEqualTo(Slots.of(1));
    assertThat(write(memory, 6)).as("slot 2 has its turn; so is 7").isEqualTo(Slots.of(1));
    assertThat(write(memory, 4)).as("and now what became uncertain").isEqualTo(Slots.of(2));
  }

  /** A slot that is written and had its turn in one write has the score of the new memory. */
  @Test
  void theScoreOfWhatWasGivenUp_isNotThatOfItsSuccessor() {
    MemoryStore<Matrix> memory = memory(2, 2);
    write(memory, 3, 9);
    assertThat(write(memory, 1)).isEqualTo(Slots.of(1));
    assertThat(write(memory, 2)).as("3 is less certain than 1").isEqualTo(Slots.of(0));
  }

  @Test
  void whatIsNotFinite_isNotWritten() {
    MemoryStore<Matrix> memory = memory(4, 4);
    write(memory, 3, 9, 1, 5);
    said.put(6.0, Double.NaN);
    assertThatExceptionOfType(DivergenceException.class)
        .isThrownBy(() -> write(memory, 6))
        .withMessage("The decoder's uncertainty of a memory is NaN.");
    said.put(5.0, Double.POSITIVE_INFINITY); // of one that is there already
    assertThatExceptionOfType(DivergenceException.class)
        .isThrownBy(() -> write(memory, 4))
        .withMessage("The decoder's uncertainty of a memory is Infinity.");
    assertThat(tensors.get(memory.keys(Slots.of(1)), 0, 0)).isEqualTo(9);
    said.clear();
    assertThat(write(memory, 4)).isEqualTo(Slots.of(1));
  }

  @Test
  void aDecoderThatAnswersWithAnotherNumber_isNamed() {
    Uncertain<Matrix> wrong = keys -> new double[3];
    MemoryStore<Matrix> memory = new ScoredMemory<>(tensors, plain(4, 1), wrong, 0);
    assertThatIllegalStateException()
        .isThrownBy(() -> write(memory, 1, 2))
        .withMessage(
            "The decoder " + wrong.getClass().getName() + " gave 3 uncertainties for 2 keys.");
    assertThat(memory.size()).isZero();
  }

  @Test
  void theBudgetIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory(4, -1))
        .withMessage("The budget of scores must be 0 memories a write or more, but is -1.");
  }

  /** Law 4, for a whole step: the decoder fails after everything was learned. */
  @Test
  void aStepWhoseDecoderFails_leavesNoTrace() {
    Small small = Small.of("none");
    boolean[] fails = {false};
    Uncertain<Matrix> failing =
        keys -> {
          if (fails[0]) {
            throw new IllegalStateException("no answer");
          }
          return new double[tensors.rows(keys)];
        };
    MemoryStore<Matrix> memory =
        new ScoredMemory<>(small.tensors, plain(24, Small.EMBEDDING), failing, 4);
    CreditAssigner<Matrix> backprop =
        Plugins.load(CreditAssignerProvider.class)
            .get("backprop")
            .create(
                new CreditContext<>(
                    small.tensors, small.embedder, memory, Optional.empty(), 1, Options.none()));
    MemoryLearner<Matrix> learner =
        new MemoryLearner<>(
            small.tensors,
            small.embedder,
            memory,
            backprop,
            small.decoder,
            LearnerSettings.classification(0));
    small.next();
    learner.step(small.observations, small.values);
    learner.step(small.observations, small.values);
    double[] embedder = small.embedderParameters();
    double[] decoder = small.decoderParameters();
    double[] keys = small.elements(memory.keys(memory.occupied()));
    fails[0] = true;
    assertThatIllegalStateException()
        .isThrownBy(() -> learner.step(small.observations, small.values))
        .withMessage("no answer");
    assertThat(small.embedderParameters()).isEqualTo(embedder);
    assertThat(small.decoderParameters()).isEqualTo(decoder);
    assertThat(memory.size()).isEqualTo(16);
    assertThat(small.elements(memory.keys(memory.occupied()))).isEqualTo(keys);
    fails[0] = false;
    learner.step(small.observations, small.values);
    assertThat(memory.size()).isEqualTo(24);
    assertThat(small.embedderParameters()).isNotEqualTo(embedder);
  }
}
