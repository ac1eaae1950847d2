package io.nnem.core.network;

import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Layer;
import io.nnem.core.Optimiser;
import io.nnem.core.Parameter;
import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import java.util.List;
import java.util.Optional;

/**
 * A list of layers as embedder. A plug-in of its own is a provider and such a list:
 *
 * <pre>{@code
 * public <T> Embedder<T> create(EmbedderContext<T> context) {
 *   return new NetworkEmbedder<>(
 *       context,
 *       List.of(
 *           new Convolution2d(16, 3, 2, 1, Activation.RELU),
 *           new MaxPool2d(2, 2),
 *           new Dense(context.embeddingSize(), Activation.LINEAR)));
 * }
 * }</pre>
 *
 * @param <T> the matrix type
 */
public final class NetworkEmbedder<T> implements Embedder<T> {

  private final Network<T> network;
  private final Optional<Optimiser<T>> optimiser; // empty if it never learns
  private long version;

  /**
   * An embedder that learns.
   *
   * @param context sizes, optimiser and seed
   * @param layers from observations to embeddings
   * @throws IllegalArgumentException if a layer cannot take what comes before it, or the last does
   *     not give embeddings of the right size
   */
  public NetworkEmbedder(EmbedderContext<T> context, List<? extends Layer> layers) {
    this(context, layers, true);
  }

  private NetworkEmbedder(
      EmbedderContext<T> context, List<? extends Layer> layers, boolean learns) {
    network =
        new Network<>(
            context.tensors(),
            context.observation(),
            layers,
            Seeds.random(context.seed(), "embedder"));
    if (network.outputs() != context.embeddingSize()) {
      network.close();
      throw new IllegalArgumentException(
          "The last layer must give embeddings of "
              + context.embeddingSize()
              + " floats, but it gives "
              + network.outputs()
              + ".");
    }
    optimiser =
        learns
            ? Optional.of(context.optimiser().create(context.tensors(), network.parameters()))
            : Optional.empty();
  }

  /**
   * An embedder that stays as it was drawn.
   *
   * @param context sizes and seed; the optimiser is not used
   * @param layers from observations to embeddings
   * @param <T> the matrix type
   * @return the embedder, to be closed by the caller
   * @throws IllegalArgumentException as by the constructor
   */
  public static <T> NetworkEmbedder<T> fixed(
      EmbedderContext<T> context, List<? extends Layer> layers) {
    return new NetworkEmbedder<>(context, layers, false);
  }

  /**
   * A multilayer perceptron that learns: the context's hidden layers with ReLU, and a linear one.
   *
   * @param context sizes, hidden layers, optimiser and seed
   * @param <T> the matrix type
   * @return the embedder, to be closed by the caller
   */
  public static <T> NetworkEmbedder<T> perceptron(EmbedderContext<T> context) {
    return new NetworkEmbedder<>(
        context, Dense.stack(context.hidden(), context.embeddingSize(), Activation.LINEAR));
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

  /** Does nothing if there is nothing to learn. */
  @Override
  public void backward(ForwardPass<T> pass, T embeddingGradient) {
    if (optimiser.isPresent()) {
      network.backward(pass, embeddingGradient, null);
    }
  }

  @Override
  public void update() {
    optimiser.ifPresent(Optimiser::step);
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
    return optimiser.isPresent() ? network.parameters() : List.of();
  }

  @Override
  public void save(StateWriter out) {
    out.longs("version", version);
    out.part("network", network);
    optimiser.ifPresent(part -> out.part("optimiser", part));
  }

  @Override
  public void load(StateReader in) {
    version = in.number("version", 0, Long.MAX_VALUE);
    in.part("network", network);
    optimiser.ifPresent(part -> in.part("optimiser", part));
  }

  @Override
  public void close() {
    network.close();
    optimiser.ifPresent(Optimiser::close);
  }
}
