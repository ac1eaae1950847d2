package io.nnem.credit.reinstatement;

import com.google.auto.service.AutoService;
import io.nnem.autoencoder.Codec;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import java.util.Set;

/**
 * Offers {@code code}: the observation is decoded from a code that is kept beside each memory, made
 * by an autoencoder that no longer changes.
 *
 * <p>Options: {@code code-bits}, 32 (a float for each dimension of the code, unless overridden) or
 * 8 (a byte); {@code code-size}, which must be the codec's if it is set.
 */
@AutoService(ReinstatementProvider.class)
public final class CodeProvider implements ReinstatementProvider {

  private static final String SIZE = "code-size";
  private static final String BITS = "code-bits";

  /** For the service loader. */
  public CodeProvider() {}

  @Override
  public String name() {
    return "code";
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(SIZE, BITS);
  }

  @Override
  public boolean needsCodec() {
    return true;
  }

  @Override
  public <T> Reinstatement<T> create(ReinstatementContext<T> context) {
    Codec<T> codec =
        context
            .codec()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Reinstatement 'code' needs an autoencoder that was trained beforehand, and"
                            + " there is none: give its context a codec."));
    if (codec.observationSize() != context.observationSize()) {
      throw new IllegalArgumentException(
          "The codec is for observations of "
              + codec.observationSize()
              + " floats, but they have "
              + context.observationSize()
              + ".");
    }
    int size = context.options().integer(SIZE, codec.codeSize());
    if (size != codec.codeSize()) {
      throw new IllegalArgumentException(
          "Option code-size is "
              + size
              + ", but the codec's codes have "
              + codec.codeSize()
              + " floats: make them agree, or leave the option out.");
    }
    int bits = context.options().integer(BITS, 32);
    return switch (bits) {
      case 8 -> new CodedObservations<>(context, codec, new ByteCodes<>(context, codec));
      case 32 -> new CodedObservations<>(context, codec, new FloatCodes<>(context, codec));
      default ->
          throw new IllegalArgumentException(
              "Option code-bits must be 8 or 32, but it is " + bits + ".");
    };
  }
}
