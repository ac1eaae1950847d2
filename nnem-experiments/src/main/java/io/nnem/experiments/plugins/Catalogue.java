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

/**
 * All plug-ins that the service loader finds, by kind.
 *
 * @param backends tensor backends
 * @param assigners credit assigners
 * @param reinstatements where reinstated observations come from
 * @param embedders embedders
 * @param decoders decoders
 * @param retentions retention policies
 */
public record Catalogue(
    Plugins<BackendProvider> backends,
    Plugins<CreditAssignerProvider> assigners,
    Plugins<ReinstatementProvider> reinstatements,
    Plugins<EmbedderProvider> embedders,
    Plugins<DecoderProvider> decoders,
    Plugins<RetentionProvider> retentions) {

  /**
   * Looks for them.
   *
   * @return what is on the class path
   */
  public static Catalogue load() {
    return new Catalogue(
        Plugins.load(BackendProvider.class),
        Plugins.load(CreditAssignerProvider.class),
        Plugins.load(ReinstatementProvider.class),
        Plugins.load(EmbedderProvider.class),
        Plugins.load(DecoderProvider.class),
        Plugins.load(RetentionProvider.class));
  }

  /**
   * All kinds.
   *
   * @return in the order in which they are shown
   */
  public List<Plugins<? extends Plugin>> kinds() {
    return List.of(backends, assigners, reinstatements, embedders, decoders, retentions);
  }
}
