package io.nnem.bench;

import java.io.PrintWriter;

/** What is being measured: one line that is rewritten on a terminal, a line each elsewhere. */
final class ProgressLine {

  private final PrintWriter err;
  private final boolean live;
  private int shown;

  ProgressLine(PrintWriter err, boolean live) {
    this.err = err;
    this.live = live;
  }

  void show(String text) {
    if (live) {
      int width = Math.max(20, io.nnem.experiments.progress.Terminal.width() - 1);
      String cut = text.length() > width ? text.substring(0, width) : text;
      err.print("\r" + cut + " ".repeat(Math.max(0, shown - cut.length())));
      shown = cut.length();
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** Leaves the terminal with an empty line. */
  void end() {
    if (live && shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
    }
    shown = 0;
  }
}
