package io.nnem.experiments.engine;

import java.util.ArrayList;
import java.util.List;

/** A run that failed although the call was right. Its sentences are for the user. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> sentences;

  public RunFailedException(List<String> sentences, Throwable cause) {
    super(String.join(System.lineSeparator(), sentences), cause);
    this.sentences = new ArrayList<>(sentences);
  }

  /** What failed, and where to read more: a line each. */
  public List<String> sentences() {
    return List.copyOf(sentences);
  }
}
