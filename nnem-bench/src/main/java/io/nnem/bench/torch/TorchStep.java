package io.nnem.bench.torch;

import static io.nnem.bench.torch.TorchMath.here;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Training steps in PyTorch. Each step has an owner of its own, which releases its intermediates at
 * its end. Chosen because it was the shortest way that autograd allows:
 *
 * <ul>
 *   <li>{@code none} records nothing, computes no gradient and runs no optimiser;
 *   <li>all losses of a step go back together, in one call, wherever none needs another's gradient;
 *   <li>approximate reinstatement and synthetic gradients use the surrogate {@code sum(embedding *
 *       gradient)};
 *   <li>what only feeds a reading (decoded observations, queries) is not recorded.
 * </ul>
 */
final class TorchStep implements Task {

  private final Condition condition;
  private final int capacity;
  private final int batch;
  private final NDManager manager;
  private final TorchNetwork embedder;
  private final TorchNetwork decoder;
  private final TorchNetwork synthetic;
  private final NDArray keys;
  private final NDArray values;
  private final NDArray observations;
  private final NDArray activations;
  private final List<NDArray> batches = new ArrayList<>();
  private final List<NDArray> targets = new ArrayList<>();
  private final List<Float> losses = new ArrayList<>();
  private double meanSquare;
  private long steps;

  TorchStep(NDManager parent, StepProblem problem) {
    this.condition = problem.work().condition();
    Shape shape = problem.work().sizes();
    this.capacity = shape.capacity();
    this.batch = shape.batch();
    this.manager = parent.newSubManager();
    this.embedder = new TorchNetwork(manager, problem.embedder(), StepProblem.EMBEDDER_RATE);
    this.decoder =
        condition.decodes()
            ? new TorchNetwork(manager, problem.decoder(), StepProblem.OTHER_RATE)
            : null;
    this.synthetic =
        condition == Condition.SYNTHETIC_GRADIENT
            ? new TorchNetwork(manager, problem.synthetic(), StepProblem.OTHER_RATE)
            : null;
    boolean keptObservations =
        condition == Condition.EXACT_STORED || condition == Condition.BACKPROP;
    NDArray memories = TorchMath.matrix(manager, problem.memories(), shape.observationSize());
    try (NDManager own = manager.newSubManager()) {
      TorchNetwork writer = new TorchNetwork(own, problem.writer(), 0);
      NDArray hidden = writer.hiddenFixed(here(own, memories));
      keys = writer.outputFixed(hidden);
      keys.attach(manager);
      activations = condition == Condition.BACKPROP ? hidden : null;
      if (activations != null) {
        activations.attach(manager);
      }
    }
    values = TorchMath.matrix(manager, problem.memoryValues(), Shape.CLASSES);
    observations = keptObservations ? memories : null;
    if (!keptObservations) {
      memories.close();
    }
    for (int i = 0; i < StepProblem.BATCHES; i++) {
      batches.add(TorchMath.matrix(manager, problem.batch(i), shape.observationSize()));
      targets.add(TorchMath.matrix(manager, problem.batchValues(i), Shape.CLASSES));
    }
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      step();
      steps++;
    }
    return System.nanoTime() - start;
  }

  private void step() {
    int turn = (int) (steps % StepProblem.BATCHES);
    try (NDManager own = manager.newSubManager()) {
      NDArray x = here(own, batches.get(turn));
      NDArray target = here(own, targets.get(turn));
      if (condition == Condition.NONE) {
        NDArray query = embedder.forwardFixed(x);
        NDArray answers = TorchMath.read(query, here(own, keys), here(own, values));
        keep(TorchMath.crossEntropy(answers, target));
        write(query, x, null, target);
        return;
      }
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        learn(own, collector, x, target);
      }
    }
  }

  private void learn(NDManager own, GradientCollector collector, NDArray x, NDArray target) {
    NDArray hidden = null;
    NDArray embedding = null; // recorded, where the batch's own pass is gone back through
    NDArray query;
    if (condition == Condition.SYNTHETIC_GRADIENT) {
      embedding = embedder.forward(x);
      query = embedding.stopGradient();
    } else {
      hidden = embedder.hiddenFixed(x);
      query = embedder.outputFixed(hidden);
    }
    NDArray memoryValues = here(own, values);
    NDArray read = here(own, keys);
    switch (condition) {
      case EXACT_DECODED -> read = embedder.forward(decoded(read));
      case EXACT_STORED -> read = embedder.forward(here(own, observations));
      default -> read.setRequiresGradient(true);
    }
    NDArray loss = TorchMath.crossEntropy(TorchMath.read(query, read, memoryValues), target);
    keep(loss);
    switch (condition) {
      case EXACT_DECODED -> {
        collector.backward(loss.add(reconstruction(query, x)));
        embedder.update();
        decoder.update();
      }
      case EXACT_STORED -> {
        collector.backward(loss);
        embedder.update();
      }
      case APPROXIMATE_DECODED -> {
        collector.backward(loss);
        NDArray again = embedder.forward(decoded(here(own, keys)));
        NDArray surrogate = again.mul(read.getGradient()).sum();
        collector.backward(surrogate.add(reconstruction(query, x)));
        embedder.update();
        decoder.update();
      }
      case BACKPROP -> {
        collector.backward(loss);
        embedder.backThroughKept(
            here(own, observations), here(own, activations), read.getGradient());
      }
      case SYNTHETIC_GRADIENT -> {
        collector.backward(loss);
        predict(own, collector, read.getGradient(), embedding, target);
      }
      default -> throw new IllegalStateException("no step for " + condition);
    }
    write(query, x, hidden, target);
  }

  private NDArray decoded(NDArray from) {
    return decoder.forwardFixed(from).getNDArrayInternal().sigmoid();
  }

  private NDArray reconstruction(NDArray query, NDArray x) {
    return TorchMath.binaryCrossEntropy(decoder.forward(query), x);
  }

  /** Trains the gradient's network, and goes back with what it predicts for the batch. */
  private void predict(
      NDManager own,
      GradientCollector collector,
      NDArray gradient,
      NDArray embedding,
      NDArray target) {
    double before = meanSquare;
    double today = gradient.square().mean().getFloat();
    meanSquare = before == 0 ? today : 0.99 * before + 0.01 * today;
    NDArray input = here(own, keys).concat(here(own, values), 1);
    NDArray wanted = gradient.mul((float) (1 / Math.sqrt(meanSquare)));
    NDArray total = synthetic.forward(input).sub(wanted).square().sum().mul(0.5f / capacity);
    if (before > 0) {
      NDArray prediction = synthetic.forwardFixed(embedding.stopGradient().concat(target, 1));
      float scale = (float) (capacity / (double) batch * Math.sqrt(before));
      total = total.add(embedding.mul(prediction).sum().mul(scale));
    }
    collector.backward(total);
    if (before > 0) {
      embedder.update();
    } else {
      embedder.skip();
    }
    synthetic.update();
  }

  private void write(NDArray query, NDArray x, NDArray hidden, NDArray target) {
    NDIndex rows = TorchMath.rows(steps, batch, capacity);
    keys.set(rows, query);
    values.set(rows, target);
    if (observations != null) {
      observations.set(rows, x);
    }
    if (activations != null) {
      activations.set(rows, hidden);
    }
  }

  private void keep(NDArray loss) {
    if (losses.size() < StepProblem.BATCHES) {
      losses.add(loss.getFloat());
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

  @Override
  public void close() {
    manager.close();
  }
}
