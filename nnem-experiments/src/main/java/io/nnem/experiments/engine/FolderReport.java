package io.nnem.experiments.engine;

import io.nnem.experiments.run.Outcome;
import java.io.IOException;

/** Writes tables, pictures and the page of a run folder. */
@FunctionalInterface
public interface FolderReport {
  /**
   * Writes everything that is known: now and then while trials run, and in the end. It is called by
   * one thread at a time.
   *
   * @param outcome what came out so far
   * @return what the user is told in the end
   * @throws IOException if a file cannot be written
   */
  String write(Outcome outcome) throws IOException;
}
