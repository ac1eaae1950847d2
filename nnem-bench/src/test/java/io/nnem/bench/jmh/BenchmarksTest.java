package io.nnem.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.bench.work.Condition;
import io.nnem.core.Scope;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmarks set themselves up, which compares them with the reference, and run. */
class BenchmarksTest {

  @Test
  void denseLayer() {
    DenseLayerBenchmark benchmark = new DenseLayerBenchmark();
    benchmark.rows = 16;
    benchmark.layer = "48x24";
    benchmark.threads = 1;
    benchmark.setUp();
    assertThat(benchmark.forward().columns()).isEqualTo(24);
    assertThat(benchmark.backward().rows()).isEqualTo(48);
    benchmark.tearDown();
  }

  @Test
  void reading() {
    ReadingBenchmark benchmark = new ReadingBenchmark();
    benchmark.memories = 100;
    benchmark.queries = 3;
    benchmark.threads = 1;
    benchmark.setUp();
    assertThat(benchmark.run()).isPositive();
    benchmark.tearDown();
  }

  @Test
  void writing() {
    WritingBenchmark benchmark = new WritingBenchmark();
    benchmark.memories = 128;
    benchmark.batch = 16;
    benchmark.threads = 1;
    benchmark.setUp();
    assertThat(benchmark.run()).isPositive();
    benchmark.tearDown();
  }

  @ParameterizedTest
  @EnumSource
  void trainingStep(Condition condition) {
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
    benchmark.condition = condition;
    benchmark.memories = 512;
    benchmark.threads = 1;
    benchmark.setUp();
    assertThat(benchmark.run()).isPositive();
    benchmark.tearDown();
  }

  @Test
  void aWrongResultIsRefused() {
    ReferenceTensors reference = new ReferenceTensors();
    try (Scope<Matrix> scope = reference.newScope()) {
      Matrix truth = scope.zeros(1, 2);
      reference.set(truth, 0, 0, 1);

      Checked.same("answer", new float[] {1, 0}, reference, truth);
      assertThatThrownBy(() -> Checked.same("answer", new float[] {1, 0.5f}, reference, truth))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The answer deviates from the reference by 0.5.");
    }
  }
}
