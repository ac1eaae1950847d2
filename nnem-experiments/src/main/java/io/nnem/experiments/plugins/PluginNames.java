package io.nnem.experiments.plugins;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.Option;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.DecodingConfig;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.MemoryConfig;
import io.nnem.experiments.config.PretrainingConfig;
import io.nnem.experiments.config.Suggestions;
import io.nnem.memory.EvictionPolicyProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every plug-in that a configuration names must be there, and be the only one of its name. */
public final class PluginNames implements ConfigRule {
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
      if (code && own.pretraining().pretrainSteps() == 0) {
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
    DecodingConfig decoding = config.decoding();
    MemoryConfig memory = config.memory();
    List<Violation> violations = new ArrayList<>();
    if (decoding.reconstructionTrainsEmbedder() && decoding.decoderLearning().equals("fixed")) {
      violations.add(
          new Violation(
              "decoder-learning",
              "decoder-learning is \"fixed\", but reconstruction-trains-embedder is true: only a"
                  + " decoder that learns can train the embedder; change one of them"));
    }
    checkObjective(config, violations);
    boolean scored =
        PluginGuard.of(catalogue.of(EvictionPolicyProvider.class), memory.eviction())
            .ask(EvictionPolicyProvider::needsUncertainty);
    boolean uncertain =
        PluginGuard.of(catalogue.decoders(), decoding.decoder()).ask(DecoderProvider::isUncertain);
    if (scored && !uncertain) {
      violations.add(
          new Violation(
              "eviction",
              "eviction is \""
                  + memory.eviction()
                  + "\", which goes by how uncertain a decoder is of each memory, but decoder \""
                  + decoding.decoder()
                  + "\" does not say; set decoder to "
                  + uncertainDecoders()
                  + ", or choose another eviction policy"));
    }
    return violations;
  }

  /** An objective that trains no decoder. */
  private static void checkObjective(ExperimentConfig config, List<Violation> violations) {
    PretrainingConfig pretraining = config.pretraining();
    if (!pretraining.pretrainObjective().equals("transformation")) {
      return;
    }
    String says = "pretrain-objective is \"transformation\", ";
    if (pretraining.pretrainSteps() == 0) {
      violations.add(
          new Violation(
              "pretrain-objective",
              says
                  + "but pretrain-steps is 0, so that nothing is trained; set it, to 3000 for"
                  + " example"));
    }
    if (!pretraining.pretrainedParts().equals("encoder")) {
      violations.add(
          new Violation(
              "pretrained-parts",
              says
                  + "which trains the embedder and no decoder, but pretrained-parts is \""
                  + pretraining.pretrainedParts()
                  + "\"; set it to encoder"));
    }
    if (config.decoding().decoderLearning().equals("fixed")) {
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

  /** A misspelt option, or a bad value, would otherwise show when a condition begins, or never. */
  private void checkOptions(ExperimentConfig config, List<Violation> violations) {
    Map<String, Option<?>> known = new TreeMap<>();
    try {
      collect(catalogue.backends(), config.backend(), known);
      collect(config, known);
      for (Condition condition : config.conditions()) {
        Map<String, Option<?>> its = options(config, condition);
        known.putAll(its);
        condition
            .settings()
            .forEach(
                (key, value) -> {
                  if (key.startsWith(OPTIONS)) {
                    refused(key.substring(OPTIONS.length()), value, its, "its plug-ins")
                        .ifPresent(text -> violations.add(of(condition, text)));
                  }
                });
      }
    } catch (PluginFailedException e) {
      violations.add(new Violation("options", e.getMessage()));
      return;
    }
    config
        .options()
        .forEach(
            (name, value) ->
                refused(name, value, known, "the plug-ins in use")
                    .ifPresent(text -> violations.add(new Violation("options", text))));
  }

  private static Optional<String> refused(
      String name, String value, Map<String, Option<?>> known, String whose) {
    Option<?> option = known.get(name);
    if (option == null) {
      return Optional.of(
          OPTIONS
              + name
              + ": none of "
              + whose
              + " has such a setting; they have "
              + (known.isEmpty() ? "none" : String.join(", ", known.keySet())));
    }
    try {
      option.parse(value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          OPTIONS + name + ": it must be " + option.type() + ", but it is '" + value + "'");
    }
  }

  /** The options of everything that a condition is trained with. */
  private Map<String, Option<?>> options(ExperimentConfig config, Condition condition) {
    ExperimentConfig own = config.forCondition(condition);
    Map<String, Option<?>> options = new TreeMap<>();
    collect(catalogue.backends(), own.backend(), options);
    collect(own, options);
    if (!condition.isClassifier()) {
      collect(catalogue.assigners(), condition.assigner(), options);
    }
    condition.reinstatement().ifPresent(from -> collect(catalogue.reinstatements(), from, options));
    return options;
  }

  private void collect(ExperimentConfig config, Map<String, Option<?>> options) {
    for (PluginKey key : PluginKey.ALL) {
      key.name(config).ifPresent(name -> collect(catalogue.of(key.kind()), name, options));
    }
  }

  private static void collect(
      Plugins<? extends Plugin> kind, String name, Map<String, Option<?>> options) {
    PluginGuard.of(kind, name)
        .ask(Plugin::options)
        .forEach(option -> options.put(option.name(), option));
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
