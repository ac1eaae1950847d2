package io.nnem.experiments.engine;

import io.nnem.experiments.run.Cancellation;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C end a run in good order: the program waits until what is known has been written.
 * Closed when it has been.
 */
public final class Interrupts implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch written = new CountDownLatch(1);
  private final Thread hook;

  Interrupts(Cancellation cancellation, PrintWriter err) {
    hook =
        new Thread(
            () -> {
              err.println();
              err.println("stopping, and keeping what was measured ...");
              err.flush();
              cancellation.request();
              try {
                if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  err.println("a trial does not stop; metrics.csv has what was measured");
                  err.flush();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    written.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the program is ending already, by way of the hook
    }
  }
}
