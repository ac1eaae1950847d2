package io.nnem.testkit;

import io.nnem.core.GrowingRows;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.Slots;
import io.nnem.memory.store.FixedCapacityStore;
import org.junit.jupiter.api.Test;

/** Each wrong store must be caught. */
class WrongStoresTest extends WrongPlugins {

  /** A store that is right, for wrong ones to extend. */
  private static class Spoiled<T> implements MemoryStore<T> {
    final Tensors<T> tensors;
    final MemoryStore<T> right;

    Spoiled(MemoryStoreContext<T> context) {
      this.tensors = context.tensors();
      this.right = new FixedCapacityStore<>(context);
    }

    @Override
    public int capacity() {
      return right.capacity();
    }

    @Override
    public int keySize() {
      return right.keySize();
    }

    @Override
    public int valueSize() {
      return right.valueSize();
    }

    @Override
    public void writeKeys(Slots slots, T keys) {
      right.writeKeys(slots, keys);
    }

    @Override
    public void writeValues(Slots slots, T values) {
      right.writeValues(slots, values);
    }

    @Override
    public T keys(Slots slots, GrowingRows<T> room) {
      return right.keys(slots, room);
    }

    @Override
    public T values(Slots slots, GrowingRows<T> room) {
      return right.values(slots, room);
    }

    @Override
    public void nearest(
        T queries, int[] slots, int[] ends, int k, int[] found, float[] similarities) {
      right.nearest(queries, slots, ends, k, found, similarities);
    }

    @Override
    public long bytesPerSlot() {
      return right.bytesPerSlot();
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
  }

  abstract static class Contract extends MemoryStoreContract<Matrix>
      implements MemoryStoreProvider {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected MemoryStoreProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "wrong";
    }
  }

  static class Right extends Contract {
    @Override
    public <T> MemoryStore<T> create(MemoryStoreContext<T> context) {
      return new Spoiled<>(context);
    }
  }

  @Test
  void aRightStore_isNotCaught() {
    assertNotCaught(Right.class);
  }

  @Caught(by = "theNearest_areAmongTheCandidates", saying = "slots found for two queries")
  static class ForgetsWhoseCandidatesTheyAre extends Contract {
    @Override
    public <T> MemoryStore<T> create(MemoryStoreContext<T> context) {
      return new Spoiled<>(context) {
        @Override
        public void nearest(
            T queries, int[] slots, int[] ends, int k, int[] found, float[] similarities) {
          int last = ends[ends.length - 1];
          super.nearest(queries, slots, new int[] {last, last}, k, found, similarities);
        }
      };
    }
  }

  @Caught(by = "everyMemorySurvives_whatDoesNotNameIt", saying = "key in slot")
  @Caught(by = "replacedKeysAndValues_leaveTheOthers", saying = "key in slot 1")
  static class MovesKeys extends Contract {
    @Override
    public <T> MemoryStore<T> create(MemoryStoreContext<T> context) {
      return new Spoiled<>(context) {
        @Override
        public void writeKeys(Slots slots, T keys) {
          super.writeKeys(slots, keys);
          if (capacity() > 3) { // swaps the keys of two memories
            try (var scope = tensors.newScope();
                var room = new GrowingRows<>(tensors, keySize())) {
              T pair = scope.zeros(2, keySize());
              tensors.copy(keys(Slots.of(2, 1), room), pair);
              right.writeKeys(Slots.of(1, 2), pair);
            }
          }
        }
      };
    }
  }

  @Caught(by = "whatIsWritten_isCopied", saying = "key in slot 0")
  static class KeepsWhatItIsGiven extends Contract {
    @Override
    public <T> MemoryStore<T> create(MemoryStoreContext<T> context) {
      return new Spoiled<>(context) {
        private T given;

        @Override
        public void writeKeys(Slots slots, T keys) {
          given = keys;
          super.writeKeys(slots, keys);
        }

        @Override
        public T keys(Slots slots, GrowingRows<T> room) {
          return slots.equals(Slots.of(0))
              ? tensors.rowRange(given, 0, 1)
              : super.keys(slots, room);
        }
      };
    }
  }

  @Caught(by = "keysStay_whileOthersAskForMore", saying = "keys in a room of one's own")
  static class HasOneRoomForAll extends Contract {
    @Override
    public <T> MemoryStore<T> create(MemoryStoreContext<T> context) {
      var own = new GrowingRows<>(context.tensors(), context.keySize());
      return new Spoiled<>(context) {
        @Override
        public T keys(Slots slots, GrowingRows<T> room) {
          return super.keys(slots, own);
        }
      };
    }
  }

  @Caught(by = "savedAndLoaded_itHoldsTheSame", saying = "value in slot 0")
  static class SavesKeysAlone extends Contract {
    @Override
    public <T> MemoryStore<T> create(MemoryStoreContext<T> context) {
      return new Spoiled<>(context) {
        @Override
        public void save(StateWriter out) {
          try (var room = new GrowingRows<>(tensors, keySize())) {
            out.matrix("keys", tensors, keys(Slots.range(0, capacity()), room));
          }
        }

        @Override
        public void load(StateReader in) {
          try (var scope = tensors.newScope()) {
            T keys = scope.zeros(capacity(), keySize());
            in.matrix("keys", tensors, keys);
            writeKeys(Slots.range(0, capacity()), keys);
          }
        }
      };
    }
  }

  @Caught(by = "hasAName_andOptionsWithNames", saying = "My Store")
  static class HasNoProperName extends Right {
    @Override
    public String name() {
      return "My Store";
    }
  }
}
