package io.nnem.experiments.plugins;

import io.nnem.core.Option;
import io.nnem.core.Plugin;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plug-in that something is trained with. Back ends are not among them: trials share theirs, and
 * it is given no options.
 */
public record PluginUse(Class<? extends Plugin> kind, String name) {

  /** What the keys of a configuration name: embedder, decoder, and what the memory consists of. */
  public static List<PluginUse> ofKeys(ExperimentConfig config) {
    return PluginKey.ALL.stream()
        .flatMap(key -> key.name(config).stream().map(name -> new PluginUse(key.kind(), name)))
        .toList();
  }

  /**
   * What gives a condition its credit, and gets its observations back; nothing of the control
   * without a memory. The setting is the condition's own, here and below.
   */
  public static List<PluginUse> ofCredit(ExperimentConfig own, Condition condition) {
    if (condition.isClassifier()) {
      return List.of();
    }
    return Stream.concat(
            Stream.of(new PluginUse(CreditAssignerProvider.class, condition.assigner())),
            own.reinstatement(condition).stream()
                .map(from -> new PluginUse(ReinstatementProvider.class, from)))
        .toList();
  }

  public static List<PluginUse> of(ExperimentConfig own, Condition condition) {
    return Stream.concat(ofKeys(own).stream(), ofCredit(own, condition).stream()).toList();
  }

  public List<Option<?>> options(Catalogue catalogue) {
    return PluginGuard.of(catalogue.of(kind), name).ask(Plugin::options);
  }
}
