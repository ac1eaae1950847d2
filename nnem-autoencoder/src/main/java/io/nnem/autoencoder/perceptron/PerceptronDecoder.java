package io.nnem.autoencoder.perceptron;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.Optimiser;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.network.MultilayerPerceptron;
import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron as decoder: hidden layers with ReLU, a sigmoid at the end.
 *
 * @param <T> the matrix type
 */
public final class PerceptronDecoder<T> implements Decoder<T> {

  private final Tensors<T> tensors;
  private final MultilayerPerceptron<T> network;
  private final Optimiser<T> optimiser;
  private final List<Parameter<T>> parameters;
  private final Loss loss;
  private Scope<T> scope;
  private ForwardPass<T> pass;
  private T outputGradient;

  /**
   * Creates the decoder.
   *
   * @param context sizes, hidden layers, loss, optimiser and seed
   */
  public PerceptronDecoder(DecoderContext<T> context) {
    List<Integer> sizes = new ArrayList<>();
    sizes.add(context.embeddingSize());
    sizes.addAll(context.hidden());
    sizes.add(context.observationSize());
    tensors = context.tensors();
    network =
        new MultilayerPerceptron<>(
            tensors,
            sizes,
            Activation.RELU,
            Activation.SIGMOID,
            Seeds.random(context.seed(), "decoder"));
    parameters = network.parameters();
    optimiser = context.optimiser().create(tensors, parameters);
    loss = context.loss();
  }

  @Override
  public int embeddingSize() {
    return network.inputs();
  }

  @Override
  public int observationSize() {
    return network.outputs();
  }

  @Override
  public void decode(T embeddings, T out) {
    network.apply(embeddings, out);
  }

  @Override
  public double learn(T embeddings, T observations, T embeddingGradient) {
    fit(tensors.rows(embeddings));
    T reconstructions = network.forward(embeddings, pass);
    double value = tensors.loss(loss, reconstructions, observations, outputGradient);
    network.backward(pass, outputGradient, embeddingGradient);
    return value;
  }

  private void fit(int rows) {
    if (scope != null && pass.capacity() == rows) {
      return;
    }
    closeBuffers();
    scope = tensors.newScope();
    pass = network.newPass(rows);
    outputGradient = scope.zeros(rows, observationSize());
  }

  @Override
  public void update() {
    optimiser.step();
  }

  @Override
  public void clearGradients() {
    network.clearGradients();
  }

  @Override
  public List<Parameter<T>> parameters() {
    return parameters;
  }

  @Override
  public void save(StateWriter out) {
    out.part("network", network);
    out.part("optimiser", optimiser);
  }

  @Override
  public void load(StateReader in) {
    in.part("network", network);
    in.part("optimiser", optimiser);
  }

  private void closeBuffers() {
    if (scope != null) {
      scope.close();
      scope = null; // a failed allocation must not leave what is closed in use
      pass.close();
    }
  }

  @Override
  public void close() {
    closeBuffers();
    network.close();
    optimiser.close();
  }
}
