package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.nd4j.Nd4jTensors;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Once the compiler has come to it, a training step makes what one part hands to another, a few
 * small objects however large the memory is, and nothing else.
 */
class StepAllocationTest {
  private static final int BATCH = 8;
  private static final int STEPS = 500;

  /** An array of the slots' numbers. */
  private static final long NUMBERS = 16 + 4 * BATCH;

  /**
   * Of the result (32), the slots written (24, and their numbers), what was recalled (24), and
   * numbers that are copied, or a share of the credit (32); and some for noise.
   */
  private static final long BYTES = 32 + 24 + NUMBERS + 24 + NUMBERS + 16;

  private static final long PATIENCE = 30_000_000_000L; // nanoseconds, until the compiler has come

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "backprop",
        "synthetic-gradient",
        "exact-reinstatement/decoded",
        "exact-reinstatement/stored",
        "exact-reinstatement/code",
        "approximate-reinstatement/decoded",
        "anchored-reinstatement/decoded",
        "hybrid/decoded"
      })
  void aStepLeavesOnlyWhatItHandsOn(String condition) {
    String[] names = condition.split("/", 2);
    Optional<ReinstatementProvider> reinstatement =
        names.length == 1
            ? Optional.empty()
            : Optional.of(Plugins.load(ReinstatementProvider.class).get(names[1]));
    try (LearnerRig<INDArray> rig =
        new LearnerRig<>(
            new Nd4jTensors(1),
            Plugins.load(CreditAssignerProvider.class).get(names[0]),
            reinstatement,
            Options.none(),
            new LearnerRig.Setting(6 * BATCH, BATCH, 0, false))) {
      long end = System.nanoTime() + PATIENCE;
      long made;
      do {
        made = bytes(rig) / STEPS;
      } while (made > BYTES && System.nanoTime() < end);
      assertThat(made).as("bytes of a step of " + condition).isLessThanOrEqualTo(BYTES);
    }
  }

  private long bytes(LearnerRig<INDArray> rig) {
    long made = 0;
    for (int i = 0; i < STEPS; i++) {
      rig.next();
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      rig.network.step(rig.observations, rig.values);
      made += threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
    return made;
  }
}
