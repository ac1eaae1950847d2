package io.nnem.experiments.engine;

import com.google.inject.Inject;
import io.nnem.core.Options;
import io.nnem.experiments.config.ConfigResolver;
import java.util.Map;

/** Makes jobs of calls, from the experiments there are. */
public final class Jobs {
  private final Map<String, Experiment> experiments;
  private final Parts parts;

  @Inject
  Jobs(Map<String, Experiment> experiments, Parts parts) {
    this.experiments = experiments;
    this.parts = parts;
  }

  public Parts parts() {
    return parts;
  }

  /** Lays over a setting what follows from an experiment's options. */
  void settle(ConfigResolver resolver, String experiment, Options options) {
    experiments.get(experiment).settle(resolver, options);
  }

  public Job job(Call call) {
    return experiments.get(call.experiment()).job(call.config(), call.options(), parts);
  }
}
