package io.nnem.bench.nd4j;

import io.nnem.bench.work.StepProblem;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A reading and its backward pass, with the whole product and the whole softmax as matrices. */
final class Nd4jReading {

  private final INDArray query; // of length one
  private final INDArray key;
  private final INDArray keyLengths;
  private final INDArray values;
  private final INDArray similarities;
  private final INDArray weights;
  private final INDArray answers;

  Nd4jReading(INDArray queries, INDArray keys, INDArray values) {
    this.values = values;
    query = queries.divColumnVector(lengths(queries));
    keyLengths = lengths(keys);
    key = keys.divColumnVector(keyLengths);
    similarities = query.mmul(key.transpose());
    weights = Transforms.softmax(similarities.div(StepProblem.TEMPERATURE), false);
    answers = weights.mmul(values);
  }

  private static INDArray lengths(INDArray rows) {
    return Transforms.max(rows.norm2(true, 1), StepProblem.SMALLEST_LENGTH, false);
  }

  INDArray answers() {
    return answers;
  }

  /** Mean cross-entropy of the answers. */
  double loss(INDArray targets) {
    INDArray logs = Transforms.log(answers.add(StepProblem.LOG_FLOOR), false);
    return -logs.muli(targets).sumNumber().doubleValue() / targets.rows();
  }

  /** dLoss/dKeys of {@link #loss}. */
  INDArray keyGradient(INDArray targets) {
    INDArray answerGradient = targets.div(answers.add(StepProblem.LOG_FLOOR)).divi(-targets.rows());
    INDArray gradient = answerGradient.mmul(values.transpose());
    INDArray mean = gradient.mul(weights).sum(true, 1);
    gradient.subiColumnVector(mean).muli(weights).divi(StepProblem.TEMPERATURE);
    INDArray along = gradient.mul(similarities).sum(0).reshape(key.rows(), 1);
    return gradient
        .transpose()
        .mmul(query)
        .subi(key.mulColumnVector(along))
        .diviColumnVector(keyLengths);
  }
}
