package io.nnem.experiments.engine;

import io.nnem.core.Options;
import io.nnem.experiments.config.ExperimentConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which experiment is run, and how: all that its {@link Job} is made from, in this program or in
 * another.
 *
 * @param plan what its options are set to, by name, in order; as text
 */
public record Call(String experiment, ExperimentConfig config, Map<String, String> plan) {
  public Call {
    plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
  }

  public Options options() {
    return new Options(plan);
  }

  /** How the options are kept in {@code config.yaml}: as a comment; empty if there are none. */
  String comment() {
    return plan.isEmpty()
        ? ""
        : plan.entrySet().stream()
            .filter(option -> !option.getValue().isEmpty())
            .map(option -> " --" + option.getKey() + " " + quoted(option.getValue()))
            .collect(
                Collectors.joining("", "# nnem " + experiment + " --config config.yaml", "\n"));
  }

  /** For a shell. */
  private static String quoted(String value) {
    return value.matches("[\\w.,:+=/-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
