package io.nnem.autoencoder.internal;

import com.google.auto.service.AutoService;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;

/** Offers {@link PerceptronDecoder} as {@code autoencoder}. */
@AutoService(DecoderProvider.class)
public final class AutoencoderProvider implements DecoderProvider {

  /** For the service loader. */
  public AutoencoderProvider() {}

  @Override
  public String name() {
    return "autoencoder";
  }

  @Override
  public <T> Decoder<T> create(DecoderContext<T> context) {
    return new PerceptronDecoder<>(context);
  }
}
