package io.nnem.experiments.run;

import io.nnem.core.BackendProvider;
import io.nnem.core.Tensors;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The back ends of a run: one of each name, with one thread. Trials run side by side, and their
 * bits do not depend on how many do.
 */
public final class Backends {
  private final Catalogue catalogue;
  private final Map<String, Tensors<?>> made = new ConcurrentHashMap<>();

  public Backends(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The back end of a name, the same each time. */
  public Tensors<?> get(String name) {
    return made.computeIfAbsent(
        name,
        each ->
            PluginGuard.of(catalogue.of(BackendProvider.class), each)
                .ask(backend -> backend.create(1)));
  }
}
