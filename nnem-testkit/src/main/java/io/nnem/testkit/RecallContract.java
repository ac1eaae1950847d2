package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.RecallProvider;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What every recall must do: choose slots that are in use, ascending, without changing anything,
 * from any number of threads, and know of every change of the memory.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class RecallContract<T> {

  private static final int CAPACITY = 40;

  /** For subclasses. */
  protected RecallContract() {}

  /**
   * The back end to test on.
   *
   * @return any; the reference will do
   */
  protected abstract Tensors<T> tensors();

  /**
   * The recall's provider.
   *
   * @return the provider under test
   */
  protected abstract RecallProvider provider();

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options optionValues() {
    return Options.none();
  }

  /** A memory with a recall that listens to it. */
  private final class Recalling implements AutoCloseable {
    private final MemoryRig<T> rig;
    private final Recall<T> recall;
    private SplittableRandom random = TestSeed.random("recall");

    Recalling() {
      rig =
          new MemoryRig<>(
              tensors(),
              Plugins.load(MemoryStoreProvider.class).get("fixed-capacity"),
              Plugins.load(EvictionPolicyProvider.class).get("fifo"),
              Options.none(),
              CAPACITY);
      recall =
          provider()
              .create(
                  new RecallContext<>(
                      rig.matrices.tensors, rig.memory, TestSeed.get(), optionValues()));
      rig.memory.addListener(recall);
    }

    T drawn(int rows, int columns) {
      float[] elements = new float[rows * columns];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = (float) random.nextDouble(-1, 1);
      }
      return rig.matrices.of(rows, columns, elements);
    }

    /** Writes, and now and then replaces keys and clears. */
    void live(int steps) {
      for (int step = 0; step < steps; step++) {
        int count = 1 + random.nextInt(9);
        rig.memory.write(drawn(count, MemoryRig.KEY), drawn(count, MemoryRig.VALUE), step);
        Slots all = rig.memory.occupied();
        int one = all.get(random.nextInt(all.count()));
        if (random.nextBoolean()) {
          rig.memory.replaceKeys(Slots.of(one), NewKeys.of(drawn(1, MemoryRig.KEY)));
        }
        if (random.nextInt(4) == 0 && all.count() > 1) {
          rig.memory.clear(Slots.of(one));
        }
      }
    }

    @Override
    public void close() {
      recall.close();
      rig.close();
    }
  }

  @Test
  final void anEmptyMemory_isRefused() {
    try (Recalling tested = new Recalling()) {
      T queries = tested.drawn(2, MemoryRig.KEY);
      assertThatThrownBy(() -> tested.recall.recall(queries), "recall from an empty memory")
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The memory is empty");
    }
  }

  @Test
  final void recallsSlotsInUse_ascending() {
    try (Recalling tested = new Recalling()) {
      for (int i = 0; i < 40; i++) {
        tested.live(1);
        Slots slots = tested.recall.recall(tested.drawn(1 + i % 5, MemoryRig.KEY));
        for (int j = 0; j < slots.count(); j++) {
          assertThat(tested.rig.memory.holds(slots.get(j)))
              .as("whether slot %d, which was recalled, is in use", slots.get(j))
              .isTrue();
          if (j > 0) {
            assertThat(slots.get(j)).as("a slot after the first").isGreaterThan(slots.get(j - 1));
          }
        }
      }
    }
  }

  @Test
  final void queriesMatter_onlyIfItSaysSo() {
    try (Recalling tested = new Recalling()) {
      tested.live(30);
      boolean differ = false;
      for (int i = 0; i < 30; i++) {
        differ |=
            !tested
                .recall
                .recall(tested.drawn(1, MemoryRig.KEY))
                .equals(tested.recall.recall(tested.drawn(1, MemoryRig.KEY)));
      }
      assertThat(tested.recall.dependsOnQueries() || !differ)
          .as("dependsOnQueries() is false, yet queries recall other slots")
          .isTrue();
    }
  }

  @Law(number = 5, holds = "what is recalled, before and after")
  final void theSameSeedGivesTheSameSlots_savedAndLoadedToo() {
    try (Recalling first = new Recalling();
        Recalling twin = new Recalling();
        Recalling loaded = new Recalling()) {
      first.live(20);
      twin.live(20);
      loaded.live(7); // what is loaded takes its place
      SavedState.of(first.rig.memory).loadInto(loaded.rig.memory);
      SavedState saved = SavedState.of(first.recall);
      saved.loadInto(loaded.recall);
      assertThat(SavedState.of(loaded.recall)).as("the state when loaded").isEqualTo(saved);
      first.random = TestSeed.random("later");
      twin.random = TestSeed.random("later");
      loaded.random = TestSeed.random("later");
      for (int i = 0; i < 20; i++) {
        first.live(1);
        twin.live(1);
        loaded.live(1);
        Slots slots = first.recall.recall(first.drawn(3, MemoryRig.KEY));
        assertThat(twin.recall.recall(twin.drawn(3, MemoryRig.KEY)))
            .as("slots that a twin recalls")
            .isEqualTo(slots);
        assertThat(loaded.recall.recall(loaded.drawn(3, MemoryRig.KEY)))
            .as("slots that a recall whose state was loaded recalls")
            .isEqualTo(slots);
      }
    }
  }

  @Law(number = 8, holds = "four threads that recall at once get the slots of one alone")
  final void recallingChangesNothing_fromAnyThread() throws InterruptedException {
    try (Recalling tested = new Recalling()) {
      tested.live(30);
      T queries = tested.drawn(3, MemoryRig.KEY);
      double[] given = tested.rig.matrices.elements(queries);
      SavedState before = SavedState.of(tested.recall);
      Slots slots = tested.recall.recall(queries);
      List<String> wrong = Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        threads.add(
            new Thread(
                () -> {
                  try {
                    for (int j = 0; j < 100; j++) {
                      Slots again = tested.recall.recall(queries);
                      if (!again.equals(slots)) {
                        wrong.add(again.toString());
                      }
                    }
                  } catch (RuntimeException | Error e) {
                    wrong.add(e.toString());
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).as("law 8: what four threads recall, other than %s", slots).isEmpty();
      assertThat(SavedState.of(tested.recall)).as("its state after recalling").isEqualTo(before);
      assertThat(tested.rig.matrices.elements(queries)).as("the queries").isEqualTo(given);
    }
  }

  @Law(number = 7, holds = "a name that can be asked for; options that are set are listed")
  final void hasAName_andOptionsWithNames() {
    Names.check(provider(), optionValues());
  }
}
