package io.nnem.testkit;

import io.nnem.core.GrowingRows;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.Map;
import java.util.Optional;

/**
 * Each assigner that touches, keeps or depends on what it must not must be caught. Wrong gradients
 * are in {@link WrongCreditTest}.
 */
class WrongAssignersTest extends WrongPlugins {

  @Caught(by = "changesTheEmbedder_onlyIfItSaysSo", saying = "parameters after 60 steps")
  static class TouchesAParameter extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("none", context) {
        @Override
        public void update() {
          nudge();
        }
      };
    }

    @Override
    protected boolean learns() {
      return false;
    }
  }

  @Caught(by = "changesTheEmbedder_onlyIfItSaysSo", saying = "parameters after 60 steps")
  static class ClaimsToLearn extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("none", context);
    }
  }

  @Caught(by = "changesNothingDuringWarmup", saying = "parameters after the warm-up")
  static class LearnsDuringWarmup extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        @Override
        public void onWrite(Slots slots, NewKeys<T> keys, T values) {
          super.onWrite(slots, keys, values);
          nudge();
        }
      };
    }
  }

  @Caught(
      by = "retainedBytes_growWithCapacity_andNeverWithTime",
      saying = "retained bytes at capacity 13 after step 4")
  static class Leaks extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        private long leaked;

        @Override
        public void onWrite(Slots slots, NewKeys<T> keys, T values) {
          super.onWrite(slots, keys, values);
          leaked += keys.requirePass().retainedBytes();
        }

        @Override
        public long retainedBytes() {
          return super.retainedBytes() + leaked;
        }
      };
    }
  }

  @Caught(
      by = "retainedBytes_growWithCapacity_andNeverWithTime",
      saying = "retained bytes at capacity 13")
  static class ClaimsToRetainNothing extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context);
    }
  }

  @Caught(
      by = "retainedBytes_growWithCapacity_andNeverWithTime",
      saying = "retained bytes at capacity 26")
  static class RetainsTheSameForAnyMemory extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        @Override
        public long retainedBytes() {
          return 4096;
        }
      };
    }
  }

  @Caught(by = "aStepThatThrows_leavesNoTrace", saying = "the state afterwards")
  static class CannotDiscard extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("synthetic-gradient", context) {
        @Override
        public void discard() {}
      };
    }
  }

  @Caught(by = "aStepThatThrows_leavesNoTrace", saying = "the state after a step that threw")
  @Caught(by = "assign_changesGradientsAlone", saying = "the state after credit was assigned")
  static class LearnsTooEarly extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("none", context) {
        @Override
        public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
          nudge();
        }
      };
    }
  }

  @Caught(by = "theSameSeedGivesTheSameBits", saying = "losses of step")
  static class DependsOnMoreThanItsSeed extends SpoiledAssigner.Contract {
    private int assigners;

    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      int mood = assigners++;
      return new SpoiledAssigner<>("backprop", context) {
        @Override
        public void update() {
          for (int i = 0; i < mood; i++) {
            nudge();
          }
        }
      };
    }
  }

  @Caught(by = "predictAndRecall_changeNothing", saying = "the same prediction again")
  @Caught(by = "aStepChangesNoMemory_butThoseItWrites", saying = "other keys")
  static class ChangesAKey extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        @Override
        public RecalledKeys<T> recall(Slots slots) {
          Slots first = Slots.of(slots.get(0));
          try (var scope = tensors.newScope();
              var room = new GrowingRows<>(tensors, context.memory().keySize())) {
            T key = scope.zeros(1, context.memory().keySize());
            tensors.copy(context.memory().keys(first, room), key);
            tensors.scale(0.9, key);
            context.memory().replaceKeys(first, NewKeys.of(key));
          }
          return super.recall(slots);
        }
      };
    }
  }

  @Caught(by = "hasAName_andOptionsWithNames", saying = "My Assigner")
  static class HasNoProperName extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context);
    }

    @Override
    public String name() {
      return "My Assigner";
    }
  }

  @Caught(by = "hasAName_andOptionsWithNames", saying = "law 7: options() must list")
  static class HidesAnOption extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context);
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("depth", "3"));
    }
  }

  @Caught(
      by = "withoutReinstatement_itSaysSo",
      saying = "law 7: refusal without a reinstatement; call CreditContext.requireReinstatement()")
  static class DoesWithoutItsReinstatement extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context);
    }

    @Override
    public boolean reinstates() {
      return true;
    }

    @Override
    protected Optional<ReinstatementProvider> reinstatement() {
      return Optional.of(Plugins.load(ReinstatementProvider.class).get("stored"));
    }
  }

  /** Counts its updates, and thinks nothing of telling anybody. */
  @Caught(by = "savedAndLoaded_itGoesOnWithTheSameBits", saying = "after loading at step")
  static class SavesLessThanItKnows extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        private int updates;

        @Override
        public void update() {
          if (updates++ % 5 == 4) {
            nudge();
          }
        }
      };
    }
  }

  @Caught(
      by = "anyNumberOfThreadsRead_whileNobodyWrites",
      saying = "answers of four threads that differ from one's")
  static class LearnsWhenRead extends SpoiledAssigner.Contract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        @Override
        public boolean embedsAnew() {
          return true;
        }

        @Override
        public void embedAnew(Slots slots, T out) {
          try (var room = new GrowingRows<>(tensors, context.memory().keySize())) {
            tensors.copy(context.memory().keys(slots, room), out);
          }
          nudge();
        }
      };
    }
  }
}
