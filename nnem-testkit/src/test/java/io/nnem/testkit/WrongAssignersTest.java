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
import org.junit.jupiter.api.Test;

/**
 * Each assigner that touches, keeps or depends on what it must not must be caught, in the test that
 * is named after the law it breaks. Wrong gradients are in {@link WrongCreditTest}.
 */
class WrongAssignersTest {

  private static final String RETAINED = "law3_retainedBytes_growWithCapacity_andNeverWithTime";

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

  @Test
  void law3_aNoneThatLearns_isCaught() {
    Caught.by(
        TouchesAParameter.class,
        "law3_changesTheEmbedder_onlyIfItSaysSo",
        "parameters after 60 steps");
  }

  static class ClaimsToLearn extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("none", context);
    }
  }

  @Test
  void law3_anAssignerThatClaimsToLearn_isCaught() {
    Caught.by(
        ClaimsToLearn.class, "law3_changesTheEmbedder_onlyIfItSaysSo", "parameters after 60 steps");
  }

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

  @Test
  void law3_aParameterChangedDuringWarmup_isCaught() {
    Caught.by(
        LearnsDuringWarmup.class,
        "law3_changesNothingDuringWarmup",
        "parameters after the warm-up");
  }

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

  @Test
  void law3_aLeak_isCaught() {
    Caught.by(Leaks.class, RETAINED, "retained bytes at capacity 13 after step 4");
  }

  static class ClaimsToRetainNothing extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context);
    }
  }

  @Test
  void law3_bytesThatWereNotDeclared_areCaught() {
    Caught.by(ClaimsToRetainNothing.class, RETAINED, "retained bytes at capacity 13");
  }

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

  @Test
  void law3_bytesThatDoNotFollowTheCapacity_areCaught() {
    Caught.by(RetainsTheSameForAnyMemory.class, RETAINED, "retained bytes at capacity 26");
  }

  static class CannotDiscard extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("synthetic-gradient", context) {
        @Override
        public void discard() {}
      };
    }
  }

  @Test
  void law4_aStepThatIsNotForgotten_isCaught() {
    Caught.by(CannotDiscard.class, "law4_aStepThatThrows_leavesNoTrace", "the state afterwards");
  }

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

  @Test
  void law4_andLaw6_aParameterChangedByAssign_isCaught() {
    Caught.by(
        LearnsTooEarly.class,
        "law4_aStepThatThrows_leavesNoTrace",
        "the state after a step that threw");
    Caught.by(
        LearnsTooEarly.class,
        "law6_assign_changesGradientsAlone",
        "the state after credit was assigned");
  }

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

  @Test
  void law5_bitsThatDependOnMoreThanTheSeed_areCaught() {
    Caught.by(DependsOnMoreThanItsSeed.class, "law5_theSameSeedGivesTheSameBits", "losses of step");
  }

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

  @Test
  void law6_aKeyChangedByRecall_isCaught() {
    Caught.by(
        ChangesAKey.class, "law6_predictAndRecall_changeNothing", "the same prediction again");
    Caught.by(ChangesAKey.class, "law6_aStepChangesNoMemory_butThoseItWrites", "other keys");
  }

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

  @Test
  void law7_aNameThatCannotBeAskedFor_isCaught() {
    Caught.by(HasNoProperName.class, "law7_hasAName_andOptionsWithNames", "My Assigner");
  }

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

  @Test
  void law7_anOptionThatIsNotListed_isCaught() {
    Caught.by(
        HidesAnOption.class, "law7_hasAName_andOptionsWithNames", "law 7: options() must list");
  }

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

  @Test
  void law7_aReinstatementThatNobodyAsksFor_isCaught() {
    Caught.by(
        DoesWithoutItsReinstatement.class,
        "law7_withoutReinstatement_itSaysSo",
        "law 7: refusal without a reinstatement; call CreditContext.requireReinstatement()");
  }

  /** Counts its updates, and thinks nothing of telling anybody. */
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

  @Test
  void law5_aStateThatIsNotSaved_isCaught() {
    Caught.by(
        SavesLessThanItKnows.class,
        "law5_savedAndLoaded_itGoesOnWithTheSameBits",
        "after loading at step");
  }

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

  @Test
  void law8_aReadingThatChangesAParameter_isCaught() {
    Caught.by(
        LearnsWhenRead.class,
        "law8_anyNumberOfThreadsRead_whileNobodyWrites",
        "answers of four threads that differ from one's");
  }
}
