package io.nnem.credit;

import io.nnem.core.Plugin;
import io.nnem.core.Plugins;

/** Where a {@link MemoryNetworkBuilder} finds the plug-ins that it is told the names of. */
@FunctionalInterface
public interface PluginSource {

  /**
   * Finds a plug-in.
   *
   * @param kind what it is a plug-in for
   * @param name its name
   * @param <P> the kind
   * @return the plug-in
   * @throws IllegalArgumentException if there is none of the name, or more than one
   */
  <P extends Plugin> P find(Class<P> kind, String name);

  /**
   * Those that the thread's context class loader finds.
   *
   * @return a source that looks each time
   */
  static PluginSource classPath() {
    return new PluginSource() {
      @Override
      public <P extends Plugin> P find(Class<P> kind, String name) {
        return Plugins.load(kind).get(name);
      }
    };
  }
}
