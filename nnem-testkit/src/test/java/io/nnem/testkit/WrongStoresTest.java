package io.nnem.testkit;

import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.Slots;
import io.nnem.memory.retention.FirstInFirstOut;
import io.nnem.memory.store.FixedCapacityStore;
import org.junit.jupiter.api.Test;

/** Each wrong store must be caught, in the test that is named after what is wrong. */
class WrongStoresTest {

  /** A store that is right, for wrong ones to extend. */
  private static class Spoiled<T> implements MemoryStore<T> {
    final Tensors<T> tensors;
    final MemoryStore<T> right;

    Spoiled(Tensors<T> tensors, MemoryStore<T> right) {
      this.tensors = tensors;
      this.right = right;
    }

    @Override
    public int capacity() {
      return right.capacity();
    }

    @Override
    public int size() {
      return right.size();
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
    public Slots occupied() {
      return right.occupied();
    }

    @Override
    public Slots write(T keys, T values, long version) {
      return right.write(keys, values, version);
    }

    @Override
    public boolean usesReads() {
      return right.usesReads();
    }

    @Override
    public T keys(Slots slots) {
      return right.keys(slots);
    }

    @Override
    public T values(Slots slots) {
      return right.values(slots);
    }

    @Override
    public void replaceKeys(Slots slots, T keys) {
      right.replaceKeys(slots, keys);
    }

    @Override
    public long writtenAt(int slot) {
      return right.writtenAt(slot);
    }

    @Override
    public void read(Slots slots, double[] weights) {
      right.read(slots, weights);
    }

    @Override
    public void score(Slots slots, double[] uncertainties) {
      right.score(slots, uncertainties);
    }

    @Override
    public void close() {
      right.close();
    }
  }

  abstract static class Contract extends MemoryStoreContract<Matrix> {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected MemoryStore<Matrix> store(
        Tensors<Matrix> tensors, int capacity, int keySize, int valueSize, Retention retention) {
      return spoiled(
          tensors, new FixedCapacityStore<>(tensors, capacity, keySize, valueSize, retention));
    }

    abstract MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right);
  }

