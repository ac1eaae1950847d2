package io.nnem.experiments.figure;

import com.google.auto.service.AutoService;
import io.nnem.core.Options;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import java.util.List;
import java.util.stream.Collectors;

/** {@code nnem run}: one condition. */
@AutoService(Experiment.class)
public final class RunExperiment implements Experiment {
  @Override
  public String name() {
    return "run";
  }

  @Override
  public Help help() {
    return new Help(
        "Train one condition.",
        "Leaves the same folder as nnem figure. The configuration names exactly one condition.",
        List.of(
            "nnem run --conditions exact-reinstatement/decoded --seeds 1 --capacity 2000",
            "nnem run --config mine.yaml"));
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    if (config.conditions().size() != 1) {
      throw new ConfigException(
          "conditions has "
              + config.conditions().size()
              + " ("
              + config.conditions().stream().map(Condition::name).collect(Collectors.joining(", "))
              + "); nnem run trains exactly one, nnem figure trains several");
    }
    return FigureExperiment.job(config, parts);
  }
}
