package io.nnem.core.network;

import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** What embedders that are a network do alike, whether or not it learns. */
abstract class NetworkEmbedder<T> implements Embedder<T> {

  final MultilayerPerceptron<T> network;
  private long version;

  /** Draws a network with these hidden layers (ReLU) and a linear last layer. */
  NetworkEmbedder(EmbedderContext<T> context, List<Integer> hidden) {
    List<Integer> sizes = new ArrayList<>();
    sizes.add(context.observationSize());
    sizes.addAll(hidden);
    sizes.add(context.embeddingSize());
    network =
        new MultilayerPerceptron<>(
            context.tensors(),
            sizes,
            Activation.RELU,
            Activation.LINEAR,
            Seeds.random(context.seed(), "embedder"));
  }

  @Override
  public final int observationSize() {
    return network.inputs();
  }

  @Override
  public final int embeddingSize() {
    return network.outputs();
  }

  @Override
  public final void embed(T observations, T out) {
    network.apply(observations, out);
  }

  @Override
  public final ForwardPass<T> newPass(int capacity) {
    return network.newPass(capacity);
  }

  @Override
  public final T forward(T observations, ForwardPass<T> pass) {
    return network.forward(observations, pass);
  }

  @Override
  public void update() {
    version++;
  }

  @Override
  public final long version() {
    return version;
  }

  @Override
  public void save(StateWriter out) {
    out.longs("version", version);
    out.part("network", network);
  }

  @Override
  public void load(StateReader in) {
    version = in.number("version", 0, Long.MAX_VALUE);
    in.part("network", network);
  }

  @Override
  public void close() {
    network.close();
  }
}
