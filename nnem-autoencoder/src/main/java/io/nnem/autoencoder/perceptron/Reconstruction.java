package io.nnem.autoencoder.perceptron;

import io.nnem.autoencoder.DecoderContext;
import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.RowShape;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
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
  private final Tensors<T> tensors;
  private final Activation output;
  private final Loss loss;
  private float[] room = new float[0];

  /**
   * Draws the network: hidden layers with ReLU, and what the context says at the end.
   *
   * @param context sizes, hidden layers, output, loss and seed
   */
  public Reconstruction(DecoderContext<T> context) {
    tensors = context.tensors();
    output = context.output();
    loss = context.loss();
    network =
        new Network<>(
            context.tensors(),
            RowShape.flat(context.embeddingSize()),
            Dense.stack(context.hidden(), context.observationSize(), context.output()),
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
   * Checks observations before anything is made of them.
   *
   * @param observations {@code n x observationSize}
   * @throws IllegalArgumentException if the output is a sigmoid, and one of the floats is finite
   *     and outside [0, 1]
   */
  public void requireReachable(T observations) {
    if (output != Activation.SIGMOID) {
      return;
    }
    int count = tensors.rows(observations) * tensors.columns(observations);
    if (room.length < count) {
      room = new float[count];
    }
    tensors.copyOut(observations, room);
    for (int i = 0; i < count; i++) {
      boolean outside = room[i] < 0 || room[i] > 1;
      if (outside && Float.isFinite(room[i])) { // what is not finite makes the loss so
        throw new IllegalArgumentException(
            "A decoder with a sigmoid output gives numbers from 0 to 1, but an observation has "
                + room[i]
                + ": scale observations to [0, 1], or choose a linear output and the squared"
                + " error.");
      }
    }
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
