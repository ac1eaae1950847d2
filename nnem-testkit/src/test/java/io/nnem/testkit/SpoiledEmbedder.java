package io.nnem.testkit;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;

/** An embedder that is right, for wrong ones to extend. */
class SpoiledEmbedder<T> implements Embedder<T> {

  /** The contract, for an embedder that it provides itself. */
  abstract static class Contract extends EmbedderContract<Matrix> implements EmbedderProvider {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected EmbedderProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "wrong";
    }
  }

  final Tensors<T> tensors;
  final NetworkEmbedder<T> right;

  SpoiledEmbedder(EmbedderContext<T> context) {
    this.tensors = context.tensors();
    this.right = NetworkEmbedder.perceptron(context);
  }

  /** The parameter of a name, as in {@code layer-1.bias}. */
  final Parameter<T> parameter(String name) {
    return right.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public int observationSize() {
    return right.observationSize();
  }

  @Override
  public int embeddingSize() {
    return right.embeddingSize();
  }

  @Override
  public void embed(T observations, T out) {
    right.embed(observations, out);
  }

  @Override
  public ForwardPass<T> newPass(int capacity) {
    return right.newPass(capacity);
  }

  @Override
  public T forward(T observations, ForwardPass<T> pass) {
    return right.forward(observations, pass);
  }

  @Override
  public void backward(ForwardPass<T> pass, T embeddingGradient) {
    right.backward(pass, embeddingGradient);
  }

  @Override
  public void update() {
    right.update();
  }

  @Override
  public void clearGradients() {
    right.clearGradients();
  }

  @Override
  public long version() {
    return right.version();
  }

  @Override
  public List<Parameter<T>> parameters() {
    return right.parameters();
  }

  @Override
  public void save(StateWriter out) {
    right.save(out);
  }

  @Override
  public void load(StateReader in) {
    right.load(in);
  }

  @Override
  public void close() {
    right.close();
  }
}
