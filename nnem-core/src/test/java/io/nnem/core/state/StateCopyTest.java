package io.nnem.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCopyTest {

  private static final Map<String, String> NOTED = Map.of("note", "a");

  @TempDir Path folder;

  /** Whatever room was made for it, and larger than a page of it. */
  @Test
  void aCopyIsSavedAsItWasWhenItWasTaken() throws IOException {
    Sample sample = new Sample(20, 1000, 200_000, 1).draw(1);
    Path direct = folder.resolve("direct");
    StateFile.save(direct, NOTED, sample);
    for (long room : new long[] {0, 1, 3 << 20, 1 << 26}) {
      StateCopy copy = new StateCopy(room);
      copy.take(sample.draw(1));
      sample.draw(2);
      Path copied = folder.resolve("copied");
      copy.save(copied, NOTED);
      assertThat(copied).hasSameBinaryContentAs(direct);
      try (StateFile file = StateFile.open(copied)) {
        file.check();
      }
    }
  }
}
