package io.nnem.experiments.progress;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Finds out whether somebody is watching standard error, and how wide their window is. */
public final class Terminal {
  private static final int USUAL_WIDTH = 80;

  private Terminal() {}

  /** Whether a line on standard error can be rewritten; not in files, pipes and dumb terminals. */
  public static boolean isLive(Map<String, String> environment) {
    return !"dumb".equals(environment.get("TERM"))
        && !environment.containsKey("CI")
        && standardErrorIsTerminal();
  }

  private static boolean standardErrorIsTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.startsWith("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return consoleIsTerminal(System.console()); // not Linux
    }
  }

  /** From Java 22 on there is a console without a terminal, and a method that says so. */
  private static boolean consoleIsTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // up to Java 21 a console is a terminal
    }
  }

  /** Columns of the window; 80 if it cannot be found out. */
  public static int width() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ", -1);
      boolean known = stty.waitFor(1, TimeUnit.SECONDS) && size.length == 2;
      int columns = known ? Integer.parseInt(size[1]) : 0;
      return columns > 0 ? columns : USUAL_WIDTH;
    } catch (IOException | NumberFormatException e) {
      return USUAL_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }
}
