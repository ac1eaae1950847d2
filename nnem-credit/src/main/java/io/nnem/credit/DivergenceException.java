package io.nnem.credit;

/** Training has left the numbers: a loss or a gradient is NaN or infinite. Nothing was changed. */
public final class DivergenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is not finite
   */
  public DivergenceException(String message) {
    super(message);
  }
}
