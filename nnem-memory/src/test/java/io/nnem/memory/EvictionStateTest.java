package io.nnem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.StateException;
import io.nnem.core.reference.Matrix;
import io.nnem.core.state.StateFile;
import io.nnem.memory.eviction.ClassBalanced;
import io.nnem.memory.eviction.FirstInFirstOut;
import io.nnem.memory.eviction.LeastCertain;
import io.nnem.memory.eviction.LeastRead;
import io.nnem.memory.eviction.LeastRecentlyRead;
import io.nnem.memory.eviction.Reservoir;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a policy loads must be about the memories that there are. */
class EvictionStateTest {
  @TempDir private Path folder;

  private interface Make extends Function<EvictionContext<Matrix>, EvictionPolicy<Matrix>> {}

  static Stream<Make> policies() {
    return Stream.of(
        FirstInFirstOut::new,
        ClassBalanced::new,
        context -> new LeastRead<>(context, 0.5),
        context -> new LeastRecentlyRead<>(context, 1),
        context -> new LeastCertain<>(context, 0),
        Reservoir::new);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aStateOfOtherMemories_isRefused(Make make) throws IOException {
    Path file = folder.resolve("state");
    Plain saved = new Plain(8, make);
    saved.writeAlike(5);
    StateFile.save(file, Map.of(), saved.policy);
    Plain same = new Plain(8, make);
    same.writeAlike(5);
    load(file, same);
    assertThat(same.writeAlike(4).count()).isEqualTo(4);

    Plain more = new Plain(8, make);
    more.writeAlike(6);
    assertThatThrownBy(() -> load(file, more))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("lacks slot 5, which is in use");
    Plain fewer = new Plain(8, make);
    fewer.writeAlike(4);
    assertThatThrownBy(() -> load(file, fewer))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("has slot 4, which holds no memory");
  }

  private static void load(Path file, Plain into) throws IOException {
    try (StateFile state = StateFile.open(file)) {
      state.load(into.policy, false);
    }
  }

  @Test
  void aSlotThatIsThereTwice_isRefused() {
    Plain plain = new Plain(4, FirstInFirstOut::new);
    plain.writeAlike(3);
    plain.memory.requireAllInUse("The list", 2, 0, 1);
    assertThatThrownBy(() -> plain.memory.requireAllInUse("The list", 2, 0, 2))
        .isInstanceOf(StateException.class)
        .hasMessage("The list has slot 2 twice.");
    assertThatThrownBy(() -> plain.memory.requireAllInUse("The list", -1))
        .hasMessage("The list has slot -1, which holds no memory.");
  }
}
