package io.nnem.testkit;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.core.Parameter;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;

/** A decoder that is right, for wrong ones to extend. */
class SpoiledDecoder<T> implements Decoder<T> {

  /** The contract, for a decoder that it provides itself. */
  abstract static class Contract extends DecoderContract<Matrix> implements DecoderProvider {
    @Override
    protected Tensors<Matrix> tensors() {
      return new ReferenceTensors();
    }

    @Override
    protected DecoderProvider provider() {
      return this;
    }

    @Override
    public String name() {
      return "wrong";
    }
  }

  final Tensors<T> tensors;
  final PerceptronDecoder<T> right;

  SpoiledDecoder(DecoderContext<T> context) {
    this.tensors = context.tensors();
    this.right = new PerceptronDecoder<>(context);
  }

  /** The parameter of a name, as in {@code layer-1.bias}. */
  final Parameter<T> parameter(String name) {
    return right.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public int embeddingSize() {
    return right.embeddingSize();
  }

  @Override
  public int observationSize() {
    return right.observationSize();
  }

  @Override
  public void decode(T embeddings, T out) {
    right.decode(embeddings, out);
  }

  @Override
  public double learn(T embeddings, T observations, T embeddingGradient) {
    return right.learn(embeddings, observations, embeddingGradient);
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
