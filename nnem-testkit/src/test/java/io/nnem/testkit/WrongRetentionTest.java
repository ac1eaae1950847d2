package io.nnem.testkit;

import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;
import io.nnem.memory.Slots;
import io.nnem.memory.retention.FirstInFirstOut;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each wrong policy must be caught, in the test that is named after the law it breaks. */
class WrongRetentionTest {

  /** The contract, for a policy that it provides itself. */
  abstract static class Contract extends RetentionContract implements RetentionProvider {
    @Override
    protected RetentionProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "wrong";
    }
  }

  static class Right extends Contract {
    @Override
    public Retention create(RetentionContext context) {
      return new FirstInFirstOut(context.capacity());
    }
  }

  @Test
  void aRightPolicy_isNotCaught() {
    Caught.notByAny(Right.class);
  }

  /** Takes slots in turn, from wherever it is told to begin. */
  private static class InTurn implements Retention {
    final int capacity;
    int next;

    InTurn(int capacity, int first) {
      this.capacity = capacity;
      this.next = first;
    }

    @Override
    public Slots choose(int count) {
      return Slots.of(IntStream.range(next, next + count).map(i -> i % capacity).toArray());
    }

    @Override
    public void written(Slots slots) {
      next += slots.count();
    }
  }

  static class MovesOnWhenAsked extends Contract {
    @Override
    public Retention create(RetentionContext context) {
      return new InTurn(context.capacity(), 0) {
        @Override
        public Slots choose(int count) {
          Slots slots = super.choose(count);
          next += count;
          return slots;
        }

        @Override
        public void written(Slots slots) {}
      };
    }
  }

  @Test
  void law4_aPolicyThatMovesOnWhenAsked_isCaught() {
    Caught.by(MovesOnWhenAsked.class, "law4_choosingChangesNothing", "the same call again");
  }

  static class DependsOnMoreThanItsSeed extends Contract {
    private int policies;

    @Override
    public Retention create(RetentionContext context) {
      return new InTurn(context.capacity(), policies++);
    }
  }

  @Test
  void law5_slotsThatDependOnMoreThanTheSeed_areCaught() {
    Caught.by(
        DependsOnMoreThanItsSeed.class,
        "law5_theSameSeedGivesTheSameSlots",
        "slots of choice 1, by a policy with the same seed");
  }

  static class HasNoProperName extends Right {
    @Override
    public String name() {
      return "FIFO";
    }
  }

  @Test
  void law7_aNameThatCannotBeAskedFor_isCaught() {
    Caught.by(
        HasNoProperName.class,
        "law7_hasAName_andOptionsWithNames",
        "law 7: a name is lower-case letters, digits and single hyphens");
  }

  static class LeavesFreeSlots extends Contract {
    @Override
    public Retention create(RetentionContext context) {
      return new InTurn(context.capacity(), context.capacity() - 1);
    }
  }

  @Test
  void aPolicyThatDoesNotStartWithFreeSlots_isCaught() {
    Caught.by(
        LeavesFreeSlots.class,
        "fillsFreeSlots_fromTheLowestOn",
        "slots for 1 memories, with 0 in use");
  }

  static class ScalesWhatItIsTold extends Contract {
    @Override
    public Retention create(RetentionContext context) {
      return new InTurn(context.capacity(), 0) {
        @Override
        public void read(Slots slots, double[] weights) {
          weights[0] /= 2;
        }
      };
    }
  }

  @Test
  void law6_weightsThatAreWrittenTo_areCaught() {
    Caught.by(
        ScalesWhatItIsTold.class, "law6_whatItIsTold_staysAsItIs", "the weights that it was given");
  }
}
