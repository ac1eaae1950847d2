package io.nnem.experiments.engine;

import java.util.List;

/** A run that failed although the call was right. Each line of its message is for the user. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunFailedException(List<String> sentences, Throwable cause) {
    super(String.join(System.lineSeparator(), sentences), cause);
  }
}
