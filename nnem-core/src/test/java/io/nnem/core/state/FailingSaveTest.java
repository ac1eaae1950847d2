package io.nnem.core.state;

import static io.nnem.core.state.Lambdas.saving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A save that fails leaves the old file as it was, and nothing beside it. */
class FailingSaveTest {

  private static final Stateful GOOD = saving(out -> out.ints("a", 1, 2, 3));

  private Path folder;
  private Path path;
  private byte[] old;

  @BeforeEach
  void saveOnce(@TempDir Path temporary) throws IOException {
    folder = temporary;
    path = folder.resolve("state.safetensors");
    StateFile.save(path, Map.of(), new Sample(2, 2, 2, 1).draw(1));
    old = Files.readAllBytes(path);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  @Test
  void aStateThatThrowsInTheFirstPass() throws IOException {
    Stateful first =
        saving(
            out -> {
              out.ints("a", 1);
              throw new ArithmeticException("first");
            });
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> StateFile.save(path, Map.of(), first));
    oldFileIsThere();
  }

  @Test
  void aStateThatThrowsInTheSecondPass() throws IOException {
    Stateful second =
        inPasses(
            (out, pass) -> {
              out.ints("a", new int[100_000]);
              if (pass == 2) {
                assertThat(folder).isDirectoryContaining("glob:**.tmp"); // it has begun
                throw new OutOfMemoryError("second");
              }
            });
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> StateFile.save(path, Map.of(), second));
    oldFileIsThere();
  }

  @Test
  void aStateThatChanges() throws IOException {
    changing((out, pass) -> out.ints("a", 1, pass));
    changing((out, pass) -> out.ints("a", new int[pass]));
    changing((out, pass) -> out.text("a", "in pass " + pass));
    changing((out, pass) -> out.ints(pass == 1 ? "a" : "b", 1));
    changing(
        (out, pass) -> {
          if (pass == 1) {
            out.ints("a", 0);
          } else {
            out.floats("a", 0);
          }
        });
    changing(
        (out, pass) -> {
          for (int i = pass; i <= 2; i++) {
            out.ints("a" + i, 1);
          }
        });
    changing(
        (out, pass) -> {
          for (int i = 0; i < pass; i++) {
            out.part("a", GOOD);
          }
        });
  }

  private void changing(BiConsumer<StateWriter, Integer> saving) throws IOException {
    assertThatIllegalStateException()
        .isThrownBy(() -> StateFile.save(path, Map.of(), inPasses(saving)))
        .withMessageContaining("changed while it was saved (");
    oldFileIsThere();
  }

  @Test
  void aWriteThatFails() throws IOException {
    Stateful interrupted =
        inPasses(
            (out, pass) -> {
              if (pass == 2) {
                Thread.currentThread().interrupt(); // closes the channel, as the JDK has it
              }
              out.ints("a", new int[100_000]);
            });
    try {
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> StateFile.save(path, Map.of(), interrupted));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    oldFileIsThere();
  }

  @Test
  void aTargetThatIsAFolder() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> StateFile.save(target, Map.of(), GOOD))
        .withMessageContaining("target: this is no file");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsMissing_orNone() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> StateFile.save(folder.resolve("missing/a"), Map.of(), GOOD))
        .withMessageContaining("there is no folder " + folder.resolve("missing"));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> StateFile.save(path.resolve("a"), Map.of(), GOOD))
        .withMessageContaining("there is no folder " + path);
  }

  @Test
  void aFolderThatIsNotWritable() throws IOException {
    assumeThat(path.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(folder)).as("root may write anywhere").isFalse();
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> StateFile.save(path, Map.of(), GOOD));
      oldFileIsThere();
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void whatACrashHasLeftIsNotTouched() throws IOException {
    Path left = Files.writeString(folder.resolve(".state.safetensors.0.tmp"), "left");
    StateFile.save(path, Map.of(), GOOD);
    assertThat(left).hasContent("left");
    assertThat(Files.readAllBytes(path)).isNotEqualTo(old);
    Files.delete(left);
  }

  @Test
  void theNewFileHasTheModeOfAnyNewFile() throws IOException {
    assumeThat(path.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path any = Files.createFile(folder.resolve("any"));
    assertThat(Files.getPosixFilePermissions(path)).isEqualTo(Files.getPosixFilePermissions(any));
  }

  @Test
  void aSymbolicLinkRemainsOne() throws IOException {
    assumeThat(path.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), path);
    StateFile.save(link, Map.of(), GOOD);
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllBytes(path)).isNotEqualTo(old);
    StateFile.open(link).close();
  }

  private void oldFileIsThere() throws IOException {
    assertThat(Files.readAllBytes(path)).isEqualTo(old);
  }

  /** A state that is told which pass it is in, 1 or 2. */
  private static Stateful inPasses(BiConsumer<StateWriter, Integer> saving) {
    int[] pass = new int[1];
    return saving(out -> saving.accept(out, ++pass[0]));
  }
}
