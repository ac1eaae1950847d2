package io.nnem.learners.journal;

import io.nnem.core.StateException;
import io.nnem.core.state.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Reads the whole of a folder, and says all that is wrong with it. */
public final class Inspection {

  private final JournalFolder folder;
  private final NavigableMap<Long, Path> damaged = new TreeMap<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> torn = new LinkedHashSet<>();
  private Contents newest; // null if no checkpoint is whole

  /** Reads every byte that is needed to open the folder, and what is kept in case that rots. */
  public Inspection(JournalFolder folder) throws IOException {
    this.folder = folder;
    for (Map.Entry<Long, Path> entry : folder.checkpoints().descendingMap().entrySet()) {
      inspect(entry.getKey(), entry.getValue());
    }
    if (newest == null) {
      problems.add(folder.path() + " has no whole checkpoint.");
    }
  }

  private void inspect(long number, Path checkpoint) throws IOException {
    try (StateFile file = StateFile.open(checkpoint)) {
      file.check();
      Contents contents = Contents.of(folder, number);
      contents
          .scan()
          .flaw()
          .ifPresent(flaw -> (flaw.damage() ? problems : torn).add(flaw.toString()));
      newest = newest == null ? contents : newest;
    } catch (StateException e) {
      problems.add(e.getMessage());
      damaged.put(number, checkpoint);
    }
  }

  /** Calls that can be had back; -1 if there are none, for want of a checkpoint. */
  public long calls() {
    return newest == null ? -1 : newest.calls();
  }

  /** What is wrong, each with its file and place. */
  public Set<String> problems() {
    return problems;
  }

  /** Where a crash has cut journals off, which is no problem. */
  public Set<String> torn() {
    return torn;
  }

  /** Puts aside what is damaged, and what cannot be used without it. */
  public void salvage() throws IOException {
    if (newest == null) {
      throw new StateException(problems + " Nothing can be salvaged.");
    }
    for (Path checkpoint : damaged.values()) {
      folder.setAside(checkpoint);
    }
    Journal.resume(folder, newest, 0).close();
  }
}
