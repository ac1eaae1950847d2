package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file that an earlier nnem has written is loaded by this one, answers as it did and learns on.
 * It holds the network of {@link #builder} after 12 steps of {@code new Stream(1)}, and the numbers
 * below were seen when it was written. A new version of the format brings a file of its own; this
 * one stays.
 */
class OldFilesTest {
  private static final double[] FAMILIARITY = {-0.7079868764399884, -0.6856364902683677};
  private static final double[] ANSWERS = {
    0.49550400162706226, 0.5044959983729377, 0.4941650943479381, 0.505834905652062
  };
  private static final double[] LOSSES = {
    0.7039544406158915, 9.210340366976183, 0.36503710931269284
  };

  /** Logarithms and exponentials differ in the last digits from one Java to the next. */
  private static final double ROUNDING = 1e-9;

  private final ReferenceTensors tensors = new ReferenceTensors();

  private MemoryNetworkBuilder<Matrix> builder() {
    return MemoryNetwork.builder(tensors)
        .embedder("mlp", 6, 3)
        .hidden(4)
        .reader("mlp", 6)
        .capacity(5)
        .valueSize(2)
        .eviction("least-read")
        .recall("nearest")
        .assigner("hybrid", "decoded")
        .refresher("round-robin")
        .decoder("autoencoder")
        .option("nearest-k", "2")
        .option("synthetic-hidden", "4")
        .option("freshening-budget", "2")
        .seed(17);
  }

  /** Two observations and their one-hot labels at a time. */
  private static final class Stream {
    private final SplittableRandom random;

    Stream(long seed) {
      random = Seeds.random(seed, "stream");
    }

    void next(ReferenceTensors tensors, Matrix observations, Matrix values) {
      for (int row = 0; row < tensors.rows(observations); row++) {
        for (int column = 0; column < tensors.columns(observations); column++) {
          tensors.set(observations, row, column, random.nextInt(1000) / 1000.0);
        }
        double label = random.nextInt(2);
        tensors.set(values, row, 0, label);
        tensors.set(values, row, 1, 1 - label);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileOfFormatOne_isLoaded_answersAndLearnsOn(boolean byItsBuilder, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("network");
    try (InputStream in = OldFilesTest.class.getResourceAsStream("network-1.safetensors")) {
      Files.copy(in, file);
    }
    try (MemoryNetwork<Matrix> network =
            byItsBuilder ? builder().load(file) : MemoryNetwork.load(file, tensors);
        Scope<Matrix> scope = tensors.newScope()) {
      Matrix observations = scope.zeros(2, 6);
      Matrix values = scope.zeros(2, 2);
      Stream stream = new Stream(2);
      stream.next(tensors, observations, values);
      Matrix answers = scope.zeros(2, 2);
      double[] familiarity = network.read(observations, answers);
      double[] given = new double[4];
      tensors.copyOut(answers, given);
      assertThat(network.steps()).isEqualTo(12);
      double[] losses = new double[3];
      for (int i = 0; i < losses.length; i++) {
        stream.next(tensors, observations, values);
        losses[i] = network.step(observations, values).loss();
      }
      assertThat(familiarity).containsExactly(FAMILIARITY, within(ROUNDING));
      assertThat(given).containsExactly(ANSWERS, within(ROUNDING));
      assertThat(losses).containsExactly(LOSSES, within(ROUNDING));
    }
  }
}
