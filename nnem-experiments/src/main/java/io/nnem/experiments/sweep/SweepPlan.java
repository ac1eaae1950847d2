package io.nnem.experiments.sweep;

import io.nnem.core.Seeds;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a file says of a sweep.
 *
 * @param base settings that hold for all, as {@code --set} writes them
 * @param samples how many combinations are drawn; of no meaning for a grid
 * @param halving how the drawn ones are cut down
 * @param text the file in one line
 */
record SweepPlan(
    Map<String, String> base,
    Map<String, Range> vary,
    Method method,
    int samples,
    long seed,
    Halving halving,
    String text) {
  /** What is too much to be meant. */
  private static final int MOST = 10_000;

  /** Nothing is varied: there is no file. */
  static final SweepPlan NONE =
      new SweepPlan(Map.of(), Map.of(), Method.GRID, 1, 1, new Halving(3, 500), "");

  enum Method {
    GRID,
    RANDOM,
    /** So many, drawn, of which the better go on. */
    HALVING
  }

  /** The conditions that are trained: each of some with every combination. */
  List<Condition> conditions(List<Condition> some) {
    List<Map<String, String>> combinations = method == Method.GRID ? grid() : drawn();
    List<Condition> conditions = new ArrayList<>();
    for (Map<String, String> combination : combinations) {
      for (Condition condition : some) {
        Condition with = condition;
        for (Map.Entry<String, String> each : combination.entrySet()) {
          with = with.with(each.getKey(), each.getValue());
        }
        conditions.add(with);
      }
    }
    return conditions;
  }

  Condition base(Condition condition) {
    Condition base = condition.without(Halving.STEPS);
    for (String key : vary.keySet()) {
      base = base.without(key);
    }
    return base;
  }

  private List<Map<String, String>> grid() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, Range> each : vary.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> shorter : all) {
        for (String value : each.getValue().grid()) {
          Map<String, String> one = new LinkedHashMap<>(shorter);
          one.put(each.getKey(), value);
          longer.add(one);
        }
      }
      requireFew(longer.size());
      all = longer;
    }
    return all;
  }

  /** As many as are wanted, each once; the first are the same however many are wanted. */
  private List<Map<String, String>> drawn() {
    requireFew(samples);
    SplittableRandom random = Seeds.random(seed, "sweep");
    Set<Map<String, String>> drawn = new LinkedHashSet<>();
    for (int tries = 0; drawn.size() < samples; tries++) {
      Map<String, String> one = new LinkedHashMap<>();
      vary.forEach((key, range) -> one.put(key, range.draw(random.nextDouble())));
      drawn.add(one);
      if (tries > 1000 + 100 * samples) {
        throw new ConfigException(
            "samples: "
                + samples
                + " are wanted, but there are hardly more than "
                + drawn.size()
                + " combinations of what is varied; use method: grid, or fewer samples");
      }
    }
    return List.copyOf(drawn);
  }

  private static void requireFew(int count) {
    if (count > MOST) {
      throw new ConfigException(
          "vary: there are more than "
              + MOST
              + " combinations; use fewer values, or method: random with samples");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
