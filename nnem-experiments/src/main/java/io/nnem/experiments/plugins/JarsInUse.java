package io.nnem.experiments.plugins;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.BackendProvider;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which jars of the plug-in path a run depends on: those with a plug-in that it uses and, if there
 * is one, those that offer no plug-in at all, for they are there as libraries.
 */
public final class JarsInUse {
  private JarsInUse() {}

  /**
   * Those of a run, in the order of their names; none if the run uses only what comes with nnem.
   */
  public static List<PluginJar> of(
      Catalogue catalogue,
      PluginUse experiment,
      ExperimentConfig config,
      Collection<Condition> conditions) {
    Set<PluginUse> uses = new HashSet<>();
    uses.add(experiment);
    uses.add(new PluginUse(BackendProvider.class, config.backend()));
    for (Condition condition : conditions) {
      uses.addAll(PluginUse.of(config.forCondition(condition), condition));
      // nnem decoders names its trials by their decoders
      uses.add(new PluginUse(DecoderProvider.class, condition.assigner()));
    }
    Map<Path, List<String>> used = new HashMap<>();
    Set<Path> offering = new HashSet<>();
    for (Class<? extends Plugin> kind : catalogue.kinds) {
      Plugins<? extends Plugin> there = catalogue.of(kind);
      for (Plugins.Found<? extends Plugin> found : there.all()) {
        Path place = Path.of(found.location());
        offering.add(place);
        if (uses.contains(new PluginUse(kind, found.name()))) {
          used.computeIfAbsent(place, path -> new ArrayList<>())
              .add(there.kind() + " " + found.name());
        }
      }
    }
    List<Path> places = catalogue.path().places();
    if (places.stream().noneMatch(used::containsKey)) {
      return List.of();
    }
    return places.stream()
        .filter(place -> used.containsKey(place) || !offering.contains(place))
        .map(place -> PluginJar.of(place, used.getOrDefault(place, List.of())))
        .sorted(Comparator.comparing(PluginJar::file).thenComparing(PluginJar::sha256))
        .toList();
  }
}
