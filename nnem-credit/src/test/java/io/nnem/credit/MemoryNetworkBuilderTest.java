package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.network.Dense;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not fit is refused when a network is built. */
class MemoryNetworkBuilderTest {
  private final ReferenceTensors tensors = new ReferenceTensors();

  private MemoryNetworkBuilder<Matrix> builder() {
    return MemoryNetwork.builder(tensors)
        .embedder("mlp", 12, 4)
        .capacity(6)
        .valueSize(3)
        .assigner("none");
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        misfit(b -> b.capacity(0), "A memory network needs a capacity of 1 or more"),
        misfit(b -> b.valueSize(0), "A memory network needs a value size of 1 or more"),
        misfit(b -> b.assigner("exact-reinstatement"), "exact-reinstatement"),
        misfit(b -> b.assigner("exact-reinstatement", "decoded"), "decoder"),
        misfit(b -> b.assigner("exact-reinstatement", "code"), "autoencoder"),
        misfit(b -> b.recall("nearst"), "nearst", "nearest", "all"),
        misfit(
            b -> b.reader(() -> embedder(12, 5)),
            "The reader's embeddings have 5 floats, but the writer's have 4"),
        misfit(
            b -> b.decoder(decoder(12, 5)),
            "The decoder's embeddings have 5 floats, but the embedder's have 4"),
        misfit(
            b -> b.decoder(decoder(11, 4)),
            "The decoder's observations have 11 floats, but the embedder's have 12"),
        misfit(b -> b.store(new Half()), "The store has a capacity of 3, but 6 was asked for"),
        misfit(
            b -> b.option("nearest-k", "3"),
            "None of this network's plug-ins has an option 'nearest-k'"),
        misfit(
            b -> b.recall("nearest").option("nearest-k", "0"),
            "Option nearest-k must be a whole number, 1 or more, but it is '0'."),
        misfit(
            b -> b.assigner("synthetic-gradient").option("synthetic-learning-rate", "fast"),
            "Option synthetic-learning-rate must be a finite number, above 0, but it is 'fast'."));
  }

  private static Arguments misfit(Consumer<MemoryNetworkBuilder<Matrix>> change, String... words) {
    return Arguments.of(change, List.of(words));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void whatDoesNotFitIsRefused(Consumer<MemoryNetworkBuilder<Matrix>> change, List<String> words) {
    MemoryNetworkBuilder<Matrix> builder = builder();
    change.accept(builder);
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void withoutAnEmbedderOrAnAssignerTheCallIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryNetwork.builder(tensors).assigner("none").build())
        .withMessage("A memory network needs an embedder: call embedder(...) of its builder.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryNetwork.builder(tensors).embedder("mlp", 12, 4).build())
        .withMessage(
            "A memory network needs a credit assigner: call assigner(...) of its builder.");
  }

  @Test
  void aDecoderThatWasHandedOverStaysOpen_ifNothingIsBuilt() {
    try (Decoder<Matrix> decoder = decoder(12, 5)) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder().decoder(decoder).build());
      try (Scope<Matrix> scope = tensors.newScope()) {
        Matrix observations = scope.zeros(1, 12);
        decoder.decode(scope.zeros(1, 5), observations);
        assertThat(tensors.get(observations, 0, 0)).isStrictlyBetween(0.0, 1.0);
      }
    }
  }

  private static Embedder<Matrix> embedder(int observation, int embedding) {
    return new NetworkEmbedder<>(
        new EmbedderContext<>(
            new ReferenceTensors(),
            RowShape.flat(observation),
            embedding,
            List.of(3),
            OptimiserSettings.adam(0.001),
            1,
            Options.none()),
        Dense.stack(List.of(3), embedding, Activation.LINEAR));
  }

  private static Decoder<Matrix> decoder(int observation, int embedding) {
    return new PerceptronDecoder<>(
        new DecoderContext<>(
            new ReferenceTensors(),
            embedding,
            observation,
            List.of(3),
            Activation.SIGMOID,
            Loss.BINARY_CROSS_ENTROPY,
            OptimiserSettings.adam(0.001),
            1,
            Options.none()));
  }

  /** Has room for half of what was asked for. */
  private static final class Half implements MemoryStoreProvider {
    @Override
    public String name() {
      return "half";
    }

    @Override
    public <T> MemoryStore<T> create(MemoryStoreContext<T> context) {
      return new FixedCapacityStore<>(
          new MemoryStoreContext<>(
              context.tensors(),
              context.capacity() / 2,
              context.keySize(),
              context.valueSize(),
              context.options()));
    }
  }
}
