package io.nnem.experiments.plugins;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Suggestions;
import io.nnem.memory.EvictionPolicyProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every plug-in that a configuration names must be there, and be the only one of its name. */
public final class PluginNames implements ConfigRule {
  /** Settings of plug-ins that have keys of their own in the configuration. */
  private static final Set<String> HAVE_KEYS =
      Set.of(
          "synthetic-hidden",
          "synthetic-learning-rate",
          "synthetic-applied",
          "freshening-budget",
          "transport-every");

  private static final String OPTIONS = "options.";

  private final Catalogue catalogue;

  /**
   * Checks against a catalogue.
   *
   * @param catalogue what there is
   */
  public PluginNames(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public List<Violation> check(ExperimentConfig config) {
    List<Violation> violations = new ArrayList<>();
    check("backend", config.backend(), catalogue.backends(), violations);
    for (PluginKey key : PluginKey.ALL) {
      missing(key, config)
          .ifPresent(text -> violations.add(new Violation(key.key(), key.key() + ": " + text)));
    }
    for (Condition condition : config.conditions()) {
      check(condition).ifPresent(text -> violations.add(new Violation("conditions", text)));
      checkOwnPlugins(config, condition, violations);
    }
    if (violations.isEmpty()) {
      checkOptions(config, violations);
      checkDecoders(config, violations);
    }
    return violations;
  }

  /** Plug-ins that a condition has instead of the run's. */
  private void checkOwnPlugins(
      ExperimentConfig config, Condition condition, List<Violation> violations) {
    ExperimentConfig own = config.forCondition(condition);
    for (PluginKey key : PluginKey.ALL) {
      if (condition.settings().containsKey(key.key())) {
        missing(key, own).ifPresent(text -> violations.add(of(condition, key.key() + ": " + text)));
      }
    }
  }

  private Optional<String> missing(PluginKey key, ExperimentConfig config) {
    Plugins<? extends Plugin> there = catalogue.of(key.kind());
    Optional<String> name = key.name(config);
    if (name.isPresent()) {
      return missing(name.get(), there);
    }
    return there.names().contains(key.value().apply(config))
        ? Optional.of(
            "a "
                + there.kind()
                + " of that name is there, but it is the word for having none;"
                + " rename the plug-in")
        : Optional.empty();
  }

  private static Violation of(Condition condition, String text) {
    return new Violation("conditions", "conditions: " + condition + ": " + text);
  }

  /** What would fail only when the first trial begins. */
  private void checkDecoders(ExperimentConfig config, List<Violation> violations) {
    List<Violation> common = contradictions(config);
    violations.addAll(common);
    for (Condition condition : config.conditions()) {
      ExperimentConfig own = config.forCondition(condition);
      contradictions(own).stream()
          .filter(each -> !common.contains(each))
          .forEach(each -> violations.add(of(condition, each.text())));
      boolean code =
          condition
              .reinstatement()
              .map(from -> PluginGuard.of(catalogue.reinstatements(), from))
              .map(guard -> guard.ask(ReinstatementProvider::needsCodec))
              .orElse(false);
      if (code && own.pretrainSteps() == 0) {
        violations.add(
            new Violation(
                "conditions",
                "conditions: "
                    + condition
                    + " needs an autoencoder that is trained beforehand, but pretrain-steps is 0;"
                    + " set it, to 3000 for example"));
      }
    }
  }

  /** Settings that cannot go together. */
  private List<Violation> contradictions(ExperimentConfig config) {
    List<Violation> violations = new ArrayList<>();
    if (config.reconstructionTrainsEmbedder() && config.decoderLearning().equals("fixed")) {
      violations.add(
          new Violation(
              "decoder-learning",
              "decoder-learning is \"fixed\", but reconstruction-trains-embedder is true: only a"
                  + " decoder that learns can train the embedder; change one of them"));
    }
    checkObjective(config, violations);
    boolean scored =
        PluginGuard.of(catalogue.of(EvictionPolicyProvider.class), config.eviction())
            .ask(EvictionPolicyProvider::needsUncertainty);
    boolean uncertain =
        PluginGuard.of(catalogue.decoders(), config.decoder()).ask(DecoderProvider::isUncertain);
    if (scored && !uncertain) {
      violations.add(
          new Violation(
              "eviction",
              "eviction is \""
                  + config.eviction()
                  + "\", which goes by how uncertain a decoder is of each memory, but decoder \""
                  + config.decoder()
                  + "\" does not say; set decoder to "
                  + uncertainDecoders()
                  + ", or choose another eviction policy"));
    }
    return violations;
  }

  /** An objective that trains no decoder. */
  private static void checkObjective(ExperimentConfig config, List<Violation> violations) {
    if (!config.pretrainObjective().equals("transformation")) {
      return;
    }
    String says = "pretrain-objective is \"transformation\", ";
    if (config.pretrainSteps() == 0) {
      violations.add(
          new Violation(
              "pretrain-objective",
              says
                  + "but pretrain-steps is 0, so that nothing is trained; set it, to 3000 for"
                  + " example"));
    }
    if (!config.pretrainedParts().equals("encoder")) {
      violations.add(
          new Violation(
              "pretrained-parts",
              says
                  + "which trains the embedder and no decoder, but pretrained-parts is \""
                  + config.pretrainedParts()
                  + "\"; set it to encoder"));
    }
    if (config.decoderLearning().equals("fixed")) {
      violations.add(
          new Violation(
              "decoder-learning",
              says
                  + "which trains no decoder, but decoder-learning is \"fixed\": the decoder would"
                  + " never learn; set it to continued"));
    }
  }

  private String uncertainDecoders() {
    return catalogue.decoders().names().stream()
        .filter(
            name -> PluginGuard.of(catalogue.decoders(), name).ask(DecoderProvider::isUncertain))
        .collect(Collectors.joining(" or "));
  }

  /** A misspelt option would otherwise be silently left out. */
  private void checkOptions(ExperimentConfig config, List<Violation> violations) {
    Set<String> known = new TreeSet<>();
    try {
      known.addAll(options(catalogue.backends(), config.backend()));
      known.addAll(options(config));
      for (Condition condition : config.conditions()) {
        Set<String> its = options(config, condition);
        known.addAll(its);
        its.removeAll(HAVE_KEYS);
        for (String key : condition.settings().keySet()) {
          if (key.startsWith(OPTIONS)) {
            misspelt(key.substring(OPTIONS.length()), its, "its plug-ins")
                .ifPresent(text -> violations.add(of(condition, text)));
          }
        }
      }
    } catch (PluginFailedException e) {
      violations.add(new Violation("options", e.getMessage()));
      return;
    }
    known.removeAll(HAVE_KEYS);
    for (String name : config.options().keySet()) {
      misspelt(name, known, "the plug-ins in use")
          .ifPresent(text -> violations.add(new Violation("options", text)));
    }
  }

  private static Optional<String> misspelt(String name, Set<String> known, String whose) {
    if (HAVE_KEYS.contains(name)) {
      return Optional.of(OPTIONS + name + ": set " + name + " itself instead");
    }
    return known.contains(name)
        ? Optional.empty()
        : Optional.of(
            OPTIONS
                + name
                + ": none of "
                + whose
                + " has such a setting; they have "
                + (known.isEmpty() ? "none" : String.join(", ", known)));
  }

  /** The options of everything that a condition is trained with. */
  private Set<String> options(ExperimentConfig config, Condition condition) {
    ExperimentConfig own = config.forCondition(condition);
    Set<String> names = new TreeSet<>(options(catalogue.backends(), own.backend()));
    names.addAll(options(own));
    if (!condition.isClassifier()) {
      names.addAll(options(catalogue.assigners(), condition.assigner()));
    }
    condition
        .reinstatement()
        .ifPresent(from -> names.addAll(options(catalogue.reinstatements(), from)));
    return names;
  }

  private Set<String> options(ExperimentConfig config) {
    Set<String> names = new TreeSet<>();
    for (PluginKey key : PluginKey.ALL) {
      key.name(config).ifPresent(name -> names.addAll(options(catalogue.of(key.kind()), name)));
    }
    return names;
  }

  private static Set<String> options(Plugins<? extends Plugin> kind, String name) {
    return PluginGuard.of(kind, name).ask(Plugin::optionNames);
  }

  private static void check(
      String key, String name, Plugins<? extends Plugin> plugins, List<Violation> violations) {
    missing(name, plugins).ifPresent(text -> violations.add(new Violation(key, key + ": " + text)));
  }

  private Optional<String> check(Condition condition) {
    String where = "conditions: " + condition + ": ";
    if (condition.isClassifier()) {
      return checkClassifier(condition).map(where::concat);
    }
    Optional<String> missing = missing(condition.assigner(), catalogue.assigners());
    if (missing.isPresent()) {
      return missing.map(where::concat);
    }
    String assigner = condition.assigner();
    try {
      if (!PluginGuard.of(catalogue.assigners(), assigner)
          .ask(CreditAssignerProvider::reinstates)) {
        return condition
            .reinstatement()
            .map(from -> where + assigner + " reinstates nothing; write " + assigner);
      }
    } catch (PluginFailedException e) {
      return Optional.of(where + e.getMessage());
    }
    if (condition.reinstatement().isEmpty()) {
      List<String> choices =
          catalogue.reinstatements().names().stream().map(from -> assigner + "/" + from).toList();
      return Optional.of(
          where + "it must say where observations come from: " + String.join(" or ", choices));
    }
    return condition
        .reinstatement()
        .flatMap(from -> missing(from, catalogue.reinstatements()))
        .map(where::concat);
  }

  private Optional<String> checkClassifier(Condition condition) {
    if (catalogue.assigners().names().contains(condition.assigner())) {
      return Optional.of(
          "a credit assigner of that name is there, but it is the name of the control without a"
              + " memory; rename the plug-in");
    }
    return condition.reinstatement().map(from -> "it reinstates nothing; write classifier");
  }

  private static Optional<String> missing(String name, Plugins<? extends Plugin> plugins) {
    try {
      plugins.get(name);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      String guess =
          Suggestions.closest(name, plugins.names())
              .filter(close -> !close.equals(name))
              .map(close -> " Did you mean '" + close + "'?")
              .orElse("");
      return Optional.of(e.getMessage() + guess);
    }
  }
}
