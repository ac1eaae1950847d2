package io.nnem.experiments.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedFolderTest {
  private static final String KEY = PretrainedFolder.key("some settings");
  private static final Weights WEIGHTS =
      new Weights(
          List.of(new float[] {1, -2.5f, Float.MIN_VALUE}, new float[] {3}),
          List.of(new float[] {4, 5}),
          new CodeRanges(new float[] {-1, 0}, new float[] {1, 0}),
          List.of(
              new Weights.Point(10, "validation", 99.5, 0.01, Double.NaN),
              new Weights.Point(20, "training", 90, 0.005, -110)));

  @TempDir private Path temporary;
  private final List<String> notes = new ArrayList<>();

  private PretrainedFolder folder() {
    return new PretrainedFolder(Optional.of(temporary.resolve("not").resolve("there")));
  }

  private Path file() {
    return temporary.resolve("not/there/" + KEY + ".safetensors");
  }

  @Test
  void whatWasWrittenIsReadAgain_toTheLastBit() throws IOException {
    assertThat(folder().read(KEY, notes::add)).isEmpty();
    folder().write(KEY, WEIGHTS, notes::add);
    assertThat(folder().read(KEY, notes::add)).contains(WEIGHTS);
    assertThat(folder().read(PretrainedFolder.key("other settings"), notes::add)).isEmpty();
    assertThat(notes).isEmpty();
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertThat(files).as("nothing else is left").containsExactly(file());
    }
  }

  @Test
  void anyDamageIsFound_andTold_andIsNoFailure() throws IOException {
    folder().write(KEY, WEIGHTS, notes::add);
    byte[] whole = Files.readAllBytes(file());
    for (int at = 0; at < whole.length; at += 7) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(file(), damaged);
      notes.clear();
      assertThat(folder().read(KEY, notes::add)).as("damaged at byte %d", at).isEmpty();
      assertThat(notes)
          .singleElement()
          .asString()
          .startsWith("a pre-trained autoencoder is trained anew: " + file() + ": ");
    }
    for (int length : new int[] {0, 1, 100, whole.length - 1}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      notes.clear();
      assertThat(folder().read(KEY, notes::add)).as("cut at %d", length).isEmpty();
      assertThat(notes).hasSize(1);
    }
  }

  @Test
  void aFileOfOtherSettingsIsNotTaken() throws IOException {
    String other = PretrainedFolder.key("other settings");
    folder().write(other, WEIGHTS, notes::add);
    Files.move(file().resolveSibling(other + ".safetensors"), file());
    assertThat(folder().read(KEY, notes::add)).isEmpty();
    assertThat(notes).singleElement().asString().endsWith("of other settings than its name says");
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold_andIsNoFailure() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "no folder");
    new PretrainedFolder(Optional.of(file.resolve("in"))).write(KEY, WEIGHTS, notes::add);
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("the pre-trained autoencoder cannot be kept in " + file.resolve("in") + " (")
        .endsWith("); the next run trains it again, unless --pretrained names another folder");
  }

  @Test
  void theFolderIsTheUsersCache_unlessOneIsNamed() {
    Path named = Path.of("here");
    Map<String, String> xdg = Map.of("XDG_CACHE_HOME", "/cache", "LOCALAPPDATA", "/local");
    assertThat(PretrainedFolder.standard(named, xdg, "/home/x").path()).contains(named);
    assertThat(PretrainedFolder.standard(null, xdg, "/home/x").path())
        .contains(Path.of("/cache/nnem/pretrained"));
    assertThat(PretrainedFolder.standard(null, Map.of("XDG_CACHE_HOME", ""), "/home/x").path())
        .contains(Path.of("/home/x/.cache/nnem/pretrained"));
    assertThat(PretrainedFolder.standard(null, Map.of(), null).path()).isEmpty();
  }

  @Test
  void weightsOfAnotherArchitectureAreRefused() {
    ReferenceTensors tensors = new ReferenceTensors();
    try (Scope<Matrix> scope = tensors.newScope()) {
      Matrix value = scope.zeros(2, 2);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WEIGHTS.toDecoder(tensors, List.of(new Parameter<>("w", value, value))))
          .withMessage(
              "The pre-trained decoder has parameters of [2] floats, but the one that should start"
                  + " from it has [4].");
    }
  }
}
