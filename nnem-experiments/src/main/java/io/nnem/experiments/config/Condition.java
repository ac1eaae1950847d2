package io.nnem.experiments.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the figure: a credit assigner, and where it gets its observations from.
 *
 * @param assigner the name of a credit assigner, such as {@code exact-reinstatement}
 * @param reinstatement the source of reinstated observations, such as {@code decoded}; empty for an
 *     assigner that reinstates nothing
 */
public record Condition(String assigner, Optional<String> reinstatement) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * Checks both names.
   *
   * @throws IllegalArgumentException if a name is not made of lower-case letters, digits and single
   *     hyphens
   */
  public Condition {
    requireName(assigner, assigner);
    reinstatement.ifPresent(name -> requireName(name, assigner + "/" + name));
  }

  /**
   * Reads {@code ASSIGNER} or {@code ASSIGNER/REINSTATEMENT}.
   *
   * @param text for example {@code none} or {@code exact-reinstatement/decoded}
   * @return the condition
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  public static Condition parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      requireName(text, text);
      return new Condition(text, Optional.empty());
    }
    String assigner = text.substring(0, slash);
    String reinstatement = text.substring(slash + 1);
    requireName(assigner, text);
    requireName(reinstatement, text);
    return new Condition(assigner, Optional.of(reinstatement));
  }

  /**
   * Whether it is {@code classifier}: no credit assigner, but a control without a memory.
   *
   * @return true if it is
   */
  public boolean isClassifier() {
    return assigner.equals("classifier");
  }

  /**
   * The name that {@link #parse} reads and that every file and plot uses.
   *
   * @return for example {@code exact-reinstatement/decoded}
   */
  @JsonValue
  public String name() {
    return reinstatement.map(from -> assigner + "/" + from).orElse(assigner);
  }

  @Override
  public String toString() {
    return name();
  }

  private static void requireName(String name, String whole) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\""
              + whole
              + "\" is no condition; a condition is ASSIGNER or ASSIGNER/REINSTATEMENT in lower"
              + " case, such as none or exact-reinstatement/decoded");
    }
  }
}
