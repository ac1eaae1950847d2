package io.nnem.testkit;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.BackendProvider;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.KeyRefresherProvider;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.RecallProvider;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** All contracts, for everything that comes with nnem, on one back end. */
abstract class BuiltInPluginsTests<T> {

  abstract Tensors<T> backend();

  /** What the back end is registered as; empty if it is not. */
  abstract Optional<String> backendName();

  /** Whether the back end's matrices know that their scope was closed. */
  boolean refusesReleasedMatrices() {
    return true;
  }

  @Nested
  class Backend extends TensorsContract<T> {
    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected boolean refusesReleasedMatrices() {
      return BuiltInPluginsTests.this.refusesReleasedMatrices();
    }

    @Override
    protected Optional<BackendProvider> provider() {
      return backendName().map(name -> Plugins.load(BackendProvider.class).get(name));
    }
  }

  @Nested
  class FixedCapacity extends MemoryStoreContract<T> {
    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected MemoryStoreProvider provider() {
      return Plugins.load(MemoryStoreProvider.class).get("fixed-capacity");
    }
  }

  /** The contract, for one of nnem's own eviction policies. */
  abstract class BuiltInEviction extends EvictionPolicyContract<T> {
    private final String name;

    BuiltInEviction(String name) {
      this.name = name;
    }

    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected EvictionPolicyProvider provider() {
      return Plugins.load(EvictionPolicyProvider.class).get(name);
    }
  }

  @Nested
  class Fifo extends BuiltInEviction {
    Fifo() {
      super("fifo");
    }
  }

  @Nested
  class ClassBalanced extends BuiltInEviction {
    ClassBalanced() {
      super("class-balanced");
    }
  }

  @Nested
  class LeastCertain extends BuiltInEviction {
    LeastCertain() {
      super("least-certain");
    }
  }

  @Nested
  class LeastRead extends BuiltInEviction {
    LeastRead() {
      super("least-read");
    }
  }

  @Nested
  class LeastRecentlyRead extends BuiltInEviction {
    LeastRecentlyRead() {
      super("least-recently-read");
    }
  }

  @Nested
  class Reservoir extends BuiltInEviction {
    Reservoir() {
      super("reservoir");
    }
  }

  /** The contract, for one of nnem's own recalls. */
  abstract class BuiltInRecall extends RecallContract<T> {
    private final String name;

    BuiltInRecall(String name) {
      this.name = name;
    }

    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected RecallProvider provider() {
      return Plugins.load(RecallProvider.class).get(name);
    }
  }

  @Nested
  class All extends BuiltInRecall {
    All() {
      super("all");
    }
  }

