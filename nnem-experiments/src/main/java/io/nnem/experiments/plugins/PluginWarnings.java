package io.nnem.experiments.plugins;

/** Is told of plug-ins that were found and cannot be used; the others still can. */
@FunctionalInterface
public interface PluginWarnings {
  /**
   * One of them cannot be used.
   *
   * @param problem which, in which jar, and why
   */
  void unusable(String problem);
}
