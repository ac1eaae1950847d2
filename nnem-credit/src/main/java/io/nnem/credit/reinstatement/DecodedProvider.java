package io.nnem.credit.reinstatement;

import com.google.auto.service.AutoService;
import io.nnem.autoencoder.Decoder;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;

/** Offers {@code decoded}: the observation is decoded from the stored key. */
@AutoService(ReinstatementProvider.class)
public final class DecodedProvider implements ReinstatementProvider {

  /** For the service loader. */
  public DecodedProvider() {}

  @Override
  public String name() {
    return "decoded";
  }

  @Override
  public boolean needsDecoder() {
    return true;
  }

  @Override
  public <T> Reinstatement<T> create(ReinstatementContext<T> context) {
    Decoder<T> decoder =
        context
            .decoder()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Reinstatement 'decoded' needs a decoder, and there is none: name one, as in"
                            + " decoder(\"autoencoder\")."));
    return new DecodedKeys<>(context.tensors(), decoder);
  }
}
