package io.nnem.experiments.plugins;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.DecodingConfig;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.MemoryConfig;
import io.nnem.experiments.config.PretrainingConfig;
import io.nnem.memory.EvictionPolicyProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings that are possible in themselves, but not together: what would fail only when the first
 * trial begins. All plug-ins that are named are there.
 */
record Contradictions(Catalogue catalogue) implements ConfigRule {

  @Override
  public List<Violation> check(ExperimentConfig config) {
    List<Violation> common = contradictions(config);
    List<Violation> violations = new ArrayList<>(common);
    for (Condition condition : config.conditions()) {
      ExperimentConfig own = config.forCondition(condition);
      contradictions(own).stream()
          .filter(each -> !common.contains(each))
          .forEach(each -> violations.add(PluginNames.violation(condition, each.text())));
      boolean code =
          condition
              .reinstatement()
              .map(from -> PluginGuard.of(catalogue.of(ReinstatementProvider.class), from))
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
    return violations;
  }

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
        PluginGuard.of(catalogue.of(DecoderProvider.class), decoding.decoder())
            .ask(DecoderProvider::isUncertain);
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
    return catalogue.of(DecoderProvider.class).names().stream()
        .filter(
            name ->
                PluginGuard.of(catalogue.of(DecoderProvider.class), name)
                    .ask(DecoderProvider::isUncertain))
        .collect(Collectors.joining(" or "));
  }
}
