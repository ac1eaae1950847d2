package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What {@link TensorsContract} asks of a back end that several threads use at once: law 5. */
abstract class CallerLaws<T> extends BitLaws<T> {

  private static final int CALLERS = 4;
  private static final int ROUNDS = 8;

  @Law(
      number = 5,
      holds =
          "four threads that compute at once, each with matrices of its own, against each alone")
  final void severalCallersGetTheBitsOfOne() throws InterruptedException {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "callers")) {
      List<Caller> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(new Caller(bench, new Inputs(bench)));
      }
      runTogether(callers);
    }
  }

  @Law(
      number = 5,
      holds = "four threads that compute at once, with inputs that all share, against each alone")
  final void severalCallersMayReadTheSameMatrices() throws InterruptedException {
    try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "readers")) {
      Inputs inputs = new Inputs(bench);
      List<Caller> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(new Caller(bench, inputs));
      }
      runTogether(callers);
    }
  }

  private void runTogether(List<Caller> callers) throws InterruptedException {
    List<List<double[]>> alone = callers.stream().map(Caller::run).toList();
    ExecutorService threads = Executors.newFixedThreadPool(callers.size());
    try {
      CyclicBarrier start = new CyclicBarrier(callers.size());
      List<Future<List<List<double[]>>>> together = new ArrayList<>();
      for (Caller caller : callers) {
        together.add(
            threads.submit(
                () -> {
                  List<List<double[]>> rounds = new ArrayList<>();
                  start.await();
                  for (int round = 0; round < ROUNDS; round++) {
                    rounds.add(caller.run());
                  }
                  return rounds;
                }));
      }
      for (int i = 0; i < callers.size(); i++) {
        for (List<double[]> results : together.get(i).get()) {
          assertSameBits(i, results, alone.get(i));
        }
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a caller failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertSameBits(int caller, List<double[]> together, List<double[]> alone) {
    for (int i = 0; i < alone.size(); i++) {
      assertThat(Arrays.equals(together.get(i), alone.get(i)))
          .as(
              "law 5: result %d of caller %d has the bits that it has where nobody else computes,"
                  + " with seed %d",
              i, caller, TestSeed.get())
          .isTrue();
    }
  }

  /** What is only read. */
  private final class Inputs {
    static final int ROWS = 207;
    static final int IN = 151;
    static final int UNITS = 67;
    static final int KEYS = 2048;
    static final int KEY = 16;
    static final int VALUE = 3;
    static final int QUERIES = 64;

    final T x;
    final T w;
    final T bias;
    final T keys;
    final T values;
    final T queries;
    final T targets;
    final T outGradient;

    Inputs(BackendBench<T> bench) {
      x = bench.random("x", ROWS, IN, -1, 1).mine();
      w = bench.random("w", IN, UNITS, -1, 1).mine();
      bias = bench.random("bias", 1, UNITS, -1, 1).mine();
      keys = bench.random("keys", KEYS, KEY, -1, 1).mine();
      values = bench.random("values", KEYS, VALUE, 0.1, 0.9).mine();
      queries = bench.random("queries", QUERIES, KEY, -1, 1).mine();
      targets = bench.random("targets", QUERIES, VALUE, 0, 1).mine();
      outGradient = bench.random("outGradient", ROWS, UNITS, -1, 1).mine();
    }
  }

  /** A thread's own results, from inputs that may be others' too. */
  private final class Caller {
    private final BackendBench<T> bench;
    private final Inputs inputs;
    private final T out;
    private final T d;
    private final T wGradient;
    private final T biasGradient;
    private final T xGradient;
    private final T first;
    private final T second;
    private final T parameter;
    private final T summary;
    private final T answers;
    private final T gradient;
    private final T keyGradient;
    private final T keyWeights;
    private final T queryGradient;

    Caller(BackendBench<T> bench, Inputs inputs) {
      this.bench = bench;
      this.inputs = inputs;
      out = zeros(Inputs.ROWS, Inputs.UNITS);
      d = zeros(Inputs.ROWS, Inputs.UNITS);
      wGradient = zeros(Inputs.IN, Inputs.UNITS);
      biasGradient = zeros(1, Inputs.UNITS);
      xGradient = zeros(Inputs.ROWS, Inputs.IN);
      first = zeros(Inputs.IN, Inputs.UNITS);
      second = zeros(Inputs.IN, Inputs.UNITS);
      parameter = zeros(Inputs.IN, Inputs.UNITS);
      summary = zeros(Inputs.QUERIES, 2);
      answers = zeros(Inputs.QUERIES, Inputs.VALUE);
      gradient = zeros(Inputs.QUERIES, Inputs.VALUE);
      keyGradient = zeros(Inputs.KEYS, Inputs.KEY);
      keyWeights = zeros(Inputs.KEYS, 1);
      queryGradient = zeros(Inputs.QUERIES, Inputs.KEY);
    }

    private T zeros(int rows, int columns) {
      return bench.zeros("result", rows, columns).mine();
    }

    List<double[]> run() {
      List<double[]> results = new ArrayList<>();
      layer(results);
      for (Addressing addressing : List.of(Addressing.softmax(0.1), Addressing.softmax(0.01))) {
        reading(addressing, inputs.queries, results);
      }
      return results;
    }

    private void layer(List<double[]> results) {
      bench.mine.affine(inputs.x, inputs.w, inputs.bias, Activation.TANH, out);
      bench.mine.copy(inputs.outGradient, d);
      bench.mine.fill(0, wGradient);
      bench.mine.fill(0, biasGradient);
      bench.mine.affineBackward(
          inputs.x, inputs.w, Activation.TANH, out, d, wGradient, biasGradient, xGradient);
      bench.mine.fill(0, first);
      bench.mine.fill(0, second);
      bench.mine.copy(inputs.w, parameter);
      bench.mine.adam(0.01, 1, wGradient, first, second, parameter);
      results.add(new double[] {bench.mine.dot(wGradient, inputs.w)});
      for (T matrix : List.of(out, wGradient, biasGradient, xGradient, second, parameter)) {
        results.add(Matrices.elements(bench.mine, matrix));
      }
    }

    private void reading(Addressing addressing, T queries, List<double[]> results) {
      bench.mine.read(addressing, queries, inputs.keys, inputs.values, summary, answers);
      double loss = bench.mine.loss(Loss.SQUARED_ERROR, answers, inputs.targets, gradient);
      bench.mine.readBackward(
          addressing,
          queries,
          inputs.keys,
          inputs.values,
          summary,
          answers,
          gradient,
          keyGradient,
          keyWeights,
          queryGradient);
      int[] rows = new int[5 * Inputs.QUERIES];
      bench.mine.nearest(queries, inputs.keys, 5, rows, new float[rows.length]);
      results.add(new double[] {loss});
      results.add(Arrays.stream(rows).asDoubleStream().toArray());
      for (T matrix : List.of(summary, answers, keyGradient, keyWeights, queryGradient)) {
        results.add(Matrices.elements(bench.mine, matrix));
      }
    }
  }
}
