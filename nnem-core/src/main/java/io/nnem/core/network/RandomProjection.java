package io.nnem.core.network;

import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import io.nnem.core.Seeds;
import java.util.List;

/**
 * A linear map, drawn at random and never changed: what Blundell et al. 2016 (Model-Free Episodic
 * Control) embed with, and the least that a learned embedding must beat.
 *
 * @param <T> the matrix type
 */
public final class RandomProjection<T> implements Embedder<T> {

  private final MultilayerPerceptron<T> network;
  private long version;

  /**
   * Creates the embedder.
   *
   * @param context sizes and seed; hidden layers and optimiser are not used
   */
  public RandomProjection(EmbedderContext<T> context) {
    network =
        new MultilayerPerceptron<>(
            context.tensors(),
            List.of(context.observationSize(), context.embeddingSize()),
            Activation.LINEAR,
            Activation.LINEAR,
            Seeds.random(context.seed(), "embedder"));
  }

  @Override
  public int observationSize() {
    return network.inputs();
  }

  @Override
  public int embeddingSize() {
    return network.outputs();
  }

  @Override
  public void embed(T observations, T out) {
    network.apply(observations, out);
  }

  @Override
  public ForwardPass<T> newPass(int capacity) {
    return network.newPass(capacity);
  }

  @Override
  public T forward(T observations, ForwardPass<T> pass) {
    return network.forward(observations, pass);
  }

  /** Does nothing: there is nothing to learn. */
  @Override
  public void backward(ForwardPass<T> pass, T embeddingGradient) {}

  @Override
  public void update() {
    version++;
  }

  @Override
  public void clearGradients() {}

  @Override
  public long version() {
    return version;
  }

  @Override
  public List<Parameter<T>> parameters() {
    return List.of();
  }

  @Override
  public void close() {
    network.close();
  }
}
