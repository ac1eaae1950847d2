package io.nnem.autoencoder.variational;

import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.Variational;
import io.nnem.autoencoder.perceptron.Reconstruction;
import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.Optimiser;
import io.nnem.core.Option;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Shapes;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.network.Dense;
import io.nnem.core.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder of a variational autoencoder (Kingma and Welling 2013, arXiv 1312.6114) whose encoder
 * is the embedder. The embedding is the mean of the approximate posterior; a network of the
 * decoder's own, the head {@code h}, gives its variance from the embedding alone, so that a stored
 * key is enough to say how uncertain a memory is:
 *
 * <pre>{@code
 * q(z|x) = N(mu, diag(sigma^2)),  mu = embedding,  log sigma^2 = h(mu),  p(z) = N(0, I)
 * z      = mu + sigma * eps,      eps ~ N(0, I)
 * KL     = 1/2 sum_j (mu_j^2 + sigma_j^2 - 1 - log sigma_j^2)
 * loss   = 1/n sum_i [ loss(D(z_i), x_i) + w(t) KL_i ],   w(t) = kl-weight min(1, t / kl-warmup)
 * }</pre>
 *
 * with {@code t} the updates so far. The gradient goes through {@code z} and through the head. What
 * is decoded is {@code D(mu)}, without noise. The noise depends on seed and update alone.
 *
 * <p>Options: {@code kl-weight} (1) and {@code kl-warmup} (1000 updates; 0 for the full weight from
 * the start).
 *
 * @param <T> the matrix type
 */
public final class VariationalDecoder<T> implements Variational<T> {

  /** The option for the weight of the divergence. */
  public static final Option<Double> WEIGHT =
      Option.number("kl-weight", 1, "weight of the divergence beside the reconstruction")
          .where(weight -> weight >= 0, "0 or above");

  /** The option for the updates until the divergence has its weight. */
  public static final Option<Integer> WARMUP =
      Option.integer("kl-warmup", 1000, "updates until the divergence has its weight")
          .where(updates -> updates >= 0, "0 or more");

  /** Little noise at first, or a decoder would learn to ignore embeddings that are still small. */
  private static final double FIRST_LOG_VARIANCE = -4;

  private final Tensors<T> tensors;
  private final Reconstruction<T> reconstruction;
  private final Network<T> network;
  private final Network<T> head;
  private final Optimiser<T> optimiser;
  private final List<Parameter<T>> parameters;
  private final Activation output;
  private final Loss loss;
  private final double weight;
  private final int warmup;
  private final Noise noise;
  private final Elements<T> elements;
  private long updates;
  private Buffers buffers;

  /**
   * Creates the decoder.
   *
   * @param context sizes, hidden layers, output, loss, optimiser, seed and options
   * @throws IllegalArgumentException if an option is negative or not a number
   */
  public VariationalDecoder(DecoderContext<T> context) {
    weight = context.options().get(WEIGHT);
    warmup = context.options().get(WARMUP);
    tensors = context.tensors();
    output = context.output();
    loss = context.loss();
    noise = new Noise(context.seed());
    elements = new Elements<>(tensors);
    int size = context.embeddingSize();
    reconstruction = new Reconstruction<>(context);
    network = reconstruction.network();
    head =
        new Network<>(
            tensors,
            RowShape.flat(size),
            Dense.stack(List.of(size), size, Activation.LINEAR),
            Seeds.random(context.seed(), "log-variance"));
    List<Parameter<T>> ofHead = head.parameters();
    tensors.fill(FIRST_LOG_VARIANCE, ofHead.get(ofHead.size() - 1).value());
    List<Parameter<T>> all = new ArrayList<>(network.parameters());
    ofHead.forEach(
        p -> all.add(new Parameter<>("log-variance." + p.name(), p.value(), p.gradient())));
    parameters = List.copyOf(all);
    optimiser = context.optimiser().create(tensors, parameters);
  }

  /** What a batch of one size needs. */
  private final class Buffers implements AutoCloseable {
    final Scope<T> scope = tensors.newScope();
    final ForwardPass<T> pass;
    final ForwardPass<T> headPass;
    final T noisy;
    final T outputGradient;
    final T noisyGradient;
    final T logVarianceGradient;
    final T headInputGradient;

    Buffers(int rows) {
      pass = network.newPass(rows);
      headPass = head.newPass(rows);
      noisy = scope.zeros(rows, embeddingSize());
      outputGradient = scope.zeros(rows, observationSize());
      noisyGradient = scope.zeros(rows, embeddingSize());
      logVarianceGradient = scope.zeros(rows, embeddingSize());
      headInputGradient = scope.zeros(rows, embeddingSize());
    }

    @Override
    public void close() {
      scope.close();
      pass.close();
      headPass.close();
    }
  }

  /** A batch as the posterior sees it; arrays are {@code n x embeddingSize}, row by row. */
  private static final class Posterior {
    final double[] mean;
    final double[] logVariance;
    final double[] noise;
    double divergence;

