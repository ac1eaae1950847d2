package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nnem.core.reference.Matrix;
import io.nnem.core.state.StateFile;
import io.nnem.memory.Slots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeLogTest {

  @TempDir Path folder;
  private final List<String> heard = new ArrayList<>();
  private String refuses = "";

  private final class Hearing implements ChangeLog<Matrix> {
    private void hear(String what) {
      heard.add(what);
      if (what.equals(refuses)) {
        throw new IllegalStateException("refused");
      }
    }

    @Override
    public void begin() {
      hear("begin");
    }

    @Override
    public void batch(Matrix queries, Matrix targets, Matrix observations, Matrix values) {
      hear(queries == null ? "remember" : observations == null ? "learn" : "step");
    }

    @Override
    public void replaceValues(Slots slots, Matrix values) {
      hear("replaceValues");
    }

    @Override
    public void clear(Slots slots) {
      hear("clear");
    }

    @Override
    public void done(boolean whole) {
      hear(whole ? "done" : "failed");
    }
  }

  private Small small() {
    Small small = Small.of("exact-reinstatement/stored", LearningSettings.classification());
    for (int i = 0; i < 4; i++) {
      small.step();
    }
    small.network.keep(new Hearing());
    small.next();
    return small;
  }

  private static void change(Small small, String what) {
    Slots slots = Slots.range(0, Small.BATCH);
    switch (what) {
      case "step" -> small.network.step(small.observations, small.values);
      case "learn" -> small.network.learn(small.observations, small.values);
      case "remember" -> small.network.remember(small.observations, small.values);
      case "replaceValues" -> small.network.replaceValues(slots, small.values);
      default -> small.network.clear(slots);
    }
  }

  private byte[] state(Small small) throws IOException {
    Path file = folder.resolve("state");
    StateFile.save(file, small.network.description(), small.network);
    return Files.readAllBytes(file);
  }

  @Test
  void hearsOfEachChangeBeforeItIsMadeAndMayRefuseIt() throws IOException {
    for (String what : List.of("step", "learn", "remember", "replaceValues", "clear")) {
      try (Small small = small()) {
        byte[] before = state(small);
        for (String when : List.of("begin", what)) {
          refuses = when;
          assertThatIllegalStateException()
              .isThrownBy(() -> change(small, what))
              .withMessage("refused");
          assertThat(state(small)).as(what).isEqualTo(before);
        }
        refuses = "";
        heard.clear();
        change(small, what);
        assertThat(heard).containsExactly("begin", what, "done");
        assertThat(state(small)).as(what).isNotEqualTo(before);
      }
    }
  }

  @Test
  void hearsNothingOfWhatIsRefused() {
    try (Small small = small()) {
      small.network.clear(Slots.of(3));
      heard.clear();
      assertThatIllegalArgumentException().isThrownBy(() -> small.network.clear(Slots.of(3)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> small.network.replaceValues(Slots.of(3), small.values));
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aLogThatThrowsWhenAllIsOverBreaksNothing() throws IOException {
    for (String what : List.of("step", "learn", "remember", "replaceValues", "clear")) {
      try (Small small = small()) {
        byte[] before = state(small);
        refuses = "done";
        heard.clear();
        assertThatIllegalStateException()
            .isThrownBy(() -> change(small, what))
            .withMessage("refused");
        assertThat(heard).containsExactly("begin", what, "done");
        assertThat(state(small)).as(what).isNotEqualTo(before);
        refuses = "";
        change(small, "step");
      }
    }
  }

  @Test
  void hearsNothingOfWhatCannotBeComputed() {
    try (Small small = small()) {
      small.tensors.fill(Double.NaN, small.observations);
      assertThatIllegalArgumentException().isThrownBy(() -> change(small, "step"));
      assertThat(heard).containsExactly("begin");
    }
  }

  @Test
  void thereIsOneLog() {
    try (Small small = small()) {
      assertThatIllegalStateException().isThrownBy(() -> small.network.keep(new Hearing()));
    }
  }
}
