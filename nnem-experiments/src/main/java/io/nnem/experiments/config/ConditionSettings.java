package io.nnem.experiments.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A configuration with the settings of one condition laid over it. This is the only place where
 * that is done.
 *
 * @param config what the condition is trained with; of use only if there are no problems
 * @param problems what is wrong with the condition's settings, and not with the configuration
 */
record ConditionSettings(ExperimentConfig config, List<String> problems, boolean unknownKey) {
  /** Between the items of a list, where a comma would begin the next condition. */
  static final String SEPARATOR = ":";

  static final String OPTIONS = "options.";

  /** Keys that say what is compared, on what and how; equal for all that is compared. */
  static final Set<String> OF_THE_RUN =
      Set.of(
          "conditions",
          "seeds",
          "backend",
          "data",
          "label",
          "header",
          "missing",
          "evaluate-every",
          "evaluation-images",
          "jobs");

  /**
   * Lays the settings over a run's; {@code where} begins each problem, as in {@code --conditions:
   * conditions: none+batch=0}.
   */
  static ConditionSettings lay(ExperimentConfig base, Condition condition, String where) {
    if (condition.settings().isEmpty()) {
      return new ConditionSettings(base, List.of(), false);
    }
    List<String> problems = new ArrayList<>();
    SettingReader reader = new SettingReader(problems);
    ObjectNode tree = ConfigResolver.tree(base);
    boolean unknown = false;
    for (Map.Entry<String, String> setting : condition.settings().entrySet()) {
      String name = setting.getKey();
      ConfigKey key = ConfigKey.ALL.get(name);
      if (name.startsWith(OPTIONS) && name.length() > OPTIONS.length()) {
        ((ObjectNode) tree.get("options"))
            .put(name.substring(OPTIONS.length()), setting.getValue());
      } else if (key == null) {
        unknown = true;
        problems.add(ConfigKey.unknown(name, where));
      } else if (OF_THE_RUN.contains(name)) {
        problems.add(
            where
                + ": "
                + name
                + " is the same for all conditions of a run, so none has one of its own; give it"
                + " with --"
                + (name.equals("conditions") ? name : "set " + name + "=" + setting.getValue()));
      } else {
        reader
            .read(key, key.setting(setting.getValue(), SEPARATOR, where))
            .ifPresent(value -> tree.set(name, value));
      }
    }
    ExperimentConfig config = ConfigResolver.bind(tree);
    if (problems.isEmpty()) {
      Map<String, String> origins = new HashMap<>();
      ConfigKey.ALL.keySet().forEach(name -> origins.put(name, where));
      problems.addAll(ConfigChecks.problems(config, origins));
      problems.removeAll(ConfigChecks.problems(base, origins)); // those are not its own
    }
    return new ConditionSettings(config, List.copyOf(problems), unknown);
  }
}
