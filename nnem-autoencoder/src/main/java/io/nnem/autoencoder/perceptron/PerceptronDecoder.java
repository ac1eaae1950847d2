package io.nnem.autoencoder.perceptron;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Optimiser;
import io.nnem.core.Parameter;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.network.Network;
import java.util.List;

/**
 * A multilayer perceptron as decoder: hidden layers with ReLU, a sigmoid or linear layer at the
 * end.
 *
 * @param <T> the matrix type
 */
public final class PerceptronDecoder<T> implements Decoder<T> {

  private final Tensors<T> tensors;
  private final Reconstruction<T> reconstruction;
  private final Network<T> network;
  private final Optimiser<T> optimiser;
  private final List<Parameter<T>> parameters;
  private ForwardPass<T> pass;

  /**
   * Creates the decoder.
   *
   * @param context sizes, hidden layers, output, loss, optimiser and seed
   */
  public PerceptronDecoder(DecoderContext<T> context) {
    tensors = context.tensors();
    reconstruction = new Reconstruction<>(context);
    network = reconstruction.network();
    parameters = network.parameters();
    optimiser = context.optimiser().create(tensors, parameters);
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
    reconstruction.requireReachable(observations);
    fit(tensors.rows(embeddings));
    network.forward(embeddings, pass);
    return reconstruction.backward(pass, observations, embeddingGradient);
  }

  private void fit(int rows) {
    if (pass == null || pass.capacity() != rows) {
      closePass();
      pass = network.newPass(rows);
    }
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

  private void closePass() {
    if (pass != null) {
      pass.close();
      pass = null; // a failed allocation must not leave what is closed in use
    }
  }

  @Override
  public void close() {
    closePass();
    reconstruction.close();
    optimiser.close();
  }
}
