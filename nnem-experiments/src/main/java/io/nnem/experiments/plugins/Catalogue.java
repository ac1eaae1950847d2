package io.nnem.experiments.plugins;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.BackendProvider;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.RetentionProvider;
import java.util.List;
import java.util.stream.Stream;

/**
 * All plug-ins that were found, by kind.
 *
 * @param backends tensor backends
 * @param assigners credit assigners
 * @param reinstatements where reinstated observations come from
 * @param embedders embedders
 * @param decoders decoders
 * @param retentions retention policies
 * @param path where those that do not come with the application are
 */
public record Catalogue(
    Plugins<BackendProvider> backends,
    Plugins<CreditAssignerProvider> assigners,
    Plugins<ReinstatementProvider> reinstatements,
    Plugins<EmbedderProvider> embedders,
    Plugins<DecoderProvider> decoders,
    Plugins<RetentionProvider> retentions,
    PluginPath path) {

  /**
   * Looks for those that come with the application.
   *
   * @return what is on the class path
   */
  public static Catalogue load() {
    return load(PluginPath.none());
  }

  /**
   * Looks for those that come with the application, and more.
   *
   * @param path where more are
   * @return what is on the class path and on the plug-in path
   */
  public static Catalogue load(PluginPath path) {
    ClassLoader loader = path.loader(Catalogue.class.getClassLoader());
    return new Catalogue(
        Plugins.load(BackendProvider.class, loader),
        Plugins.load(CreditAssignerProvider.class, loader),
        Plugins.load(ReinstatementProvider.class, loader),
        Plugins.load(EmbedderProvider.class, loader),
        Plugins.load(DecoderProvider.class, loader),
        Plugins.load(RetentionProvider.class, loader),
        path);
  }

  /**
   * All kinds.
   *
   * @return in the order in which they are shown
   */
  public List<Plugins<? extends Plugin>> kinds() {
    return List.of(backends, assigners, reinstatements, embedders, decoders, retentions);
  }

  /**
   * What was found and cannot be used.
   *
   * @return sentences that name the jar and the reason; empty if all is well
   */
  public List<String> problems() {
    return Stream.concat(
            path.problems().stream(), kinds().stream().flatMap(kind -> kind.problems().stream()))
        .toList();
  }
}
