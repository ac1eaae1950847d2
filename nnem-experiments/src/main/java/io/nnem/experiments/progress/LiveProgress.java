package io.nnem.experiments.progress;

import io.nnem.experiments.run.TrialEvent;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * For a terminal: one line that is rewritten, and a line that stays for each trial that diverged.
 */
final class LiveProgress implements Progress {
  private static final int PARTS = 10_000;
  private static final int BAR = 20;

  /** Below this width there is no room for the bar and all words. */
  private static final int ROOMY = 118;

  private final String name;
  private final ProgressState state;
  private final int width;
  private final Line line;
  private final ProgressBar bar;
  private volatile String text = "";

  LiveProgress(String name, ProgressState state, PrintWriter out) {
    this.name = name;
    this.state = state;
    this.width = Terminal.width();
    this.line = new Line(out, width);
    this.bar =
        new ProgressBarBuilder()
            .setInitialMax(PARTS)
            .setUpdateIntervalMillis(200)
            .setConsumer(line)
            .setRenderer((progress, width) -> text)
            .build();
  }

  @Override
  public void accept(TrialEvent event) {
    state.accept(event);
    update();
    boolean passing =
        event instanceof TrialEvent.Finished its && its.result().divergence().isEmpty();
    if (!passing) {
      Progress.sentence(event, state).ifPresent(line::keep);
    }
  }

  private void update() {
    double fraction = state.fraction();
    boolean brief = width < ROOMY;
    String left = state.timeLeft();
    text =
        String.format(
            Locale.ROOT,
            "%s %s%3d%% %s%s",
            name,
            brief ? "" : picture(fraction),
            (int) (100 * fraction),
            left.isEmpty() ? "" : left + "  ",
            state.current(brief));
    bar.stepTo((long) (PARTS * fraction));
  }

  private static String picture(double fraction) {
    int full = (int) Math.round(BAR * fraction);
    return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] ";
  }

  @Override
  public void close() {
    bar.close();
    line.close(); // the bar's own thread may still be drawing
  }

  /** The line on the terminal. Uses no escape codes, so that any terminal will do. */
  private static final class Line implements ProgressBarConsumer {
    private final PrintWriter out;
    private final int width;
    private int shown;
    private boolean closed;

    Line(PrintWriter out, int width) {
      this.out = out;
      this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
      return width - 1;
    }

    @Override
    public synchronized void accept(String rendered) {
      if (closed) {
        return;
      }
      String cut = rendered.substring(0, Math.min(rendered.length(), width - 1));
      out.print("\r" + cut + " ".repeat(Math.max(0, shown - cut.length())));
      out.flush();
      shown = cut.length();
    }

    synchronized void keep(String text) {
      clear();
      out.println(text);
      out.flush();
    }

    @Override
    public synchronized void clear() {
      out.print("\r" + " ".repeat(shown) + "\r");
      out.flush();
      shown = 0;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        clear();
        closed = true;
      }
    }
  }
}
