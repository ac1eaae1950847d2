package io.nnem.experiments.cli;

/** A run that failed although the call was right. Its message is for the user. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what failed.
   *
   * @param message what failed, and where to read more
   * @param cause what was thrown
   */
  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
