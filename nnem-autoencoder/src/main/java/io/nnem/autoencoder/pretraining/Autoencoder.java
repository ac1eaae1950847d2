package io.nnem.autoencoder.pretraining;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.Tensors;

/**
 * An embedder and a decoder that learn together to reconstruct observations, without labels:
 * minimise {@code loss(D(f(x)), x)} in the parameters of both. What comes of it can be what a
 * memory network starts from (Hansen 2017 suggests it), or a {@link Codec} once it is {@link #fix
 * fixed}.
 *
 * <pre>{@code
 * Autoencoder<T> autoencoder = new Autoencoder<>(tensors, encoder, decoder);
 * for (T batch : batches) {
 *   autoencoder.learn(batch);
 * }
 * Codec<T> codec = autoencoder.fix(autoencoder.ranges(observations));
 * }</pre>
 *
 * @param <T> the matrix type
 */
public final class Autoencoder<T> implements AutoCloseable {

  private final Tensors<T> tensors;
  private final Embedder<T> encoder;
  private final Decoder<T> decoder;
  private Scope<T> scope;
  private ForwardPass<T> pass;
  private T codeGradient;
  private boolean fixed;

  /**
   * Takes over an encoder and a decoder.
   *
   * @param tensors the back end
   * @param encoder from observations to codes; one without parameters stays as it is
   * @param decoder from codes to observations
   * @throws IllegalArgumentException if their sizes differ
   */
  public Autoencoder(Tensors<T> tensors, Embedder<T> encoder, Decoder<T> decoder) {
    FixedCodec.requireFit(encoder, decoder);
    this.tensors = tensors;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /**
   * One step on a batch; a step that throws changes nothing.
   *
   * @param observations {@code n x observationSize}
   * @return the decoder's loss before the step
   * @throws ArithmeticException if the loss or a gradient is not finite
   * @throws IllegalStateException if the autoencoder is fixed
   */
  public double learn(T observations) {
    requireNotFixed();
    Shapes.requireColumns(tensors, "The observations", observations, encoder.observationSize());
    fit(tensors.rows(observations));
    double loss;
    try {
      T codes = encoder.forward(observations, pass);
      if (encoder.parameters().isEmpty()) {
        loss = decoder.learn(codes, observations, null);
      } else {
        loss = decoder.learn(codes, observations, codeGradient);
        encoder.backward(pass, codeGradient);
      }
      requireFinite("reconstruction loss", loss);
      requireFinite(
          "encoder's squared gradient", Parameter.squaredGradient(tensors, encoder.parameters()));
      requireFinite(
          "decoder's squared gradient", Parameter.squaredGradient(tensors, decoder.parameters()));
    } catch (RuntimeException | Error e) {
      encoder.clearGradients();
      decoder.clearGradients();
      throw e;
    }
    encoder.update();
    decoder.update();
    return loss;
  }

  private static void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException(
          "The autoencoder's " + what + " is " + value + ": make its learning rate smaller.");
    }
  }

  private void requireNotFixed() {
    if (fixed) {
      throw new IllegalStateException(
          "The autoencoder is fixed and learns no more: train a new one.");
    }
  }

  private void fit(int rows) {
    if (scope != null && pass.capacity() == rows) {
      return;
    }
    closeBuffers();
    scope = tensors.newScope();
    pass = encoder.newPass(rows);
    codeGradient = scope.zeros(rows, encoder.embeddingSize());
  }

  /**
   * Its encoder.
   *
   * @return the one it was made from
   */
  public Embedder<T> encoder() {
    return encoder;
  }

  /**
   * Its decoder.
   *
   * @return the one it was made from
   */
  public Decoder<T> decoder() {
    return decoder;
  }

  /**
   * The ranges of the codes that today's encoder gives some observations.
   *
   * @param observations {@code n x observationSize}
   * @return the smallest and the largest of each dimension
   */
  public CodeRanges ranges(T observations) {
    int rows = tensors.rows(observations);
    float[] codes = new float[Math.multiplyExact(rows, encoder.embeddingSize())];
    try (Scope<T> room = tensors.newScope()) {
      T out = room.zeros(rows, encoder.embeddingSize());
      encoder.embed(observations, out);
      tensors.copyOut(out, codes);
    }
    return CodeRanges.of(codes, rows, encoder.embeddingSize());
  }

  /**
   * Ends the training. The codec takes encoder and decoder over; closing this afterwards leaves
   * them alone.
   *
   * @param ranges of the codes
   * @return the codec, to be closed by the caller
   * @throws IllegalStateException if the autoencoder is fixed already
   */
  public Codec<T> fix(CodeRanges ranges) {
    requireNotFixed();
    Codec<T> codec = new FixedCodec<>(encoder, decoder, ranges);
    fixed = true;
    return codec;
  }

  private void closeBuffers() {
    if (scope != null) {
      scope.close();
      scope = null; // a failed allocation must not leave what is closed in use
      pass.close();
    }
  }

  /** Releases encoder and decoder too, unless a codec has them. */
  @Override
  public void close() {
    closeBuffers();
    if (!fixed) {
      encoder.close();
      decoder.close();
    }
  }
}
