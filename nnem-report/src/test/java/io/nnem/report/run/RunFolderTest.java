package io.nnem.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final LocalDateTime TIME = LocalDateTime.of(2025, 1, 2, 3, 4, 5);

  @TempDir private Path parent;

  @Test
  void aNewFolderTakesAFreeName() {
    Path results = parent.resolve("deep/results");

    for (String name :
        new String[] {
          "figure-20250102-030405", "figure-20250102-030405-2", "figure-20250102-030405-3"
        }) {
      RunFolder folder = RunFolder.createNew(results, "figure", TIME);
      assertThat(folder.path()).isEqualTo(results.resolve(name)).isEmptyDirectory();
    }
  }

  @Test
  void aNamedFolderIsMadeWithItsParents() {
    Path path = parent.resolve("a/b/c");
    assertThat(RunFolder.create(path).path()).isEqualTo(path).isEmptyDirectory();
    assertThat(RunFolder.create(path).path()).as("empty, so free").isEqualTo(path);
  }

  @Test
  void aFolderWithFilesIsLeftAlone() throws IOException {
    Path file = Files.writeString(parent.resolve("summary.csv"), "precious");

    assertThatThrownBy(() -> RunFolder.create(parent))
        .isInstanceOf(UnusableFolderException.class)
        .hasMessage(
            "--out "
                + parent
                + " has files in it, and nothing is ever overwritten; name a folder that is not"
                + " there or is empty");
    assertThatThrownBy(() -> RunFolder.requireFree(file))
        .isInstanceOf(UnusableFolderException.class)
        .hasMessage("--out " + file + " is a file; name a folder that is not there");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aFileTakesThePlaceOfAnOlderOneWhole() throws IOException {
    RunFolder folder = RunFolder.create(parent.resolve("run"));
    folder.write("a.txt", "one, and long");
    folder.write("a.txt", "two");

    assertThat(folder.file("a.txt")).hasContent("two");
    assertThat(folder.path()).isDirectoryNotContaining("glob:**.part");
  }
}
