package io.nnem.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What an experiment finds in a trial beside the measurements of its training: a record of lists of
 * rows. It is kept with the trial as JSON, so it has nothing but numbers, texts, conditions, ranges
 * of ages, and records and lists of these.
 */
public interface Found {

  /** Of an experiment that finds nothing more, or whose findings are not asked for. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Nothing() implements Found {}

  /** How stale keys are at the end, by age. */
  record Ages(List<Staleness> staleness) implements Found {
    public Ages {
      staleness = List.copyOf(staleness);
    }
  }
}
