package io.nnem.bench.nd4j;

import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Training steps in plain ND4J. */
final class Nd4jStep implements Task {

  private final Condition condition;
  private final int capacity;
  private final int batch;
  private final Nd4jNetwork embedder;
  private final Nd4jNetwork decoder;
  private final INDArray keys;
  private final INDArray values;
  private final INDArray observations;
  private final INDArray activations;
  private final List<INDArray> batches = new ArrayList<>();
  private final List<INDArray> targets = new ArrayList<>();
  private final List<Float> losses = new ArrayList<>();
  private long steps;

  Nd4jStep(StepProblem problem) {
    Shape shape = problem.work().sizes();
    condition = problem.work().condition();
    capacity = shape.capacity();
    batch = shape.batch();
    embedder = new Nd4jNetwork(problem.embedder(), StepProblem.EMBEDDER_RATE);
    decoder =
        condition.decodes() ? new Nd4jNetwork(problem.decoder(), StepProblem.OTHER_RATE) : null;
    INDArray memories = Nd4jNetwork.matrix(problem.memories(), shape.observationSize());
    Nd4jNetwork writer = new Nd4jNetwork(problem.writer(), 1);
    INDArray hidden = writer.hidden(memories);
    keys = writer.output(hidden);
    values = Nd4jNetwork.matrix(problem.memoryValues(), Shape.CLASSES);
    boolean kept = condition == Condition.EXACT_STORED || condition == Condition.BACKPROP;
    observations = kept ? memories : null;
    activations = condition == Condition.BACKPROP ? hidden : null;
    for (int i = 0; i < StepProblem.BATCHES; i++) {
      batches.add(Nd4jNetwork.matrix(problem.batch(i), shape.observationSize()));
      targets.add(Nd4jNetwork.matrix(problem.batchValues(i), Shape.CLASSES));
    }
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      step((int) (steps % StepProblem.BATCHES));
      steps++;
    }
    return System.nanoTime() - start;
  }

  private void step(int turn) {
    INDArray x = batches.get(turn);
    INDArray target = targets.get(turn);
    INDArray hidden = embedder.hidden(x);
    INDArray query = embedder.output(hidden);
    INDArray read = keys;
    INDArray input = null; // of the pass over the memories, where there is one
    INDArray inputHidden = null;
    switch (condition) {
      case EXACT_DECODED -> input = decoded();
      case EXACT_STORED -> input = observations;
      default -> {}
    }
    if (input != null) {
      inputHidden = embedder.hidden(input);
      read = embedder.output(inputHidden);
    }
    Nd4jReading reading = new Nd4jReading(query, read, values);
    keep(reading.loss(target));
    if (condition != Condition.NONE) {
      INDArray gradient = reading.keyGradient(target);
      if (condition == Condition.APPROXIMATE_DECODED) {
        input = decoded();
        inputHidden = embedder.hidden(input);
      } else if (condition == Condition.BACKPROP) {
        input = observations;
        inputHidden = activations;
      }
      embedder.update(embedder.backward(input, inputHidden, gradient));
    }
    if (decoder != null) {
      learnToDecode(query, x);
    }
    write(query, x, hidden, target);
  }

  private INDArray decoded() {
    return Transforms.sigmoid(decoder.output(decoder.hidden(keys)), false);
  }

  /** The slope of sigmoid and cross-entropy together is their difference. */
  private void learnToDecode(INDArray query, INDArray x) {
    INDArray hidden = decoder.hidden(query);
    INDArray gradient =
        Transforms.sigmoid(decoder.output(hidden), false).subi(x).divi((double) batch);
    decoder.update(decoder.backward(query, hidden, gradient));
  }

  private void write(INDArray query, INDArray x, INDArray hidden, INDArray target) {
    INDArrayIndex[] rows = rows(steps, batch, capacity);
    keys.put(rows, query);
    values.put(rows, target);
    if (observations != null) {
      observations.put(rows, x);
    }
    if (activations != null) {
      activations.put(rows, hidden);
    }
  }

  static INDArrayIndex[] rows(long step, int rows, int capacity) {
    long from = step * rows % capacity;
    return new INDArrayIndex[] {NDArrayIndex.interval(from, from + rows), NDArrayIndex.all()};
  }

  private void keep(double loss) {
    if (losses.size() < StepProblem.BATCHES) {
      losses.add((float) loss);
    }
  }

  @Override
  public Outcome outcome() {
    Map<String, float[]> result = new HashMap<>();
    float[] all = new float[losses.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = losses.get(i);
    }
    result.put(Outcome.LOSS, all);
    result.put("embedder's update", embedder.updates());
    if (decoder != null) {
      result.put("decoder's update", decoder.updates());
    }
    return new Outcome(result);
  }

  /** What is left is freed by the garbage collector, as ND4J has it. */
  @Override
  public void close() {}
}