  @Nested
  class Nearest extends BuiltInRecall {
    Nearest() {
      super("nearest");
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("nearest-k", "3"));
    }
  }

  @Nested
  class Partitioned extends BuiltInRecall {
    Partitioned() {
      super("partitioned");
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("nearest-k", "3", "recall-target", "0.6"));
    }
  }

  /** The contract, for one of nnem's own refreshers of keys. */
  abstract class BuiltInRefresher extends KeyRefresherContract<T> {
    private final String name;

    BuiltInRefresher(String name) {
      this.name = name;
    }

    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected KeyRefresherProvider provider() {
      return Plugins.load(KeyRefresherProvider.class).get(name);
    }
  }

  @Nested
  class RoundRobin extends BuiltInRefresher {
    RoundRobin() {
      super("round-robin");
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("freshening-budget", "5"));
    }
  }

  @Nested
  class Drift extends BuiltInRefresher {
    Drift() {
      super("drift");
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("freshening-budget", "5"));
    }
  }

  @Nested
  class Transport extends BuiltInRefresher {
    Transport() {
      super("transport");
    }
  }

  @Nested
  class TransportNowAndThen extends BuiltInRefresher {
    TransportNowAndThen() {
      super("transport");
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("transport-every", "3"));
    }
  }

  @Nested
  class Mlp extends EmbedderContract<T> {
    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected EmbedderProvider provider() {
      return Plugins.load(EmbedderProvider.class).get("mlp");
    }
  }

  @Nested
  class Conv extends EmbedderContract<T> {
    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected EmbedderProvider provider() {
      return Plugins.load(EmbedderProvider.class).get("conv");
    }

    @Override
    protected RowShape observation() {
      return new RowShape(6, 5, 2);
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("conv-channels", "3,4"));
    }
  }

  @Nested
  class RandomProjection extends EmbedderContract<T> {
    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected EmbedderProvider provider() {
      return Plugins.load(EmbedderProvider.class).get("random-projection");
    }

    @Override
    protected boolean learns() {
      return false;
    }
  }

  @Nested
  class Identity extends EmbedderContract<T> {
    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected EmbedderProvider provider() {
      return Plugins.load(EmbedderProvider.class).get("identity");
    }

    @Override
    protected RowShape observation() {
      return RowShape.flat(5); // an embedding of the contract has 5 floats
    }

    @Override
    protected boolean learns() {
      return false;
    }

    @Override
    protected boolean isDrawn() {
      return false;
    }
  }

  @Nested
  class Autoencoder extends DecoderContract<T> {
    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected DecoderProvider provider() {
      return Plugins.load(DecoderProvider.class).get("autoencoder");
    }
  }

  /** With a small weight: at the full one, ignoring the embeddings is what the bound asks for. */
  @Nested
  class VariationalAutoencoder extends DecoderContract<T> {
    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected DecoderProvider provider() {
      return Plugins.load(DecoderProvider.class).get("variational-autoencoder");
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("kl-weight", "0.001", "kl-warmup", "0"));
    }
  }

  /** The contract, for one of nnem's own assigners. */
  abstract class BuiltIn extends CreditAssignerContract<T> {
    private final String name;
    private final Optional<String> reinstatement;

    BuiltIn(String name, Optional<String> reinstatement) {
      this.name = name;
      this.reinstatement = reinstatement;
    }

    @Override
    protected Tensors<T> tensors() {
      return backend();
    }

    @Override
    protected CreditAssignerProvider provider() {
      return Plugins.load(CreditAssignerProvider.class).get(name);
    }

    @Override
    protected Optional<ReinstatementProvider> reinstatement() {
      return reinstatement.map(source -> Plugins.load(ReinstatementProvider.class).get(source));
    }
  }

  @Nested
  class None extends BuiltIn {
    None() {
      super("none", Optional.empty());
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

  @Nested
  class Backprop extends BuiltIn {
    Backprop() {
      super("backprop", Optional.empty());
    }

    @Override
    protected boolean isTrueWhileNothingChanged() {
      return true;
    }
  }

  @Nested
  class SyntheticGradient extends BuiltIn {
    SyntheticGradient() {
      super("synthetic-gradient", Optional.empty());
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }
  }

  @Nested
  class SyntheticGradientNotApplied extends BuiltIn {
    SyntheticGradientNotApplied() {
      super("synthetic-gradient", Optional.empty());
    }

    @Override
    protected boolean learns() {
      return false;
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }

    @Override
    protected Options optionValues() {
      return new Options(Map.of("synthetic-applied", "false"));
    }
  }

  @Nested
  class ExactStored extends BuiltIn {
    ExactStored() {
      super("exact-reinstatement", Optional.of("stored"));
    }

    @Override
    protected boolean isTrueWhileNothingChanged() {
      return true;
    }

    @Override
    protected boolean recallFollowsTheEmbedder() {
      return true;
    }
  }

  @Nested
  class ExactDecoded extends BuiltIn {
    ExactDecoded() {
      super("exact-reinstatement", Optional.of("decoded"));
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }

    @Override
    protected boolean recallFollowsTheEmbedder() {
      return true;
    }
  }

  @Nested
  class ApproximateStored extends BuiltIn {
    ApproximateStored() {
      super("approximate-reinstatement", Optional.of("stored"));
    }

    @Override
    protected boolean isTrueWhileNothingChanged() {
      return true;
    }
  }

  @Nested
  class ApproximateDecoded extends BuiltIn {
    ApproximateDecoded() {
      super("approximate-reinstatement", Optional.of("decoded"));
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }
  }

  @Nested
  class AnchoredStored extends BuiltIn {
    AnchoredStored() {
      super("anchored-reinstatement", Optional.of("stored"));
    }

    @Override
    protected boolean isTrueWhileNothingChanged() {
      return true;
    }
  }

  @Nested
  class AnchoredDecoded extends BuiltIn {
    AnchoredDecoded() {
      super("anchored-reinstatement", Optional.of("decoded"));
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }
  }

  @Nested
  class AnchoredWithABudget extends AnchoredDecoded {
    @Override
    protected Options optionValues() {
      return new Options(Map.of("credit-budget", "3"));
    }
  }

  @Nested
  class ApproximateWithABudget extends ApproximateDecoded {
    @Override
    protected Options optionValues() {
      return new Options(Map.of("credit-budget", "3"));
    }
  }

  @Nested
  class HybridStored extends BuiltIn {
    HybridStored() {
      super("hybrid", Optional.of("stored"));
    }
  }

  @Nested
  class HybridDecoded extends BuiltIn {
    HybridDecoded() {
      super("hybrid", Optional.of("decoded"));
    }

    @Override
    protected Retains retains() {
      return Retains.NOTHING;
    }
  }

  @Nested
  class ChoosingHybridStored extends BuiltIn {
    ChoosingHybridStored() {
      super("choosing-hybrid", Optional.of("stored"));
    }
  }

  @Nested
  class ChoosingHybridDecoded extends BuiltIn {
    ChoosingHybridDecoded() {
      super("choosing-hybrid", Optional.of("decoded"));
    }
  }

  @Nested
  class ExactCode extends BuiltIn {
    ExactCode() {
      super("exact-reinstatement", Optional.of("code"));
    }

    @Override
    protected boolean recallFollowsTheEmbedder() {
      return true;
    }
  }

  @Nested
  class ApproximateCode extends BuiltIn {
    ApproximateCode() {
      super("approximate-reinstatement", Optional.of("code"));
    }
  }

  /** Codes of one byte a dimension. */
  private static final class InBytes implements ReinstatementProvider {
    private final ReinstatementProvider code =
        Plugins.load(ReinstatementProvider.class).get("code");

    @Override
    public String name() {
      return code.name();
    }

    @Override
    public boolean needsCodec() {
      return code.needsCodec();
    }

    @Override
    public <M> Reinstatement<M> create(ReinstatementContext<M> context) {
      return code.create(
          new ReinstatementContext<>(
              context.tensors(),
              context.memory(),
              context.observationSize(),
              context.decoder(),
              context.codec(),
              new Options(Map.of("code-bits", "8"))));
    }
  }

  @Nested
  class ExactCodeInBytes extends ExactCode {
    @Override
    protected Optional<ReinstatementProvider> reinstatement() {
      return Optional.of(new InBytes());
    }
  }

  @Nested
  class ApproximateCodeInBytes extends ApproximateCode {
    @Override
    protected Optional<ReinstatementProvider> reinstatement() {
      return Optional.of(new InBytes());
    }
  }

  @Nested
  class AnchoredCode extends BuiltIn {
    AnchoredCode() {
      super("anchored-reinstatement", Optional.of("code"));
    }
  }

  @Nested
  class HybridCode extends BuiltIn {
    HybridCode() {
      super("hybrid", Optional.of("code"));
    }
  }

  @Nested
  class ChoosingHybridCode extends BuiltIn {
    ChoosingHybridCode() {
      super("choosing-hybrid", Optional.of("code"));
    }
  }
}
