package io.nnem.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Once the compiler has come to it, an operation makes no object. Where the compiler cannot keep
 * vectors in registers, each is one, and an operation leaves megabytes.
 */
class AllocationTest {
  private static final int BYTES = 0;
  private static final long PATIENCE = 20_000_000_000L; // until the compiler has come
  private static final int N = 1024;
  private static final int B = 32;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Nd4jTensors tensors = new Nd4jTensors(1);

  private long bytes(Runnable work) {
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    work.run();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  @Test
  void operationsOnLargeMatricesLeaveLittleOnTheHeap() {
    try (Scope<INDArray> scope = tensors.newScope()) {
      Map<String, Runnable> operations = operations(scope);
      // Mixed, as in training: what one operation has shown the compiler is not all there is.
      for (int i = 0; i < 50; i++) {
        operations.values().forEach(Runnable::run);
      }
      operations.forEach(
          (name, operation) -> {
            long end = System.nanoTime() + PATIENCE;
            long made;
            do {
              made = bytes(operation);
            } while (made > BYTES && System.nanoTime() < end);
            assertThat(made).as("bytes of a call of " + name).isLessThanOrEqualTo(BYTES);
          });
    }
  }

  private Map<String, Runnable> operations(Scope<INDArray> scope) {
    INDArray x = scope.zeros(N, 96);
    INDArray w = scope.zeros(96, 64);
    INDArray bias = scope.zeros(1, 64);
    INDArray out = scope.zeros(N, 64);
    INDArray target = scope.zeros(N, 64);
    INDArray gradient = scope.zeros(N, 64);
    INDArray wGradient = scope.zeros(96, 64);
    tensors.fill(0.1, x);
    tensors.fill(0.1, w);
    tensors.fill(0.5, target);
    Map<String, Runnable> operations = new LinkedHashMap<>();
    for (Activation activation :
        new Activation[] {Activation.LINEAR, Activation.RELU, Activation.SIGMOID}) {
      operations.put("affine " + activation, () -> tensors.affine(x, w, bias, activation, out));
      operations.put(
          "affineBackward " + activation,
          () -> tensors.affineBackward(x, w, activation, out, gradient, wGradient, bias, null));
    }
    for (Loss loss : Loss.values()) {
      operations.put("loss " + loss, () -> tensors.loss(loss, target, target, gradient));
    }
    INDArray m = scope.zeros(96, 64);
    INDArray v = scope.zeros(96, 64);
    operations.put("adam", () -> tensors.adam(1e-6, 1, wGradient, m, v, w));
    for (Addressing addressing : new Addressing[] {Addressing.softmax(0.1), Addressing.sum()}) {
      for (int b : new int[] {1, B}) {
        reading(scope, addressing, b, operations);
      }
    }
    return operations;
  }

  private void reading(
      Scope<INDArray> scope, Addressing addressing, int b, Map<String, Runnable> operations) {
    INDArray queries = scope.zeros(b, 64);
    INDArray keys = scope.zeros(N, 64);
    INDArray values = scope.zeros(N, 10);
    INDArray summary = scope.zeros(b, 2);
    INDArray answers = scope.zeros(b, 10);
    INDArray gradient = scope.zeros(b, 10);
    INDArray keyGradient = scope.zeros(N, 64);
    INDArray keyWeights = scope.zeros(N, 1);
    tensors.fill(0.3, queries);
    tensors.fill(0.2, keys);
    int[] indices = new int[b * 8];
    float[] similarities = new float[b * 8];
    operations.put(
        "nearest by " + b, () -> tensors.nearest(queries, keys, 8, indices, similarities));
    String name = addressing.normalisation() + " by " + b;
    operations.put(
        "read " + name, () -> tensors.read(addressing, queries, keys, values, summary, answers));
    operations.put(
        "readBackward " + name,
        () ->
            tensors.readBackward(
                addressing,
                queries,
                keys,
                values,
                summary,
                answers,
                gradient,
                keyGradient,
                keyWeights,
                null));
  }
}
