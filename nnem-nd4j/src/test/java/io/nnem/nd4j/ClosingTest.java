package io.nnem.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A back end's threads end with it, and what is closed is refused. */
class ClosingTest {

  private static final long PATIENCE = 30_000_000_000L;

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("nnem-nd4j-"))
        .count();
  }

  private static void awaitAtMost(long count, boolean collectGarbage) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (threads() > count && System.nanoTime() < end) {
      if (collectGarbage) {
        System.gc();
      }
      Thread.sleep(10);
    }
    assertThat(threads()).as("threads that are left").isLessThanOrEqualTo(count);
  }

  @Test
  void closedBackendsLeaveNoThreads() throws InterruptedException {
    long before = threads();
    for (int i = 0; i < 300; i++) {
      new Nd4jTensors(4).close();
    }
    awaitAtMost(before, false);
  }

  @Test
  void forgottenBackendsLeaveNoThreads_evenIfTheyWereUsed() throws InterruptedException {
    long before = threads();
    for (int i = 0; i < 20; i++) {
      Nd4jTensors tensors = new Nd4jTensors(4);
      try (Scope<INDArray> scope = tensors.newScope()) {
        INDArray large = scope.zeros(300, 300);
        tensors.affine(large, large, scope.zeros(1, 300), Activation.RELU, scope.zeros(300, 300));
      }
    }
    awaitAtMost(before, true);
  }

  @Test
  void aClosedBackendRefusesWhateverComputesOrAllocates() {
    Nd4jTensors tensors = new Nd4jTensors(2);
    Scope<INDArray> scope = tensors.newScope();
    INDArray a = scope.zeros(3, 3);
    INDArray row = scope.zeros(1, 3);
    INDArray two = scope.zeros(3, 2);
    INDArray one = scope.zeros(3, 1);
    tensors.close();
    Addressing sum = Addressing.sum();
    List<ThrowingCallable> calls =
        List.of(
            tensors::newScope,
            () -> scope.zeros(1, 1),
            () -> tensors.rowRange(a, 0, 3),
            () -> tensors.get(a, 0, 0),
            () -> tensors.set(a, 0, 0, 1),
            () -> tensors.copyIn(new float[9], a),
            () -> tensors.copyIn(new double[9], a),
            () -> tensors.copyOut(a, new float[9]),
            () -> tensors.copyOut(a, new double[9]),
            () -> tensors.fill(1, a),
            () -> tensors.copy(a, a),
            () -> tensors.gatherRows(a, new int[3], a),
            () -> tensors.scatterRows(a, new int[3], a),
            () -> tensors.copyColumns(a, 0, a),
            () -> tensors.scale(1, a),
            () -> tensors.addScaled(1, a, a),
            () -> tensors.dot(a, a),
            () -> tensors.argMaxRows(a, new int[3]),
            () -> tensors.affine(a, a, row, Activation.RELU, a),
            () -> tensors.affineBackward(a, a, Activation.RELU, a, a, a, row, null),
            () -> tensors.read(sum, a, a, a, two, a),
            () -> tensors.readBackward(sum, a, a, a, two, a, a, a, one, null),
            () -> tensors.nearest(a, a, 1, new int[3], new float[3]),
            () -> tensors.loss(Loss.SQUARED_ERROR, a, a, a),
            () -> tensors.adam(1, 1, a, a, a, a));
    for (ThrowingCallable call : calls) {
      assertThatIllegalStateException()
          .isThrownBy(call)
          .withMessage("The back end is closed; create a new one.");
    }
    assertThatCode(tensors::close).doesNotThrowAnyException();
    assertThatCode(scope::close).doesNotThrowAnyException();
  }

  @Test
  void closingUnderAComputation_letsItComeToItsEnd() throws Exception {
    for (int round = 0; round < 20; round++) {
      Nd4jTensors tensors = new Nd4jTensors(3);
      try (Scope<INDArray> scope = tensors.newScope()) {
        INDArray x = scope.zeros(500, 300);
        INDArray w = scope.zeros(300, 300);
        INDArray bias = scope.zeros(1, 300);
        INDArray out = scope.zeros(500, 300);
        tensors.fill(1, x);
        tensors.fill(1, w);
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Void> work =
            new FutureTask<>(
                () -> {
                  for (int i = 0; i < 10_000; i++) {
                    tensors.affine(x, w, bias, Activation.LINEAR, out);
                    started.countDown();
                  }
                  return null;
                });
        Thread thread = new Thread(work, "computes");
        thread.start();
        started.await();
        tensors.close();
        thread.join();
        assertThatIllegalStateException()
            .isThrownBy(
                () -> {
                  try {
                    work.get();
                  } catch (ExecutionException e) {
                    throw e.getCause();
                  }
                })
            .withMessage("The back end is closed; create a new one.");
        assertThat(out.getFloat(499, 299)).isEqualTo(300f);
      }
    }
  }
}
