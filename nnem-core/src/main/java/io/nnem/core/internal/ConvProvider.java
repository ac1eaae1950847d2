package io.nnem.core.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Layer;
import io.nnem.core.Option;
import io.nnem.core.network.Convolution2d;
import io.nnem.core.network.Dense;
import io.nnem.core.network.NetworkEmbedder;
import java.util.ArrayList;
import java.util.List;

/**
 * Offers a convolutional network as {@code conv}: convolutions of 3 x 3 with a padding of 1 and
 * ReLU, as many as {@code conv-channels} (16,32) has numbers, each with a stride of {@code
 * conv-stride} (2), and a dense layer to the embedding. Hidden layers are not used.
 */
@AutoService(EmbedderProvider.class)
public final class ConvProvider implements EmbedderProvider {

  private static final Option<List<Integer>> CHANNELS =
      Option.integers(
              "conv-channels", List.of(16, 32), "channels that each convolution gives, one by one")
          .where(all -> all.stream().allMatch(each -> each >= 1), "each 1 or more");
  private static final Option<Integer> STRIDE =
      Option.integer("conv-stride", 2, "pixels from one place of a convolution to the next")
          .where(stride -> stride >= 1, "1 or more");

  /** For the service loader. */
  public ConvProvider() {}

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(CHANNELS, STRIDE);
  }

  @Override
  public <T> Embedder<T> create(EmbedderContext<T> context) {
    int stride = context.options().get(STRIDE);
    List<Layer> layers = new ArrayList<>();
    for (int channels : context.options().get(CHANNELS)) {
      layers.add(new Convolution2d(channels, 3, stride, 1, Activation.RELU));
    }
    layers.add(new Dense(context.embeddingSize(), Activation.LINEAR));
    return new NetworkEmbedder<>(context, layers);
  }
}
