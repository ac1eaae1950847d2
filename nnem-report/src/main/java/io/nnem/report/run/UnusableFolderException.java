package io.nnem.report.run;

/** A folder that a run cannot be written to, and what to do about it. */
public final class UnusableFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for the user. */
  public UnusableFolderException(String problem) {
    super(problem);
  }
}
