package io.nnem.testkit;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Recollection;
import io.nnem.memory.Slots;
import org.junit.jupiter.api.Test;

/** Each wrong assigner must be caught, in the test that is named after the law it breaks. */
class WrongAssignersTest {

  /** An assigner that is right, for wrong ones to extend. */
  private static class Spoiled<T> implements CreditAssigner<T> {
    final CreditContext<T> context;
    final Tensors<T> tensors;
    final Embedder<T> embedder;
    final CreditAssigner<T> right;

    Spoiled(String name, CreditContext<T> context) {
      this.context = context;
      this.tensors = context.tensors();
      this.embedder = context.embedder();
      this.right = Plugins.load(CreditAssignerProvider.class).get(name).create(context);
    }

    @Override
    public Recollection<T> recall(Slots slots) {
      return right.recall(slots);
    }

    @Override
    public void assign(Recollection<T> recalled, T weights, T keyGradient) {
      right.assign(recalled, weights, keyGradient);
    }

    @Override
    public void embedded(ForwardPass<T> pass, T values) {
      right.embedded(pass, values);
    }

    @Override
    public void update() {
      right.update();
    }

    @Override
    public void discard() {
      right.discard();
    }

    @Override
    public void written(Slots slots, ForwardPass<T> pass) {
      right.written(slots, pass);
    }

    @Override
    public long retainedBytes() {
      return right.retainedBytes();
    }

    @Override
    public void close() {
      right.close();
    }

    void nudge() {
      T weights = embedder.parameters().get(0).value();
      tensors.set(weights, 0, 0, tensors.get(weights, 0, 0) + 0.01);
    }
  }

  private abstract static class Wrong implements CreditAssignerProvider {
    @Override
    public String name() {
      return "wrong";
    }
  }

  abstract static class Contract extends CreditAssignerContract<Matrix> {
    private final CreditAssignerProvider provider;

    Contract(CreditAssignerProvider provider) {
      this.provider = provider;
    }

    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected CreditAssignerProvider provider() {
      return provider;
    }
  }

