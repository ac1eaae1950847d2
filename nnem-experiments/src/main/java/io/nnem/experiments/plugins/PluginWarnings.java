package io.nnem.experiments.plugins;

/**
 * Is told of plug-ins that were found and cannot be used, or are not found; the others still can.
 */
@FunctionalInterface
public interface PluginWarnings {
  /**
   * Something is not as it should be.
   *
   * @param sentence which plug-in or jar, and why
   */
  void warn(String sentence);
}
