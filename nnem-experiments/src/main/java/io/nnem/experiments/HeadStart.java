package io.nnem.experiments;

import io.nnem.core.BackendProvider;
import io.nnem.core.Plugins;

/**
 * Loads the back end that most runs use while the command line, the configuration and the data are
 * still being read: its native code takes longer than they do.
 */
final class HeadStart {
  private static final String BACKEND = "nd4j";

  private HeadStart() {}

  static void begin(String[] arguments) {
    if (arguments.length > 0 && !arguments[0].startsWith("-") && !Nnem.OWN.contains(arguments[0])) {
      Thread thread = new Thread(HeadStart::load, "head start");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void load() {
    try {
      Plugins.load(BackendProvider.class).get(BACKEND).create(1).close();
    } catch (RuntimeException | LinkageError e) {
      return; // who uses it will meet the same, and report it
    }
  }
}
