package io.nnem.experiments.sweep;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Trials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@AutoService(Experiment.class)
public final class SweepExperiment implements Experiment {
  static final Option<SweepPlan> PLAN =
      Option.of(
          "sweep",
          "YAML that says what is varied",
          SweepPlan.NONE,
          "what is varied, and how",
          SweepFile::read);

  private static final String CONDITIONS = "conditions";

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public Help help() {
    return new Help(
        "Vary keys of the configuration: grid, random, or successive halving.",
        "FILE is YAML: base has keys of the configuration; vary has for each key a list of values"
            + " or {from, to, scale: linear or log, values: N}; method is grid (all combinations),"
            + " random or halving (samples: N of them, drawn from seed: N). Each condition of base"
            + " is trained with every combination, and all with the same seeds, so that"
            + " differences are paired. The folder has sweep.csv and report.html with parallel"
            + " coordinates and a scatter plot for each key.\n\n"
            + "Halving trains all for few steps, the best of eta (3) anew for eta times the steps,"
            + " and so on, up to the steps of base. It looks at validation accuracy alone. It is "
            + SweepReport.UNFAIR
            + " Nobody is cut before floor (500) steps.",
        List.of(
            "nnem sweep examples/sweep.yaml",
            "nnem sweep examples/sweep.yaml --seeds 5 --steps 2000",
            "nnem sweep --resume results/sweep-20250102-030405"));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(PLAN);
  }

  @Override
  public Optional<Option<?>> file() {
    return Optional.of(PLAN);
  }

  /** Every combination is a condition of the configuration, so that it is checked with the rest. */
  @Override
  public void settle(ConfigResolver resolver, Options options) {
    SweepPlan plan = options.get(PLAN);
    if (plan.vary().isEmpty()) {
      throw new ConfigException("FILE is empty; " + SweepFile.NEEDED);
    }
    Map<String, String> base = new LinkedHashMap<>(plan.base());
    String list = base.remove(CONDITIONS);
    List<Condition> some =
        list == null ? ExperimentConfig.defaults().conditions() : conditions(list, plan);
    plan.vary()
        .keySet()
        .forEach(key -> resolver.refuse(key, key + " is what is varied here; leave it out"));
    resolver
        .beneath("FILE: base", base)
        .refuse(CONDITIONS, "conditions: a sweep has those of its file; list them in base")
        .option(
            "FILE",
            CONDITIONS,
            plan.conditions(some).stream().map(Condition::name).collect(Collectors.joining(",")));
  }

  private static List<Condition> conditions(String list, SweepPlan plan) {
    List<String> problems = new ArrayList<>();
    List<Condition> conditions = new ArrayList<>();
    for (String name : Arrays.stream(list.split(",", -1)).map(String::strip).toList()) {
      try {
        Condition condition = Condition.parse(name);
        conditions.add(condition);
        condition.settings().keySet().stream()
            .filter(plan.vary()::containsKey)
            .forEach(
                key ->
                    problems.add(
                        "FILE: base: conditions: " + name + " sets " + key + ", which is varied"));
      } catch (IllegalArgumentException e) {
        problems.add("FILE: base: conditions: " + e.getMessage());
      }
    }
    ConfigException.requireNone(problems);
    return conditions;
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    SweepPlan plan = options.get(PLAN);
    int steps = config.training().steps();
    boolean halving = plan.method() == SweepPlan.Method.HALVING;
    Job job =
        new Job(
            halving
                ? plan.halving().first(config.conditions(), config.seeds(), steps)
                : Trials.plan(config),
            parts.training(),
            Found.Ages.class,
            (files, data) -> new SweepReport(files, plan));
    return halving
        ? job.then(done -> plan.halving().next(done, config.conditions(), config.seeds(), steps))
        : job;
  }
}
