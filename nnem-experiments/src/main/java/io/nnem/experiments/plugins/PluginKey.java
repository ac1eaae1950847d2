package io.nnem.experiments.plugins;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Plugin;
import io.nnem.credit.KeyRefresherProvider;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.RecallProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key of the configuration that names a plug-in, and that a condition may have a value of its own
 * for.
 */
public record PluginKey(
    String key, Class<? extends Plugin> kind, Function<ExperimentConfig, String> value) {

  public static final List<PluginKey> ALL =
      List.of(
          new PluginKey("embedder", EmbedderProvider.class, config -> config.network().embedder()),
          new PluginKey("decoder", DecoderProvider.class, config -> config.decoding().decoder()),
          new PluginKey("store", MemoryStoreProvider.class, config -> config.memory().store()),
          new PluginKey(
              "eviction", EvictionPolicyProvider.class, config -> config.memory().eviction()),
          new PluginKey("recall", RecallProvider.class, config -> config.memory().recall()),
          new PluginKey(
              "freshening", KeyRefresherProvider.class, config -> config.memory().freshening()));

  /** The plug-in that a configuration names; empty if none is wanted. */
  public Optional<String> name(ExperimentConfig config) {
    String name = value.apply(config);
    boolean none = kind == KeyRefresherProvider.class && !config.memory().freshens();
    return none ? Optional.empty() : Optional.of(name);
  }
}
