package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.datasets.BatchStream.State;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchStreamTest {
  /** Computed by another program: a change here would change every run ever saved. */
  @Test
  void keepsItsOrderForEver() {
    assertThat(new BatchStream(10, 42).next(30))
        .containsExactly(
            4, 7, 9, 6, 1, 5, 2, 0, 8, 3, 9, 5, 8, 6, 7, 3, 0, 2, 1, 4, 3, 7, 8, 6, 0, 1, 2, 9, 5,
            4);
    assertThat(new BatchStream(new State(-7, 10, 1L << 40, 0)).next(10))
        .containsExactly(7, 2, 1, 6, 8, 9, 5, 4, 3, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 20, 64})
  void handsOutEveryObservationOnceAnEpoch(int batch) {
    BatchStream stream = new BatchStream(20, 5);
    int[] all = new int[20 * batch];
    for (int i = 0; i < 20; i++) {
      System.arraycopy(stream.next(batch), 0, all, i * batch, batch);
    }
    for (int epoch = 0; epoch < batch; epoch++) {
      int[] order = Arrays.copyOfRange(all, 20 * epoch, 20 * epoch + 20);
      Arrays.sort(order);
      for (int i = 0; i < 20; i++) {
        assertThat(order[i]).isEqualTo(i);
      }
    }
    assertThat(stream.state()).isEqualTo(new State(5, 20, batch, 0));
  }

  @Test
  void doesNotDependOnTheSizesOfBatches() {
    int[] whole = new BatchStream(20, 5).next(100);
    BatchStream stream = new BatchStream(20, 5);
    int[] parts = new int[100];
    int filled = 0;
    for (int batch : new int[] {0, 1, 19, 0, 20, 45, 15}) {
      System.arraycopy(stream.next(batch), 0, parts, filled, batch);
      filled += batch;
    }
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void seedsAndEpochsGiveOtherOrders() {
    int[][] orders = new int[8][];
    for (int seed = 0; seed < 4; seed++) {
      BatchStream stream = new BatchStream(50, seed);
      orders[2 * seed] = stream.next(50);
      orders[2 * seed + 1] = stream.next(50);
    }
    for (int i = 0; i < orders.length; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(orders[i]).isNotEqualTo(orders[j]);
      }
    }
  }

  @Test
  void goesOnFromASavedState() {
    long seed = 8;
    SplittableRandom random = new SplittableRandom(seed);
    System.out.println("BatchStreamTest.goesOnFromASavedState seed " + seed);
    BatchStream stream = new BatchStream(17, seed);
    for (int i = 0; i < 200; i++) {
      State state = stream.state();
      int batch = random.nextInt(40);
      int[] expected = stream.next(batch);
      assertThat(new BatchStream(state).next(batch)).isEqualTo(expected);
      State after = stream.state();
      stream.restore(state);
      assertThat(stream.state()).isEqualTo(state);
      assertThat(stream.next(batch)).isEqualTo(expected);
      assertThat(stream.state()).isEqualTo(after);
    }
    assertThat(stream.state().epoch()).isGreaterThan(100);
  }

  @Test
  void restoresTheStateOfAnotherSeed() {
    BatchStream one = new BatchStream(17, 1);
    BatchStream two = new BatchStream(17, 2);
    one.next(5);
    two.next(9);
    one.restore(two.state());
    assertThat(one.next(30)).isEqualTo(two.next(30));
  }

  @Test
  void saysWhereItIs() {
    BatchStream stream = new BatchStream(10, 3);
    assertThat(stream.state()).isEqualTo(new State(3, 10, 0, 0));
    stream.next(9);
    assertThat(stream.state()).isEqualTo(new State(3, 10, 0, 9));
    stream.next(1);
    assertThat(stream.state()).isEqualTo(new State(3, 10, 1, 0));
    stream.next(25);
    assertThat(stream.state()).isEqualTo(new State(3, 10, 3, 5));
  }

  @Test
  void refusesTheStateOfOtherDataAndStaysWhereItWas() {
    BatchStream stream = new BatchStream(10, 3);
    stream.next(4);
    assertThatThrownBy(() -> stream.restore(new State(3, 11, 2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A state for 11 observations cannot be restored to a stream of 10: use the same data.");
    assertThat(stream.state()).isEqualTo(new State(3, 10, 0, 4));
  }

  @Test
  void refusesNegativeBatches() {
    assertThatThrownBy(() -> new BatchStream(10, 3).next(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A batch of -1 observations is not possible: ask for 0 or more.");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "-1, 0, 0", "10, -1, 0", "10, 0, -1", "10, 0, 10"})
  void refusesImpossibleStates(int size, long epoch, int position) {
    assertThatThrownBy(() -> new State(1, size, epoch, position))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "No stream can be at epoch %d, position %d of %d observations: "
                + "use size >= 1, epoch >= 0, 0 <= position < size.",
            epoch, position, size);
  }
}
