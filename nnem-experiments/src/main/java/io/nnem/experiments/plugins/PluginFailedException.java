package io.nnem.experiments.plugins;

/**
 * A plug-in that was found and loaded failed when it was used. What uses other plug-ins may go on.
 * The message names the plug-in, its jar and the cause.
 */
public final class PluginFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PluginFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
