package io.nnem.core.network;

import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Optimiser;
import io.nnem.core.Parameter;
import io.nnem.core.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron as embedder: hidden layers with ReLU, a linear last layer.
 *
 * @param <T> the matrix type
 */
public final class PerceptronEmbedder<T> implements Embedder<T> {

  private final MultilayerPerceptron<T> network;
  private final Optimiser<T> optimiser;
  private final List<Parameter<T>> parameters;
  private long version;

  /**
   * Creates the embedder.
   *
   * @param context sizes, hidden layers, optimiser and seed
   */
  public PerceptronEmbedder(EmbedderContext<T> context) {
    List<Integer> sizes = new ArrayList<>();
    sizes.add(context.observationSize());
    sizes.addAll(context.hidden());
    sizes.add(context.embeddingSize());
    network =
        new MultilayerPerceptron<>(
            context.tensors(),
            sizes,
            Activation.RELU,
            Activation.LINEAR,
            Seeds.random(context.seed(), "embedder"));
    parameters = network.parameters();
    optimiser = context.optimiser().create(context.tensors(), parameters);
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

  @Override
  public void backward(ForwardPass<T> pass, T embeddingGradient) {
    network.backward(pass, embeddingGradient, null);
  }

  @Override
  public void update() {
    optimiser.step();
    version++;
  }

  @Override
  public void clearGradients() {
    network.clearGradients();
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public List<Parameter<T>> parameters() {
    return parameters;
  }

  @Override
  public void close() {
    network.close();
    optimiser.close();
  }
}
