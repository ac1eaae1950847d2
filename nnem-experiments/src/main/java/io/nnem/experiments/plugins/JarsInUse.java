package io.nnem.experiments.plugins;

import io.nnem.autoencoder.DecoderProvider;
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
  private final Catalogue catalogue;

  /** What is used of each place. */
  private final Map<Path, List<String>> used = new HashMap<>();

  /** All places with a plug-in. */
  private final Set<Path> offering = new HashSet<>();

  private JarsInUse(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Those of a run.
   *
   * @param catalogue the plug-ins there are
   * @param config the setting
   * @param conditions what is trained or audited
   * @return in the order of their names; empty if the run uses only what comes with nnem
   * @throws IllegalStateException if one of them can no longer be read
   */
  public static List<PluginJar> of(
      Catalogue catalogue, ExperimentConfig config, Collection<Condition> conditions) {
    JarsInUse jars = new JarsInUse(catalogue);
    jars.add(catalogue.backends(), Set.of(config.backend()));
    for (PluginKey key : PluginKey.ALL) {
      Set<String> names = new HashSet<>();
      for (Condition condition : conditions) {
        key.name(config.forCondition(condition)).ifPresent(names::add);
        if (key.kind() == DecoderProvider.class) {
          names.add(condition.assigner()); // nnem decoders names its trials by their decoders
        }
      }
      jars.add(catalogue.of(key.kind()), names);
    }
    Set<String> assigners = new HashSet<>();
    Set<String> reinstatements = new HashSet<>();
    for (Condition condition : conditions) {
      assigners.add(condition.assigner());
      condition.reinstatement().ifPresent(reinstatements::add);
    }
    jars.add(catalogue.assigners(), assigners);
    jars.add(catalogue.reinstatements(), reinstatements);
    return jars.list();
  }

  private void add(Plugins<? extends Plugin> kind, Set<String> names) {
    for (Plugins.Found<? extends Plugin> found : kind.all()) {
      Path place = Path.of(found.location());
      offering.add(place);
      if (names.contains(found.name())) {
        used.computeIfAbsent(place, path -> new ArrayList<>())
            .add(kind.kind() + " " + found.name());
      }
    }
  }

  private List<PluginJar> list() {
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
