package org.example.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnem.credit.MemoryNetwork;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoisyPatternsTest {

  @Test
  void theMemoryTeachesTheEmbedder() {
    try (NoisyPatterns app = new NoisyPatterns(2)) {
      app.learn(8);
      double before = app.accuracy(500);
      app.learn(400);
      double after = app.accuracy(500);
      assertTrue(before < 0.6, "before: " + before);
      assertTrue(after > 0.85, "after: " + after);
    }
  }

  @Test
  void aSeedGivesItsNumbersAgain() {
    try (NoisyPatterns one = new NoisyPatterns(3);
        NoisyPatterns two = new NoisyPatterns(3)) {
      one.learn(20);
      two.learn(20);
      assertEquals(one.accuracy(200), two.accuracy(200));
    }
  }

  @Test
  void aSavedNetworkAnswersAlike(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("patterns.safetensors");
    try (NoisyPatterns app = new NoisyPatterns(4)) {
      app.learn(20);
      app.network.save(file);
      float[][] observations = app.batch(5).observations();
      float[][] answers = new float[5][NoisyPatterns.CLASSES];
      float[][] again = new float[5][NoisyPatterns.CLASSES];
      app.network.read(observations, answers);
      try (var loaded = MemoryNetwork.load(file, new FloatArrays())) {
        loaded.read(observations, again);
      }
      assertArrayEquals(answers, again);
    }
  }

  @Test
  void nothingOfNd4jIsHere() {
    assertThrows(ClassNotFoundException.class, () -> Class.forName("org.nd4j.linalg.factory.Nd4j"));
  }
}
