package io.nnem.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.nnem.bench.work.StepProblem;

/** What a reading and its losses are in PyTorch. */
final class TorchMath {

  private TorchMath() {}

  static NDArray matrix(NDManager manager, float[] floats, int columns) {
    return manager.create(floats, new Shape(floats.length / columns, columns));
  }

  /**
   * The same storage without a gradient, owned by {@code manager}: DJL gives what is computed from
   * an array to that array's owner, so that this is how a step's intermediates come to be released
   * with the step. Nothing is recorded of what is computed from it, as under {@code no_grad}; DJL
   * has inference mode for whole modules only.
   */
  static NDArray here(NDManager manager, NDArray array) {
    NDArray alias = array.stopGradient();
    alias.attach(manager);
    return alias;
  }

  /** The temperature divides the queries, which are few, and not the similarities. */
  static NDArray read(NDArray queries, NDArray keys, NDArray values) {
    double floor = StepProblem.SMALLEST_LENGTH;
    NDArray scaled = queries.normalize(2, 1, floor).mul((float) (1 / StepProblem.TEMPERATURE));
    return scaled.matMul(keys.normalize(2, 1, floor).transpose()).softmax(1).matMul(values);
  }

  static NDArray crossEntropy(NDArray answers, NDArray targets) {
    long rows = targets.getShape().get(0);
    return answers.add((float) StepProblem.LOG_FLOOR).log().mul(targets).sum().mul(-1f / rows);
  }

  /** On logits, as DJL's own loss has it: {@code max(z, 0) - z x + log(1 + exp(-|z|))}. */
  static NDArray binaryCrossEntropy(NDArray logits, NDArray targets) {
    long rows = targets.getShape().get(0);
    return logits
        .getNDArrayInternal()
        .relu()
        .sub(logits.mul(targets))
        .add(logits.abs().neg().getNDArrayInternal().softPlus())
        .sum()
        .mul(1f / rows);
  }

  /** The rows of a step's turn, first in, first out. The capacity is a multiple of the rows. */
  static NDIndex rows(long step, int rows, int capacity) {
    long from = step * rows % capacity;
    return new NDIndex().addSliceDim(from, from + rows);
  }
}