  private static final class TouchingNone extends Wrong {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("none", context) {
        @Override
        public void update() {
          nudge();
        }
      };
    }
  }

  static class TouchesAParameter extends Contract {
    TouchesAParameter() {
      super(new TouchingNone());
    }

    @Override
    protected boolean learns() {
      return false;
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }
  }

  @Test
  void law3_aNoneThatLearns_isCaught() {
    Caught.by(
        TouchesAParameter.class,
        "law3_changesTheEmbedder_onlyIfItSaysSo",
        "parameters after 60 steps");
  }

  private static final class Leaking extends Wrong {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("backprop", context) {
        private long leaked;

        @Override
        public void written(Slots slots, ForwardPass<T> pass) {
          super.written(slots, pass);
          leaked += pass.retainedBytes();
        }

        @Override
        public long retainedBytes() {
          return super.retainedBytes() + leaked;
        }
      };
    }
  }

  static class Leaks extends Contract {
    Leaks() {
      super(new Leaking());
    }
  }

  @Test
  void law3_aLeak_isCaught() {
    Caught.by(
        Leaks.class,
        "law3_retainedBytes_growWithCapacity_andNeverWithTime",
        "retained bytes at capacity 13 after step 4");
  }

  private static final class Retaining extends Wrong {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("backprop", context);
    }
  }

  static class ClaimsToRetainNothing extends Contract {
    ClaimsToRetainNothing() {
      super(new Retaining());
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }
  }

  @Test
  void law3_bytesThatWereNotDeclared_areCaught() {
    Caught.by(
        ClaimsToRetainNothing.class,
        "law3_retainedBytes_growWithCapacity_andNeverWithTime",
        "retained bytes at capacity 13");
  }

  private static final class Zeroing extends Wrong {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("backprop", context) {
        @Override
        public void assign(Recollection<T> recalled, T weights, T keyGradient) {
          try (var scope = tensors.newScope()) {
            T copy = scope.zeros(tensors.rows(keyGradient), tensors.columns(keyGradient));
            tensors.copy(keyGradient, copy);
            tensors.fill(0, tensors.rowRange(copy, 0, 1));
            super.assign(recalled, weights, copy);
          }
        }
      };
    }
  }

  static class ForgetsAMemory extends Contract {
    ForgetsAMemory() {
      super(new Zeroing());
    }

    @Override
    protected boolean isTrueWhileNothingChanged() {
      return true;
    }
  }

  @Test
  void law1_andLaw2_aForgottenMemory_isCaught() {
    Caught.by(
        ForgetsAMemory.class,
        "law1_theWholeChain_agreesWithFiniteDifferences_whileNothingChanged",
        "law 1: the gradient of layer-1.weights");
    Caught.by(
        ForgetsAMemory.class,
        "law2_equalsExactReinstatementFromStored_whileNothingChanged",
        "gradient after 1 writes");
  }

  private static final class Stale extends Wrong {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("backprop", context) {
        private int taken;

        @Override
        public void written(Slots slots, ForwardPass<T> pass) {
          if (taken < context.memory().capacity()) { // and never again
            super.written(slots, pass);
            taken += slots.count();
          }
        }
      };
    }
  }

  static class KeepsStalePasses extends Contract {
    KeepsStalePasses() {
      super(new Stale());
    }

    @Override
    protected boolean isTrueWhileNothingChanged() {
      return true;
    }
  }

  @Test
  void law2_aStalePass_isCaught() {
    Caught.by(
        KeepsStalePasses.class,
        "law2_equalsExactReinstatementFromStored_whileNothingChanged",
        "gradient after 5 writes");
  }

  private static final class Irrevocable extends Wrong {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("synthetic-gradient", context) {
        @Override
        public void discard() {}
      };
    }
  }

  static class CannotDiscard extends Contract {
    CannotDiscard() {
      super(new Irrevocable());
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }
  }

  @Test
  void law4_aStepThatIsNotForgotten_isCaught() {
    Caught.by(CannotDiscard.class, "law4_aStepThatThrows_leavesNoTrace", "the next step's losses");
  }

  private static final class Hasty extends Wrong {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("none", context) {
        @Override
        public void assign(Recollection<T> recalled, T weights, T keyGradient) {
          nudge();
        }
      };
    }
  }

  static class LearnsTooEarly extends Contract {
    LearnsTooEarly() {
      super(new Hasty());
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
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

  private static final class Moody extends Wrong {
    private int assigners;

    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      int mood = assigners++;
      return new Spoiled<>("backprop", context) {
        @Override
        public void update() {
          for (int i = 0; i < mood; i++) {
            nudge();
          }
        }
      };
    }
  }

  static class DependsOnMoreThanItsSeed extends Contract {
    DependsOnMoreThanItsSeed() {
      super(new Moody());
    }
  }

  @Test
  void law5_bitsThatDependOnMoreThanTheSeed_areCaught() {
    Caught.by(DependsOnMoreThanItsSeed.class, "law5_theSameSeedGivesTheSameBits", "losses of step");
  }

  private static final class Meddling extends Wrong {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("backprop", context) {
        @Override
        public Recollection<T> recall(Slots slots) {
          Slots first = Slots.of(slots.get(0));
          try (var scope = tensors.newScope()) {
            T key = scope.zeros(1, context.memory().keySize());
            tensors.copy(context.memory().keys(first), key);
            tensors.scale(0.9, key);
            context.memory().replaceKeys(first, key);
          }
          return super.recall(slots);
        }
      };
    }
  }

  static class ChangesAKey extends Contract {
    ChangesAKey() {
      super(new Meddling());
    }
  }

  @Test
  void law6_aKeyChangedByRecall_isCaught() {
    Caught.by(
        ChangesAKey.class, "law6_predictAndRecall_changeNothing", "the state after a prediction");
    Caught.by(ChangesAKey.class, "law6_aStepChangesNoMemory_butThoseItWrites", "other keys");
  }

  private static final class Nameless implements CreditAssignerProvider {
    @Override
    public String name() {
      return "My Assigner";
    }

    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Spoiled<>("backprop", context);
    }
  }

  static class HasNoProperName extends Contract {
    HasNoProperName() {
      super(new Nameless());
    }
  }

  @Test
  void law7_aNameThatCannotBeAskedFor_isCaught() {
    Caught.by(HasNoProperName.class, "law7_hasAName_andOptionsWithNames", "My Assigner");
  }
}
