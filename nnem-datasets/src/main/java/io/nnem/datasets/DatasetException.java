package io.nnem.datasets;

/**
 * A data set that cannot be read, or is not what it claims to be. The message names the file, what
 * was expected, what was found, and what to do about it.
 */
public class DatasetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message the file, what was expected, what was found, what to do
   */
  public DatasetException(String message) {
    super(message);
  }

  /**
   * Says what is wrong, and what it followed from.
   *
   * @param message the file, what was expected, what was found, what to do
   * @param cause the failure underneath
   */
  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
