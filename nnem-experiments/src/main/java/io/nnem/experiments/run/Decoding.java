package io.nnem.experiments.run;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.pretrained.Weights;
import io.nnem.memory.EvictionPolicyProvider;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What gets observations back in a trial. A network takes both over when it is built.
 *
 * @param decoder learns beside the embedder; empty if nobody needs one
 * @param codec an autoencoder that no longer changes; empty if none was trained
 */
public record Decoding<T>(Optional<Decoder<T>> decoder, Optional<Codec<T>> codec)
    implements AutoCloseable {

  /** For conditions that go along with one training; to be handed to {@link Assembly#network}. */
  public static <T> Decoding<T> of(Assembly<T> assembly, Collection<Condition> conditions) {
    return new Decoding<>(
        needsDecoder(assembly, conditions) ? Optional.of(assembly.decoder()) : Optional.empty(),
        assembly.start().code().map(code -> codec(assembly, code)));
  }

  private static boolean needsDecoder(Assembly<?> assembly, Collection<Condition> conditions) {
    ExperimentConfig config = assembly.config();
    return config.decoding().reconstructionTrainsEmbedder()
        || assembly
            .plugin(EvictionPolicyProvider.class, config.memory().eviction())
            .needsUncertainty()
        || anyReinstatement(assembly, conditions, ReinstatementProvider::needsDecoder);
  }

  /** Whether an autoencoder that no longer changes is needed for some of these conditions. */
  static boolean needsCodec(Assembly<?> assembly, Collection<Condition> conditions) {
    return anyReinstatement(assembly, conditions, ReinstatementProvider::needsCodec);
  }

  private static boolean anyReinstatement(
      Assembly<?> assembly,
      Collection<Condition> conditions,
      Predicate<ReinstatementProvider> question) {
    return conditions.stream()
        .flatMap(condition -> assembly.config().reinstatement(condition).stream())
        .anyMatch(from -> question.test(assembly.plugin(ReinstatementProvider.class, from)));
  }

  private static <T> Codec<T> codec(Assembly<T> assembly, Weights code) {
    Autoencoder<T> autoencoder =
        assembly.autoencoder(assembly.config().decoding().decoder(), assembly.codeSize());
    code.toEncoder(assembly.tensors(), autoencoder.encoder().parameters());
    code.toDecoder(assembly.tensors(), autoencoder.decoder().parameters());
    return autoencoder.fix(code.ranges());
  }

  /** Releases both, for when no network could be built. */
  @Override
  public void close() {
    try (Owned parts = new Owned()) {
      decoder.ifPresent(parts::own);
      codec.ifPresent(parts::own);
    }
  }
}