  static class Right extends Contract {
    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return new Spoiled<>(tensors, right);
    }
  }

  @Test
  void aRightStore_isNotCaught() {
    Caught.notByAny(Right.class);
  }

  static class MovesSlots extends Contract {
    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return new Spoiled<>(tensors, right) {
        @Override
        public Slots write(Matrix keys, Matrix values, long version) {
          Slots slots = super.write(keys, values, version);
          if (size() > 3) { // swaps the keys of two old memories
            try (var scope = tensors.newScope()) {
              Matrix pair = scope.zeros(2, keySize());
              tensors.copy(keys(Slots.of(2, 1)), pair);
              replaceKeys(Slots.of(1, 2), pair);
            }
          }
          return slots;
        }
      };
    }
  }

  @Test
  void law6_movedMemories_areCaught() {
    Caught.by(MovesSlots.class, "law6_everyMemorySurvives_whatDoesNotNameIt", "key in slot 1");
  }

  static class KeepsWhatItIsGiven extends Contract {
    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return new Spoiled<>(tensors, right) {
        private Matrix given;

        @Override
        public Slots write(Matrix keys, Matrix values, long version) {
          given = keys;
          return super.write(keys, values, version);
        }

        @Override
        public Matrix keys(Slots slots) {
          Matrix keys = super.keys(slots);
          return slots.equals(Slots.of(0)) ? tensors.rowRange(given, 0, 1) : keys;
        }
      };
    }
  }

  @Test
  void aMatrixThatIsKept_isCaught() {
    Caught.by(KeepsWhatItIsGiven.class, "whatWasGivenToIt_isCopied", "key in slot 0");
  }

  static class TakesPartOfAWrite extends Contract {
    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return new Spoiled<>(tensors, right) {
        @Override
        public Slots write(Matrix keys, Matrix values, long version) {
          int count = tensors.rows(keys);
          if (count > capacity() && count == tensors.rows(values)) {
            super.write(tensors.rowRange(keys, 0, 1), tensors.rowRange(values, 0, 1), version);
          }
          return super.write(keys, values, version);
        }
      };
    }
  }

  @Test
  void law4_aWriteTakenInPart_isCaught() {
    Caught.by(
        TakesPartOfAWrite.class,
        "law4_aWriteThatDoesNotFit_isRefusedWhole",
        "size after a refused write");
  }

  static class FreshensAges extends Contract {
    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return new Spoiled<>(tensors, right) {
        private int replaced = -1;

        @Override
        public void replaceKeys(Slots slots, Matrix keys) {
          super.replaceKeys(slots, keys);
          replaced = slots.get(0);
        }

        @Override
        public long writtenAt(int slot) {
          return super.writtenAt(slot) + (slot == replaced ? 1 : 0);
        }
      };
    }
  }

  @Test
  void law6_anAgeChangedByFreshening_isCaught() {
    Caught.by(
        FreshensAges.class,
        "law6_replaceKeys_leavesValuesAgesAndTheOtherKeys",
        "version in slot 4");
  }

  static class IgnoresItsPolicy extends Contract {
    @Override
    protected MemoryStore<Matrix> store(
        Tensors<Matrix> tensors, int capacity, int keySize, int valueSize, Retention retention) {
      Retention fifo = new FirstInFirstOut(capacity);
      return new FixedCapacityStore<>(tensors, capacity, keySize, valueSize, fifo);
    }

    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return right;
    }
  }

  @Test
  void law4_aPolicyThatIsNotAsked_isCaught() {
    Caught.by(
        IgnoresItsPolicy.class,
        "law4_aPolicyThatChoosesWrongly_isRefusedByName",
        "a write by a policy that chose Slots[1..1] for 1 memories");
  }

  static class KeepsReadingsToItself extends Contract {
    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return new Spoiled<>(tensors, right) {
        @Override
        public void read(Slots slots, double[] weights) {}
      };
    }
  }

  @Test
  void aPolicyThatIsNotToldOfReadings_isCaught() {
    Caught.by(
        KeepsReadingsToItself.class,
        "thePolicyIsTold_ofReadingsAndScores",
        "what the policy was told");
  }

  static class FreshensWhatIsRead extends Contract {
    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return new Spoiled<>(tensors, right) {
        @Override
        public void read(Slots slots, double[] weights) {
          super.read(slots, weights);
          try (var scope = tensors.newScope()) {
            replaceKeys(Slots.of(0), scope.zeros(1, keySize()));
          }
        }
      };
    }
  }

  @Test
  void law6_aKeyChangedByReading_isCaught() {
    Caught.by(FreshensWhatIsRead.class, "law6_readingsAndScores_changeNoMemory", "key in slot 0");
  }

  static class PassesOnWhatDoesNotFit extends Contract {
    @Override
    protected MemoryStore<Matrix> store(
        Tensors<Matrix> tensors, int capacity, int keySize, int valueSize, Retention retention) {
      MemoryStore<Matrix> right =
          new FixedCapacityStore<>(tensors, capacity, keySize, valueSize, retention);
      return new Spoiled<>(tensors, right) {
        @Override
        public void score(Slots slots, double[] uncertainties) {
          retention.score(slots, uncertainties.clone());
          super.score(slots, uncertainties);
        }
      };
    }

    @Override
    MemoryStore<Matrix> spoiled(Tensors<Matrix> tensors, MemoryStore<Matrix> right) {
      return right;
    }
  }

  @Test
  void law4_aNoticePassedOnTooEarly_isCaught() {
    Caught.by(
        PassesOnWhatDoesNotFit.class,
        "law4_aNoticeThatDoesNotFit_isNotPassedOn",
        "what the policy was told");
  }
}
