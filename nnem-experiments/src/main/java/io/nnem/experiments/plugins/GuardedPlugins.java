package io.nnem.experiments.plugins;

import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.PluginSource;

/**
 * The plug-ins of a catalogue, under {@linkplain PluginGuard guard}: whatever they create, and
 * wherever that fails, the error says whose fault it is.
 *
 * @param catalogue the plug-ins there are
 */
public record GuardedPlugins(Catalogue catalogue) implements PluginSource {

  @Override
  public <P extends Plugin> P find(Class<P> kind, String name) {
    return PluginGuard.of(of(kind), name).guarded(kind);
  }

  @SuppressWarnings("unchecked") // the one that says that it is of this kind
  private <P extends Plugin> Plugins<P> of(Class<P> kind) {
    return (Plugins<P>)
        catalogue.kinds().stream()
            .filter(plugins -> plugins.type() == kind)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There are no plug-ins of " + kind));
  }
}
