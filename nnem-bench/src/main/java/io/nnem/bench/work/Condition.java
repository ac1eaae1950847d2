package io.nnem.bench.work;

import java.util.Locale;

/** A credit assigner with its reinstatement, and the operations that its step needs. */
public enum Condition {
  /** Reads, learns nothing. */
  NONE("none", ""),
  /** Goes back through passes that were retained at the write. */
  BACKPROP("backprop", ""),
  /** A network predicts the gradient. */
  SYNTHETIC_GRADIENT("synthetic-gradient", ""),
  /** Observations decoded from the keys are embedded again, and read. */
  EXACT_DECODED("exact-reinstatement", "decoded"),
  /** Observations decoded from the keys are embedded again for credit only. */
  APPROXIMATE_DECODED("approximate-reinstatement", "decoded"),
  /** Stored observations are embedded again, and read. */
  EXACT_STORED("exact-reinstatement", "stored");

  private final String assigner;
  private final String reinstatement;

  Condition(String assigner, String reinstatement) {
    this.assigner = assigner;
    this.reinstatement = reinstatement;
  }

  /**
   * The credit assigner's name.
   *
   * @return as its provider has it
   */
  public String assigner() {
    return assigner;
  }

  /**
   * Where observations come back from.
   *
   * @return as its provider has it; empty if the assigner does not reinstate
   */
  public String reinstatement() {
    return reinstatement;
  }

  /**
   * As the experiments call it.
   *
   * @return for example {@code exact-reinstatement/stored}
   */
  public String label() {
    return reinstatement.isEmpty() ? assigner : assigner + "/" + reinstatement;
  }

  /**
   * Whether a decoder learns beside the embedder.
   *
   * @return true for the decoded ones
   */
  public boolean decodes() {
    return reinstatement.equals("decoded");
  }

  /**
   * The useful floating-point operations of one step: products of matrices, at {@code 2 m k n}
   * each. What is linear in the sizes (activations, softmax, Adam) is left out; so is what the
   * condition does not need, though a system may compute it. With observation {@code o}, hidden
   * {@code h}, embedding {@code d}, values {@code v}, and {@code F = 2 (o h + h d)} for one row
   * through the embedder or the decoder:
   *
   * <pre>{@code
   * embed the batch            B F
   * read                       2 B N (d + v)
   * gradient of the keys       2 B N (d + v)          all but none
   * decode the memories        N F                    decoded
   * embed the memories         N F                    exact, approximate
   * back through them          N (F + 2 h d)          exact, approximate, backprop
   * decoder's own step         B (2 F + 2 o h)        decoded: forward, then W' of both, and back
   *                                                   through the output layer
   * gradient network           N (2 G + 2 s d) + B (G + F + 2 h d)
   *                                                   synthetic: G = 2 ((d + v) s + s d)
   * }</pre>
   *
   * @param shape the sizes
   * @return the operations
   */
  public double operations(Shape shape) {
    double n = shape.capacity();
    double b = shape.batch();
    double h = shape.hidden();
    double d = shape.embeddingSize();
    double o = shape.observationSize();
    double v = Shape.CLASSES;
    double s = Shape.SYNTHETIC_HIDDEN;
    double forward = 2 * (o * h + h * d);
    double back = forward + 2 * h * d;
    double reading = 2 * b * n * (d + v);
    double gradientNetwork = 2 * ((d + v) * s + s * d);
    double decoder = n * forward + b * (2 * forward + 2 * o * h);
    double base = b * forward + reading;
    return switch (this) {
      case NONE -> base;
      case BACKPROP -> base + reading + n * back;
      case SYNTHETIC_GRADIENT ->
          base + reading + n * (2 * gradientNetwork + 2 * s * d) + b * (gradientNetwork + back);
      case EXACT_DECODED, APPROXIMATE_DECODED -> base + reading + decoder + n * (forward + back);
      case EXACT_STORED -> base + reading + n * (forward + back);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
