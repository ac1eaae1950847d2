package io.nnem.credit.reinstatement;

import com.google.auto.service.AutoService;
import io.nnem.autoencoder.Codec;
import io.nnem.core.Option;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import java.util.List;

/**
 * Offers {@code code}: the observation is decoded from a code that is kept beside each memory, made
 * by an autoencoder that no longer changes.
 *
 * <p>Options: {@code code-bits}, 32 (a float for each dimension of the code, unless overridden) or
 * 8 (a byte); {@code code-size}, which must be the codec's if it is set.
 */
@AutoService(ReinstatementProvider.class)
public final class CodeProvider implements ReinstatementProvider {

  /** Floats of a code. */
  public static final Option<Integer> SIZE =
      Option.integer("code-size", 32, "floats of a code, as the autoencoder has them")
          .where(size -> size >= 1, "1 or more");

  private static final Option<Integer> BITS =
      Option.integer("code-bits", 32, "bits of each number of a code that is kept")
          .where(bits -> bits == 8 || bits == 32, "8 or 32");

  /** For the service loader. */
  public CodeProvider() {}

  @Override
  public String name() {
    return "code";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(SIZE, BITS);
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
    int size = context.options().get(SIZE);
    boolean asked = context.options().values().containsKey(SIZE.name());
    if (asked && size != codec.codeSize()) {
      throw new IllegalArgumentException(
          "Option code-size is "
              + size
              + ", but the codec's codes have "
              + codec.codeSize()
              + " floats: make them agree, or leave the option out.");
    }
    return new CodedObservations<>(
        context,
        codec,
        context.options().get(BITS) == 8
            ? new ByteCodes<>(context, codec)
            : new FloatCodes<>(context, codec));
  }
}
