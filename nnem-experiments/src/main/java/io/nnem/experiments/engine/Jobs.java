package io.nnem.experiments.engine;

import com.google.inject.Inject;
import io.nnem.core.Options;
import io.nnem.experiments.config.ConfigResolver;
import java.util.Map;

/** Makes jobs of calls, from the experiments there are. */
public record Jobs(Map<String, Experiment> experiments, Parts parts) {

  @Inject
  public Jobs {}

  /** Lays over a setting what follows from an experiment's options. */
  void settle(ConfigResolver resolver, String experiment, Options options) {
    experiments.get(experiment).settle(resolver, options);
  }

  public Job job(Call call) {
    return experiments.get(call.experiment()).job(call.config(), call.options(), parts);
  }
}
