package io.nnem.autoencoder.internal;

import com.google.auto.service.AutoService;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.autoencoder.variational.VariationalDecoder;
import io.nnem.core.Option;
import java.util.List;

/** Offers {@link VariationalDecoder} as {@code variational-autoencoder}. */
@AutoService(DecoderProvider.class)
public final class VariationalAutoencoderProvider implements DecoderProvider {

  /** For the service loader. */
  public VariationalAutoencoderProvider() {}

  @Override
  public String name() {
    return "variational-autoencoder";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(VariationalDecoder.WEIGHT, VariationalDecoder.WARMUP);
  }

  @Override
  public boolean isUncertain() {
    return true;
  }

  @Override
  public <T> Decoder<T> create(DecoderContext<T> context) {
    return new VariationalDecoder<>(context);
  }
}
