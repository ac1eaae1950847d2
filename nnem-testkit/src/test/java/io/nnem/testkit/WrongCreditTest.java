package io.nnem.testkit;

import io.nnem.core.GrowingRows;
import io.nnem.core.Plugins;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each assigner whose gradient is wrong must be caught. */
class WrongCreditTest extends WrongPlugins {

  static class Right extends SpoiledAssigner.TrueContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context);
    }
  }

  @Test
  void aRightAssigner_isNotCaught() {
    assertNotCaught(Right.class);
  }

  @Caught(
      by = "theWholeChain_agreesWithFiniteDifferences_whileNothingChanged",
      saying = "law 1: the gradient of layer-1.weights")
  @Caught(
      by = "equalsExactReinstatementFromStored_whileNothingChanged",
      saying = "gradient after 1 writes")
  static class ForgetsAMemory extends SpoiledAssigner.TrueContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        @Override
        public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
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

  @Caught(
      by = "theWholeChain_agreesWithFiniteDifferences_atAnyTime",
      saying = "law 1: the gradient of layer-1.weights at")
  static class HalvesTheCredit extends SpoiledAssigner.FrugalContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("exact-reinstatement", context) {
        @Override
        public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
          super.assign(recalled, weights, keyGradient);
          embedder.parameters().forEach(p -> tensors.scale(0.5, p.gradient()));
        }
      };
    }

    @Override
    public boolean reinstates() {
      return true;
    }

    @Override
    protected Optional<ReinstatementProvider> reinstatement() {
      return Optional.of(Plugins.load(ReinstatementProvider.class).get("decoded"));
    }

    @Override
    protected boolean recallFollowsTheEmbedder() {
      return true;
    }
  }

  @Caught(
      by = "theWholeChain_agreesWithFiniteDifferences_atAnyTime",
      saying = "layer-1.weights: the function does not depend on it, nothing is tested")
  static class ClaimsThatItsKeysFollow extends Right {
    @Override
    protected boolean recallFollowsTheEmbedder() {
      return true;
    }
  }

  @Caught(
      by = "equalsExactReinstatementFromStored_whileNothingChanged",
      saying = "gradient after 5 writes")
  @Caught(
      by = "aSlotThatIsWrittenAnew_forgetsItsFormerMemory",
      saying = "slots that never held anything else")
  static class KeepsStalePasses extends SpoiledAssigner.TrueContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        private int taken;

        @Override
        public void onWrite(Slots slots, NewKeys<T> keys, T values) {
          if (taken < context.memory().capacity()) { // and never again
            super.onWrite(slots, keys, values);
            taken += slots.count();
          }
        }
      };
    }
  }

  @Caught(
      by = "equalsExactReinstatement_forSomeOfTheMemories",
      saying = "gradient of four memories")
  static class TakesSlotsInTheirOwnOrder extends SpoiledAssigner.TrueContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        @Override
        public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
          int[] sorted = recalled.slots().toArray();
          Arrays.sort(sorted);
          super.assign(new RecalledKeys<>(Slots.of(sorted), recalled.keys()), weights, keyGradient);
        }
      };
    }
  }

  @Caught(by = "equalsExactReinstatement_forSomeOfTheMemories", saying = "the keys' gradient")
  static class WritesToTheKeysGradient extends SpoiledAssigner.TrueContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("backprop", context) {
        @Override
        public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
          super.assign(recalled, weights, keyGradient);
          tensors.fill(0, keyGradient);
        }
      };
    }
  }

  /** Gives back the observation of another memory. */
  private static final class Confused implements ReinstatementProvider {
    @Override
    public String name() {
      return "confused";
    }

    @Override
    public <T> Reinstatement<T> create(ReinstatementContext<T> context) {
      var stored = Plugins.load(ReinstatementProvider.class).get("stored").create(context);
      return new Reinstatement<>() {
        @Override
        public T observations(Slots slots, T keys, GrowingRows<T> room) {
          int[] others = slots.toArray();
          int first = others[0];
          others[0] = others[others.length - 1];
          others[others.length - 1] = first;
          return stored.observations(Slots.of(others), keys, room);
        }

        @Override
        public void onWrite(Slots slots, NewKeys<T> keys, T values) {
          stored.onWrite(slots, keys, values);
        }

        @Override
        public void save(StateWriter out) {
          stored.save(out);
        }

        @Override
        public void load(StateReader in) {
          stored.load(in);
        }

        @Override
        public long retainedBytes() {
          return stored.retainedBytes();
        }

        @Override
        public void close() {
          stored.close();
        }
      };
    }
  }

  @Caught(
      by = "equalsExactReinstatementFromStored_whileNothingChanged",
      saying = "gradient after 1 writes")
  static class ReinstatesAnotherObservation extends SpoiledAssigner.TrueContract {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new SpoiledAssigner<>("approximate-reinstatement", context);
    }

    @Override
    public boolean reinstates() {
      return true;
    }

    @Override
    protected Optional<ReinstatementProvider> reinstatement() {
      return Optional.of(new Confused());
    }
  }
}
