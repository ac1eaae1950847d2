package io.nnem.experiments.engine;

import com.google.inject.Inject;
import io.nnem.core.Plugins;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import java.util.LinkedHashMap;
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

  /**
   * The experiments of a catalogue, each under guard.
   *
   * @param catalogue the plug-ins there are
   * @return by name, without those that share their name
   */
  public static Map<String, Experiment> experiments(Catalogue catalogue) {
    Plugins<Experiment> kind = catalogue.of(Experiment.class);
    Map<String, Experiment> experiments = new LinkedHashMap<>();
    for (String name : kind.names()) {
      if (kind.all().stream().filter(found -> found.name().equals(name)).count() == 1) {
        experiments.put(name, PluginGuard.of(kind, name).guarded(Experiment.class));
      }
    }
    return experiments;
  }

  /** The parts that jobs are made of. */
  public Parts parts() {
    return parts;
  }

  /** The job of a call. */
  public Job job(Call call) {
    return experiments.get(call.experiment()).job(call.config(), call.options(), parts);
  }
}
