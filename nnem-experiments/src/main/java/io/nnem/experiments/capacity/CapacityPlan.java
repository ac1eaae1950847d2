package io.nnem.experiments.capacity;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The capacities that are compared.
 *
 * @param sizes by capacity, the smallest first
 */
public record CapacityPlan(List<Size> sizes) {
  /** The key that says how large a memory is. */
  static final String KEY = "capacity";

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})(:([1-9][0-9]{0,3}))?");

  /**
   * One of them.
   *
   * @param capacity memories that are held
   * @param seeds how many seeds; empty for as many as the configuration has
   */
  public record Size(int capacity, OptionalInt seeds) {
    @Override
    public String toString() {
      return capacity + (seeds.isPresent() ? ":" + seeds.getAsInt() : "");
    }
  }

  /** Puts the smallest first. */
  public CapacityPlan {
    sizes = sizes.stream().sorted(Comparator.comparingInt(Size::capacity)).toList();
  }

  /**
   * Reads {@code N} or {@code N:SEEDS}, with commas between them.
   *
   * @param text for example {@code 500,2000,32000:2}
   * @param problems where mistakes are added
   * @return the plan; of use only if there are no mistakes
   */
  public static CapacityPlan parse(String text, List<String> problems) {
    List<Size> sizes = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (String item : text.split(",", -1)) {
      Matcher matcher = SIZE.matcher(item.strip());
      if (!matcher.matches()) {
        problems.add(
            "--capacities "
                + text
                + ": \""
                + item.strip()
                + "\" is no capacity; write N or N:SEEDS, whole numbers from 1 on, as in"
                + " 500,2000,32000:2");
        continue;
      }
      int capacity = Integer.parseInt(matcher.group(1));
      if (!seen.add(capacity)) {
        problems.add("--capacities " + text + ": it names " + capacity + " twice");
      }
      String seeds = matcher.group(3);
      sizes.add(
          new Size(
              capacity,
              seeds == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(seeds))));
    }
    return new CapacityPlan(sizes);
  }

  /**
   * Refuses conditions that say themselves how large their memory is.
   *
   * @param config the setting
   * @return what is wrong
   */
  public static List<ConfigRule.Violation> violations(ExperimentConfig config) {
    return config.conditions().stream()
        .filter(condition -> condition.settings().containsKey(KEY))
        .map(
            condition ->
                new ConfigRule.Violation(
                    "conditions",
                    "conditions: "
                        + condition
                        + ": capacity is what is varied here; leave it out, and name it in"
                        + " --capacities"))
        .toList();
  }

  /**
   * The trials in the order in which they start: the smallest capacities first, seed by seed.
   *
   * @param config the setting
   * @return conditions that have their capacity as a setting of their own
   */
  public List<Trial> trials(ExperimentConfig config) {
    List<Trial> trials = new ArrayList<>();
    for (Size size : sizes) {
      String capacity = String.valueOf(size.capacity());
      for (int seed = 1; seed <= size.seeds().orElse(config.seeds()); seed++) {
        for (Condition condition : config.conditions()) {
          trials.add(new Trial(condition.with(KEY, capacity), seed));
        }
      }
    }
    return trials;
  }

  /** How it is written after {@code --capacities}. */
  @Override
  public String toString() {
    return sizes.stream().map(Size::toString).collect(Collectors.joining(","));
  }
}
