package io.nnem.core.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Layer;
import io.nnem.core.network.Convolution2d;
import io.nnem.core.network.Dense;
import io.nnem.core.network.NetworkEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Offers a convolutional network as {@code conv}: convolutions of 3 x 3 with a padding of 1 and
 * ReLU, as many as {@code conv-channels} (16,32) has numbers, each with a stride of {@code
 * conv-stride} (2), and a dense layer to the embedding. Hidden layers are not used.
 */
@AutoService(EmbedderProvider.class)
public final class ConvProvider implements EmbedderProvider {

  private static final String CHANNELS = "conv-channels";
  private static final String STRIDE = "conv-stride";

  /** For the service loader. */
  public ConvProvider() {}

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(CHANNELS, STRIDE);
  }

  @Override
  public <T> Embedder<T> create(EmbedderContext<T> context) {
    int stride = context.options().integer(STRIDE, 2);
    List<Layer> layers = new ArrayList<>();
    for (int channels : context.options().integers(CHANNELS, List.of(16, 32))) {
      layers.add(new Convolution2d(channels, 3, stride, 1, Activation.RELU));
    }
    layers.add(new Dense(context.embeddingSize(), Activation.LINEAR));
    return new NetworkEmbedder<>(context, layers);
  }
}
