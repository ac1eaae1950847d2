package io.nnem.experiments.capacity;

import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.Trials;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The capacities that are compared, the smallest first. */
public record CapacityPlan(List<Size> sizes) {
  static final String KEY = "capacity";

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})(:([1-9][0-9]{0,3}))?");

  /** How many memories are held, and with how many seeds if not with those of the configuration. */
  public record Size(int capacity, OptionalInt seeds) {
    @Override
    public String toString() {
      return capacity + (seeds.isPresent() ? ":" + seeds.getAsInt() : "");
    }
  }

  public CapacityPlan {
    sizes = List.copyOf(sizes);
  }

  /**
   * Reads {@code N} or {@code N:SEEDS}, with commas between them, each size once, as in {@code
   * 500,2000,32000:2}.
   */
  public static CapacityPlan parse(String text) {
    Map<Integer, Size> sizes = new TreeMap<>();
    for (String item : text.split(",", -1)) {
      Matcher matcher = SIZE.matcher(item.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(item);
      }
      int capacity = Integer.parseInt(matcher.group(1));
      String seeds = matcher.group(3);
      OptionalInt own =
          seeds == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(seeds));
      if (sizes.put(capacity, new Size(capacity, own)) != null) {
        throw new IllegalArgumentException(item);
      }
    }
    return new CapacityPlan(List.copyOf(sizes.values()));
  }

  /**
   * The trials in the order in which they start: the smallest capacities first, seed by seed. Each
   * condition has its capacity as a setting of its own, and must not say itself how large its
   * memory is.
   */
  public List<Trial> trials(ExperimentConfig config) {
    List<String> problems =
        config.conditions().stream()
            .filter(condition -> condition.settings().containsKey(KEY))
            .map(
                condition ->
                    "conditions: "
                        + condition
                        + ": capacity is what is varied here; leave it out, and name it in"
                        + " --capacities")
            .toList();
    ConfigException.requireNone(problems);
    return sizes.stream()
        .flatMap(
            size ->
                Trials.plan(
                    config.conditions().stream()
                        .map(each -> each.with(KEY, String.valueOf(size.capacity())))
                        .toList(),
                    size.seeds().orElse(config.seeds()))
                    .stream())
        .toList();
  }

  @Override
  public String toString() {
    return sizes.stream().map(Size::toString).collect(Collectors.joining(","));
  }
}