    Posterior(double[] mean, double[] logVariance) {
      this.mean = mean;
      this.logVariance = logVariance;
      this.noise = new double[mean.length];
    }
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

  /** The weight of the divergence in the next update. */
  private double weightNow() {
    return updates < warmup ? weight * updates / warmup : weight;
  }

  @Override
  public double learn(T embeddings, T observations, T embeddingGradient) {
    Posterior posterior = forward(embeddings, observations);
    if (embeddingGradient != null) {
      Shapes.requireLike(tensors, "The embeddings' gradient", embeddingGradient, embeddings);
    }
    double error = reconstruction.backward(buffers.pass, observations, buffers.noisyGradient);
    double share = weightNow() / tensors.rows(embeddings);
    double[] gradient = elements.of(buffers.noisyGradient);
    double[] ofLogVariance = new double[gradient.length];
    for (int i = 0; i < gradient.length; i++) {
      double deviation = Math.exp(posterior.logVariance[i] / 2);
      ofLogVariance[i] =
          gradient[i] * posterior.noise[i] * deviation / 2
              + share * (deviation * deviation - 1) / 2;
      gradient[i] += share * posterior.mean[i];
    }
    elements.write(ofLogVariance, buffers.logVarianceGradient);
    boolean back = embeddingGradient != null;
    head.backward(
        buffers.headPass, buffers.logVarianceGradient, back ? buffers.headInputGradient : null);
    if (back) {
      elements.write(gradient, embeddingGradient);
      tensors.addScaled(1, buffers.headInputGradient, embeddingGradient);
    }
    return error + weightNow() * posterior.divergence;
  }

  @Override
  public Bound bound(T embeddings, T observations) {
    Posterior posterior = forward(embeddings, observations);
    double error = tensors.loss(loss, buffers.pass.output(), observations, buffers.outputGradient);
    return new Bound(error, posterior.divergence);
  }

  /** Runs head and network; the latter's pass holds what the noisy embeddings are decoded to. */
  private Posterior forward(T embeddings, T observations) {
    Shapes.requireColumns(tensors, "The embeddings", embeddings, embeddingSize());
    int rows = tensors.rows(embeddings);
    Shapes.require(tensors, "The observations", observations, rows, observationSize());
    reconstruction.requireReachable(observations);
    fit(rows);
    Posterior posterior =
        new Posterior(
            elements.of(embeddings), elements.of(head.forward(embeddings, buffers.headPass)));
    noise.fill(updates, posterior.noise);
    double[] noisy = new double[posterior.mean.length];
    double sum = 0;
    for (int i = 0; i < noisy.length; i++) {
      double mean = posterior.mean[i];
      double logVariance = posterior.logVariance[i];
      noisy[i] = mean + Math.exp(logVariance / 2) * posterior.noise[i];
      sum += mean * mean + Math.exp(logVariance) - 1 - logVariance;
    }
    posterior.divergence = sum / (2 * rows);
    elements.write(noisy, buffers.noisy);
    network.forward(buffers.noisy, buffers.pass);
    return posterior;
  }

  /**
   * The variance of the observation given the key, summed over its {@code P} floats as if each were
   * 0 or 1 with the decoded probability: {@code sum_p m_p (1 - m_p)} with {@code m = E_q[D(z)]}. It
   * estimates the squared error of what is decoded. The expectation is over four draws, two and
   * their opposites, which are the same for every row. With a linear output it is {@code sum_p
   * Var_q[D(z)_p]} over those draws.
   */
  @Override
  public double[] uncertainty(T embeddings) {
    Shapes.requireColumns(tensors, "The embeddings", embeddings, embeddingSize());
    return new ObservationVariance<>(tensors, network, head, noise, output == Activation.SIGMOID)
        .of(embeddings);
  }

  private void fit(int rows) {
    if (buffers == null || buffers.pass.capacity() != rows) {
      closeBuffers();
      buffers = new Buffers(rows);
    }
  }

  @Override
  public void update() {
    optimiser.step();
    updates++;
  }

  @Override
  public void clearGradients() {
    network.clearGradients();
    head.clearGradients();
  }

  @Override
  public List<Parameter<T>> parameters() {
    return parameters;
  }

  @Override
  public void save(StateWriter out) {
    out.longs("updates", updates);
    out.part("noise", noise);
    out.part("network", network);
    out.part("log-variance", head);
    out.part("optimiser", optimiser);
  }

  @Override
  public void load(StateReader in) {
    updates = in.number("updates", 0, Long.MAX_VALUE);
    in.part("noise", noise);
    in.part("network", network);
    in.part("log-variance", head);
    in.part("optimiser", optimiser);
  }

  private void closeBuffers() {
    if (buffers != null) {
      buffers.close();
      buffers = null; // a failed allocation must not leave what is closed in use
    }
  }

  @Override
  public void close() {
    closeBuffers();
    reconstruction.close();
    head.close();
    optimiser.close();
  }
}
