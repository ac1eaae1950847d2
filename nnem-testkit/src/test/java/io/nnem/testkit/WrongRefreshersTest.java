package io.nnem.testkit;

import io.nnem.core.GrowingRows;
import io.nnem.core.Plugins;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.KeyRefresher;
import io.nnem.credit.KeyRefresherContext;
import io.nnem.credit.KeyRefresherProvider;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import org.junit.jupiter.api.Test;

/** Each wrong refresher must be caught. */
class WrongRefreshersTest extends WrongPlugins {

  /** The contract, for a refresher that it provides itself. */
  abstract static class Contract extends KeyRefresherContract<Matrix>
      implements KeyRefresherProvider {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected KeyRefresherProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "wrong";
    }
  }

  /** A refresher that is right, for wrong ones to extend. */
  private static class Spoiled<T> implements KeyRefresher<T> {
    final Tensors<T> tensors;
    final Memory<T> memory;
    final KeyRefresher<T> right;

    Spoiled(KeyRefresherContext<T> context) {
      this.tensors = context.tensors();
      this.memory = context.memory();
      this.right = Plugins.load(KeyRefresherProvider.class).get("round-robin").create(context);
    }

    @Override
    public void prepare() {
      right.prepare();
    }

    @Override
    public void discard() {
      right.discard();
    }

    @Override
    public void refresh() {
      right.refresh();
    }

    @Override
    public void onWrite(Slots slots, NewKeys<T> keys, T values) {
      right.onWrite(slots, keys, values);
    }

    @Override
    public void onClear(Slots slots) {
      right.onClear(slots);
    }

    @Override
    public void save(StateWriter out) {
      right.save(out);
    }

    @Override
    public void load(StateReader in) {
      right.load(in);
    }

    @Override
    public void close() {
      right.close();
    }

    /** Halves the first key. */
    final void halve() {
      Slots first = Slots.of(memory.occupied().get(0));
      try (var scope = tensors.newScope();
          var room = new GrowingRows<>(tensors, memory.keySize())) {
        T key = scope.zeros(1, memory.keySize());
        tensors.copy(memory.keys(first, room), key);
        tensors.scale(0.5, key);
        memory.replaceKeys(first, NewKeys.of(key));
      }
    }
  }

  static class Right extends Contract {
    @Override
    public <T> KeyRefresher<T> create(KeyRefresherContext<T> context) {
      return new Spoiled<>(context);
    }
  }

  @Test
  void aRightRefresher_isNotCaught() {
    assertNotCaught(Right.class);
  }

  @Caught(by = "keysAreLessStale_thanWithoutIt", saying = "which nobody rewrites")
  static class DoesNothing extends Contract {
    @Override
    public <T> KeyRefresher<T> create(KeyRefresherContext<T> context) {
      return new Spoiled<>(context) {
        @Override
        public void refresh() {
          discard();
        }
      };
    }
  }

  @Caught(by = "aStepThatThrows_rewritesNothing", saying = "the state after a step that threw")
  static class RewritesTooEarly extends Contract {
    @Override
    public <T> KeyRefresher<T> create(KeyRefresherContext<T> context) {
      return new Spoiled<>(context) {
        @Override
        public void prepare() {
          super.prepare();
          halve();
        }
      };
    }
  }

  @Caught(by = "valuesAgesAndWhatTheStepWrites_stay", saying = "keys that the step itself wrote")
  static class RewritesWhatWasJustWritten extends Contract {
    @Override
    public <T> KeyRefresher<T> create(KeyRefresherContext<T> context) {
      return new Spoiled<>(context) {
        @Override
        public void onWrite(Slots slots, NewKeys<T> keys, T values) {}
      };
    }
  }

  @Caught(
      by = "theSameSeedGivesTheSameBits_savedAndLoadedToo",
      saying = "the state 17 steps after loading")
  static class SavesNothing extends Contract {
    @Override
    public <T> KeyRefresher<T> create(KeyRefresherContext<T> context) {
      return new Spoiled<>(context) {
        private int refreshed;

        @Override
        public void refresh() {
          super.refresh();
          if (refreshed++ % 7 == 6) {
            halve();
          }
        }
      };
    }
  }

  @Caught(by = "hasAName_andOptionsWithNames", saying = "refresh_all")
  static class HasNoProperName extends Right {
    @Override
    public String name() {
      return "refresh_all";
    }
  }
}
