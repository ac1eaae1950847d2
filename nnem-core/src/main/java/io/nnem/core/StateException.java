package io.nnem.core;

/** A saved state that is damaged, or does not belong to what it is loaded into. */
public final class StateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which part of which file is wrong, and what to do
   */
  public StateException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message which part of which file is wrong, and what to do
   * @param cause what was thrown
   */
  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
