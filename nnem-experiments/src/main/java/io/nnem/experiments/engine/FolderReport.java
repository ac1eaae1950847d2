package io.nnem.experiments.engine;

import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.TrialObserver;
import io.nnem.experiments.run.TrialResult;
import java.io.IOException;
import java.util.List;

/** Writes the files of a run folder. */
public interface FolderReport {
  /** The folder. */
  RunFiles files();

  /**
   * Writes what is known before the first trial.
   *
   * @param past trials that are finished already
   * @throws IOException if a file cannot be written
   */
  default void begin(List<TrialResult> past) throws IOException {
    files().begin();
  }

  /**
   * Follows the trials, for what is written while they run.
   *
   * @return by default it does nothing
   */
  default TrialObserver observer() {
    return new TrialObserver() {};
  }

  /**
   * Writes everything. Of a run that did not end it shows what was measured.
   *
   * @param outcome what came out
   * @return what the user is told
   * @throws IOException if a file cannot be written
   */
  String end(Outcome outcome) throws IOException;
}
