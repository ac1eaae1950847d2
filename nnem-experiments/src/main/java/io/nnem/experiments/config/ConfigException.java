package io.nnem.experiments.config;

import java.util.List;

/** A configuration that cannot be run, with everything that is wrong with it. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String[] problems;

  /** One line for each mistake; at least one. */
  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = problems.toArray(String[]::new);
  }

  public ConfigException(String problem) {
    this(List.of(problem));
  }

  /** Throws if there is a mistake. */
  public static void requireNone(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** What is wrong: one line for each mistake. */
  public List<String> problems() {
    return List.of(problems);
  }
}
