package io.nnem.learners;

import java.nio.ByteBuffer;

/** Where the calls of a durable network go. They come one at a time. */
interface CallLog {

  /** Kinds of calls, as they stand in a journal. */
  int STEP = 1;

  int LEARN = 2;
  int REMEMBER = 3;
  int REPLACE_VALUES = 4;
  int CLEAR = 5;
  int PARTIAL_FIT = 6;

  /** Refuses the call that begins if the network may not be changed. */
  void begin();

  /**
   * Writes a call that is about to be applied.
   *
   * @param record made by {@link io.nnem.learners.journal.Journal#room}
   */
  void call(int kind, ByteBuffer record);

  /** What was written last was applied as a whole, or not. */
  void done(boolean whole);
}
