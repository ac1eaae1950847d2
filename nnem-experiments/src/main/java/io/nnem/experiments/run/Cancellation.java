package io.nnem.experiments.run;

import java.util.ArrayList;
import java.util.List;

/** A request to end early, made once and seen by everybody. */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean requested;

  /** Requests the end. Safe from any thread, and more than once. */
  public void request() {
    List<Runnable> due;
    synchronized (this) {
      requested = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  public synchronized boolean isRequested() {
    return requested;
  }

  /** Runs an action at the request, or now if that was before. */
  void whenRequested(Runnable action) {
    synchronized (this) {
      if (!requested) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }
}
