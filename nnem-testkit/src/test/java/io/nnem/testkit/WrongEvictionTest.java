package io.nnem.testkit;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import io.nnem.memory.eviction.FirstInFirstOut;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each wrong policy must be caught. */
class WrongEvictionTest extends WrongPlugins {

  /** The contract, for a policy that it provides itself. */
  abstract static class Contract extends EvictionPolicyContract<Matrix>
      implements EvictionPolicyProvider {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected EvictionPolicyProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "wrong";
    }
  }

  static class Right extends Contract {
    @Override
    public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
      return new FirstInFirstOut<>(context);
    }
  }

  @Test
  void aRightPolicy_isNotCaught() {
    assertNotCaught(Right.class);
  }

  /** Takes the memories in use in turn, from wherever it is told to begin. */
  private static class InTurn<T> implements EvictionPolicy<T> {
    final Memory<T> memory;
    int next;

    InTurn(EvictionContext<T> context, int first) {
      this.memory = context.memory();
      this.next = first;
    }

    @Override
    public Slots evict(int count, T keys, T values) {
      Slots all = memory.occupied();
      return all.at(IntStream.range(next, next + count).map(i -> i % all.count()).toArray());
    }

    @Override
    public void save(StateWriter out) {
      out.ints("next", next);
    }

    @Override
    public void load(StateReader in) {
      next = in.ints("next", 1)[0];
    }
  }

  @Caught(by = "choosingChangesNothing", saying = "the same call again")
  static class MovesOnWhenAsked extends Contract {
    @Override
    public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
      return new InTurn<>(context, 0) {
        @Override
        public Slots evict(int count, T keys, T values) {
          Slots slots = super.evict(count, keys, values);
          next += count;
          return slots;
        }
      };
    }
  }

  @Caught(by = "theSameSeedGivesTheSameSlots", saying = "by a policy with the same seed")
  static class DependsOnMoreThanItsSeed extends Contract {
    private int policies;

    @Override
    public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
      return new InTurn<>(context, policies++);
    }
  }

  @Caught(by = "savedAndLoaded_itGoesOnAlike", saying = "after loading")
  static class SavesNothing extends Contract {
    @Override
    public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
      return new InTurn<>(context, 0) {
        @Override
        public void onWrite(Slots slots, NewKeys<T> keys, T values) {
          next++;
        }

        @Override
        public void save(StateWriter out) {}

        @Override
        public void load(StateReader in) {}
      };
    }
  }

  @Caught(
      by = "hasAName_andOptionsWithNames",
      saying = "law 7: a name is lower-case letters, digits and single hyphens")
  static class HasNoProperName extends Right {
    @Override
    public String name() {
      return "FIFO";
    }
  }

  @Caught(by = "choosesAsManyMemoriesAsAsked_ofThoseInUse", saying = "which is given up, is in use")
  static class GivesUpFreeSlots extends Contract {
    @Override
    public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
      return new InTurn<>(context, 0) {
        @Override
        public Slots evict(int count, T keys, T values) {
          return Slots.range(memory.capacity() - count, memory.capacity());
        }
      };
    }
  }

  @Caught(by = "whatItIsTold_staysAsItIs", saying = "the weights that it was given")
  static class ScalesWhatItIsTold extends Contract {
    @Override
    public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
      return new InTurn<>(context, 0) {
        @Override
        public void onRead(Slots slots, T weights) {
          context.tensors().scale(0.5, weights);
        }
      };
    }
  }
}
