package io.nnem.experiments.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** Parts that are released together, the last one first. */
public final class Owned implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Takes a part over, and gives it back. */
  public <P extends AutoCloseable> P own(P part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    try {
      if (!parts.isEmpty()) {
        parts.pop().close();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a part of the model could not be released", e);
    } finally {
      if (!parts.isEmpty()) {
        close(); // a part that cannot be released does not keep the others
      }
    }
  }
}
