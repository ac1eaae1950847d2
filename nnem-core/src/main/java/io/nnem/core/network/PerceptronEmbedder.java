package io.nnem.core.network;

import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Optimiser;
import io.nnem.core.Parameter;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import java.util.List;

/**
 * A multilayer perceptron as embedder: hidden layers with ReLU, a linear last layer.
 *
 * @param <T> the matrix type
 */
public final class PerceptronEmbedder<T> extends NetworkEmbedder<T> {

  private final Optimiser<T> optimiser;
  private final List<Parameter<T>> parameters;

  /**
   * Creates the embedder.
   *
   * @param context sizes, hidden layers, optimiser and seed
   */
  public PerceptronEmbedder(EmbedderContext<T> context) {
    super(context, context.hidden());
    parameters = network.parameters();
    optimiser = context.optimiser().create(context.tensors(), parameters);
  }

  @Override
  public void backward(ForwardPass<T> pass, T embeddingGradient) {
    network.backward(pass, embeddingGradient, null);
  }

  @Override
  public void update() {
    optimiser.step();
    super.update();
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
    super.save(out);
    out.part("optimiser", optimiser);
  }

  @Override
  public void load(StateReader in) {
    super.load(in);
    in.part("optimiser", optimiser);
  }

  @Override
  public void close() {
    super.close();
    optimiser.close();
  }
}
