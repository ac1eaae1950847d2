package io.nnem.learners;

import io.nnem.core.StateException;
import io.nnem.core.Stateful;
import io.nnem.learners.journal.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A network of a kind that can be kept: its calls can be written down and made again. */
interface Kept<N> extends AutoCloseable {

  /** How a network comes to be. */
  interface Origin<N> {
    /** A new one. */
    Kept<N> create();

    /**
     * The one that was saved.
     *
     * @throws StateException if it is damaged, or was made with other settings
     */
    Kept<N> load(Path checkpoint) throws IOException;
  }

  N network();

  /** What a checkpoint's metadata says of it. */
  Map<String, String> description();

  /** What computes. */
  String backend();

  Stateful state();

  /** Does something while nothing changes the network. */
  void unchanged(Runnable action);

  /**
   * Makes a call again.
   *
   * @throws StateException if it cannot be such a call
   */
  void replay(Call call);

  /** Has all further calls written down. */
  void keep(CallLog log);

  @Override
  void close();

  static StateException unreadable(Call call, String reason) {
    return new StateException(
        call.place() + ": call " + call.number() + " cannot be made again: " + reason);
  }
}
