package io.nnem.testkit;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Parameter;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import java.util.List;

/** A decoder that fails when told to, after it has added to its gradients. */
final class FaultyDecoder<T> implements Decoder<T> {

  boolean fails;
  private final Decoder<T> decoder;

  FaultyDecoder(Decoder<T> decoder) {
    this.decoder = decoder;
  }

  @Override
  public double learn(T embeddings, T observations, T embeddingGradient) {
    double loss = decoder.learn(embeddings, observations, embeddingGradient);
    if (fails) {
      throw new IllegalStateException("the decoder fails, as it was told to");
    }
    return loss;
  }

  @Override
  public int embeddingSize() {
    return decoder.embeddingSize();
  }

  @Override
  public int observationSize() {
    return decoder.observationSize();
  }

  @Override
  public void decode(T embeddings, T out) {
    decoder.decode(embeddings, out);
  }

  @Override
  public void update() {
    decoder.update();
  }

  @Override
  public void clearGradients() {
    decoder.clearGradients();
  }

  @Override
  public List<Parameter<T>> parameters() {
    return decoder.parameters();
  }

  @Override
  public void save(StateWriter out) {
    decoder.save(out);
  }

  @Override
  public void load(StateReader in) {
    decoder.load(in);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
