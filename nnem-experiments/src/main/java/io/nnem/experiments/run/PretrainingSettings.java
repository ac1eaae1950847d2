package io.nnem.experiments.run;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.DecodingConfig;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.NetworkConfig;
import io.nnem.experiments.config.PretrainingConfig;
import io.nnem.experiments.config.TrainingConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything that what is trained beforehand depends on, as text: equal texts mean equal bits. */
record PretrainingSettings(Catalogue catalogue, ExperimentConfig config) {

  /** What an autoencoder learns. */
  static final String RECONSTRUCTION = "reconstruction";

  String text(String objective, int codeSize, Split data, long seed, String backend) {
    NetworkConfig network = config.network();
    DecodingConfig decoding = config.decoding();
    TrainingConfig training = config.training();
    PretrainingConfig pretraining = config.pretraining();
    TreeMap<String, String> options = new TreeMap<>(config.options());
    options.remove("code-bits"); // it comes later
    options.remove("code-size"); // it is said below
    return String.join(
            "\n",
            "training " + data.training().checksum(),
            "validation " + data.validation().checksum(), // the curve is measured on it
            "seed " + seed,
            "backend " + config.backend() + " " + backend,
            "embedder " + plugin(catalogue.of(EmbedderProvider.class), network.embedder()),
            "embedder-hidden " + network.embedderHidden(),
            "decoder " + plugin(catalogue.of(DecoderProvider.class), decoding.decoder()),
            "decoder-hidden " + decoding.decoderHidden(),
            "decoder-loss " + decoding.decoderLoss(),
            "code-size " + codeSize,
            "optimiser " + training.optimiser(),
            "clip-norm " + training.clipNorm(),
            "pretrain-steps " + pretraining.pretrainSteps(),
            "pretrain-batch " + pretraining.pretrainBatch(),
            "pretrain-learning-rate " + pretraining.pretrainLearningRate(),
            "options " + options)
        // the usual one has no line: what was trained before there was another stays in use
        + (objective.equals(RECONSTRUCTION) ? "" : "\npretrain-objective " + objective);
  }

  /** The class, and the jar that it is from: a newer one may compute something else. */
  private static String plugin(Plugins<? extends Plugin> kind, String name) {
    Plugin plugin = kind.get(name);
    String jar =
        kind.all().stream()
            .filter(found -> found.plugin() == plugin)
            .map(found -> sum(Path.of(found.location())))
            .collect(Collectors.joining());
    return plugin.getClass().getName() + " " + jar;
  }

  private static String sum(Path location) {
    if (!Files.isRegularFile(location)) {
      return "";
    }
    try {
      return PluginJar.sha256(location);
    } catch (IOException e) {
      throw new UncheckedIOException(location + " cannot be read", e);
    }
  }
}
