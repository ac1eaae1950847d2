package io.nnem.testkit;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.RecallProvider;
import io.nnem.memory.Slots;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each wrong recall must be caught. */
class WrongRecallTest extends WrongPlugins {

  /** The contract, for a recall that it provides itself. */
  abstract static class Contract extends RecallContract<Matrix> implements RecallProvider {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected RecallProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "wrong";
    }
  }

  /** Recalls the upper half of the memory. */
  private static class Half<T> implements Recall<T> {
    final Memory<T> memory;

    Half(RecallContext<T> context) {
      this.memory = context.memory();
    }

    @Override
    public Slots recall(T queries) {
      Slots all = memory.occupied();
      return all.part(all.count() / 2, all.count());
    }

    @Override
    public boolean dependsOnQueries() {
      return false;
    }

    @Override
    public void save(StateWriter out) {}

    @Override
    public void load(StateReader in) {}

    @Override
    public void close() {}
  }

  static class Right extends Contract {
    @Override
    public <T> Recall<T> create(RecallContext<T> context) {
      return new Half<>(context);
    }
  }

  @Test
  void aRightRecall_isNotCaught() {
    assertNotCaught(Right.class);
  }

  @Caught(by = "recallsSlotsInUse_ascending", saying = "which was recalled, is in use")
  static class RecallsFreeSlots extends Contract {
    @Override
    public <T> Recall<T> create(RecallContext<T> context) {
      return new Half<>(context) {
        @Override
        public Slots recall(T queries) {
          memory.occupied();
          return Slots.range(0, memory.capacity());
        }
      };
    }
  }

  @Caught(by = "queriesMatter_onlyIfItSaysSo", saying = "dependsOnQueries() is false")
  static class HidesThatQueriesMatter extends Contract {
    @Override
    public <T> Recall<T> create(RecallContext<T> context) {
      return new Half<>(context) {
        @Override
        public Slots recall(T queries) {
          Slots all = memory.occupied();
          boolean upper = context.tensors().get(queries, 0, 0) > 0;
          return upper ? super.recall(queries) : all.part(0, all.count() / 2 + 1);
        }
      };
    }
  }

  @Caught(
      by = "theSameSeedGivesTheSameSlots_savedAndLoadedToo",
      saying = "slots that a twin recalls")
  @Caught(by = "recallingChangesNothing_fromAnyThread", saying = "what four threads recall")
  static class DrawsAsItLikes extends Contract {
    private long recalls;

    @Override
    public <T> Recall<T> create(RecallContext<T> context) {
      SplittableRandom random = new SplittableRandom(recalls++);
      return new Half<>(context) {
        @Override
        public Slots recall(T queries) {
          Slots all = memory.occupied();
          return all.part(random.nextInt(all.count()), all.count());
        }
      };
    }
  }

  @Caught(
      by = "theSameSeedGivesTheSameSlots_savedAndLoadedToo",
      saying = "slots that a recall whose state was loaded recalls")
  static class SavesNothing extends Contract {
    @Override
    public <T> Recall<T> create(RecallContext<T> context) {
      return new Half<>(context) {
        private int writes;

        @Override
        public void onWrite(Slots slots, NewKeys<T> keys, T values) {
          writes++;
        }

        @Override
        public Slots recall(T queries) {
          Slots all = memory.occupied();
          return all.part(writes % all.count(), all.count());
        }
      };
    }
  }

  @Caught(
      by = "hasAName_andOptionsWithNames",
      saying = "law 7: a name is lower-case letters, digits and single hyphens")
  static class HasNoProperName extends Right {
    @Override
    public String name() {
      return "Half of it";
    }
  }
}
