package io.nnem.autoencoder.perceptron;

import io.nnem.autoencoder.DecoderContext;
import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.RowShape;
import io.nnem.core.Seeds;
import io.nnem.core.network.Dense;
import io.nnem.core.network.Network;

/**
 * The network of a decoder, a multilayer perceptron from embeddings to observations, and the loss
 * that it learns by.
 *
 * @param <T> the matrix type
 */
public final class Reconstruction<T> implements AutoCloseable {

  private final Network<T> network;
  private final Loss loss;

  /**
   * Draws the network: hidden layers with ReLU, a sigmoid at the end.
   *
   * @param context sizes, hidden layers, loss and seed
   */
  public Reconstruction(DecoderContext<T> context) {
    loss = context.loss();
    network =
        new Network<>(
            context.tensors(),
            RowShape.flat(context.embeddingSize()),
            Dense.stack(context.hidden(), context.observationSize(), Activation.SIGMOID),
            Seeds.random(context.seed(), "decoder"));
  }

  /**
   * The network.
   *
   * @return it, closed by {@link #close}
   */
  public Network<T> network() {
    return network;
  }

  /**
   * Adds the gradient of the loss to the parameters' gradients.
   *
   * @param pass what the network made of {@code n} embeddings
   * @param observations {@code n x observationSize}
   * @param embeddingGradient {@code n x embeddingSize}, receives dLoss/dEmbeddings; null where
   *     nobody needs it
   * @return the loss, averaged over the rows
   */
  public double backward(ForwardPass<T> pass, T observations, T embeddingGradient) {
    return network.backward(pass, loss, observations, embeddingGradient);
  }

  @Override
  public void close() {
    network.close();
  }
}
