package io.nnem.bench.jmh;

import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Compares what a benchmark computes with the reference. */
final class Checked {

  private static final double CLOSE = 1e-4;

  private Checked() {}

  static float[] uniform(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextDouble(-1, 1);
    }
    return floats;
  }

  static <T> float[] floats(Tensors<T> tensors, T matrix) {
    float[] floats = new float[tensors.rows(matrix) * tensors.columns(matrix)];
    tensors.copyOut(matrix, floats);
    return floats;
  }

  static void same(String what, float[] mine, ReferenceTensors reference, Matrix expected) {
    double deviation = Outcome.deviation(mine, floats(reference, expected));
    if (!(deviation <= CLOSE)) {
      throw new IllegalStateException(
          "The " + what + " deviates from the reference by " + deviation + ".");
    }
  }

  /** Lets both do the same a few times, and compares what came out. */
  static void agree(
      int times,
      BenchSystem mine,
      BenchSystem reference,
      Function<BenchSystem, Optional<Task>> prepare) {
    try (Task own = prepare.apply(mine).orElseThrow();
        Task truth = prepare.apply(reference).orElseThrow()) {
      own.run(times);
      truth.run(times);
      own.outcome()
          .disagreement(truth.outcome())
          .ifPresent(
              wrong -> {
                throw new IllegalStateException("Compared with the reference, " + wrong + ".");
              });
    }
  }
}
