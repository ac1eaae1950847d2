package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.EmbedderContext;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law 1 through the whole of a network: from the loss of {@code learn} back through reading, keys
 * and queries to each parameter of the embedders, a separate reader's too, against finite
 * differences of a network that is built, filled and asked anew each time.
 */
class WholeChainTest {

  private static final int OBSERVATION = 4;
  private static final int QUERY = 3;
  private static final int MEMORIES = 6;
  private static final int ANSWERS = 5;
  private static final int VALUE = 2;

  private final ReferenceTensors tensors = new ReferenceTensors();

  /** A network, with its embedders' parameters: the writer's, then those of a separate reader. */
  private final class Built implements AutoCloseable {
    final List<Parameter<Matrix>> parameters = new ArrayList<>();
    final MemoryNetwork<Matrix> network;
    private final Scope<Matrix> scope = tensors.newScope();
    private final SplittableRandom random = Seeds.random(3, "whole chain");
    private final boolean reader;
    private final boolean regression;

    Built(String assigner, boolean regression, boolean reader) {
      this.reader = reader;
      this.regression = regression;
      MemoryNetworkBuilder<Matrix> builder =
          MemoryNetwork.builder(tensors)
              .embedder(() -> embedder(OBSERVATION, 1))
              .capacity(MEMORIES)
              .valueSize(VALUE)
              .assigner(assigner)
              .settings(
                  regression ? LearningSettings.regression() : LearningSettings.classification());
      if (assigner.endsWith("reinstatement")) {
        builder.reinstatement("stored");
      }
      if (reader) {
        builder.reader(() -> embedder(QUERY, 2));
      }
      network = builder.build();
    }

    private NetworkEmbedder<Matrix> embedder(int inputs, long seed) {
      NetworkEmbedder<Matrix> embedder =
          NetworkEmbedder.perceptron(
              new EmbedderContext<>(
                  tensors,
                  RowShape.flat(inputs),
                  3,
                  List.of(5),
                  OptimiserSettings.sgd(1), // a step then takes the gradient itself away
                  seed,
                  Options.none()));
      parameters.addAll(embedder.parameters());
      return embedder;
    }

    double loss() {
      network.remember(random(MEMORIES, OBSERVATION), values(MEMORIES));
      return network.learn(random(ANSWERS, reader ? QUERY : OBSERVATION), values(ANSWERS));
    }

    private Matrix random(int rows, int columns) {
      Matrix matrix = scope.zeros(rows, columns);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          tensors.set(matrix, i, j, random.nextDouble(-1, 1));
        }
      }
      return matrix;
    }

    private Matrix values(int rows) {
      if (regression) {
        return random(rows, VALUE);
      }
      Matrix classes = scope.zeros(rows, VALUE);
      for (int i = 0; i < rows; i++) {
        tensors.set(classes, i, i % VALUE, 1);
      }
      return classes;
    }

    @Override
    public void close() {
      network.close();
      scope.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "backprop, false, false",
    "backprop, false, true",
    "backprop, true, false",
    "backprop, true, true",
    "exact-reinstatement, false, true",
    "exact-reinstatement, true, true",
    "approximate-reinstatement, false, true",
    "approximate-reinstatement, true, true"
  })
  void learning_agreesWithFiniteDifferences(String assigner, boolean regression, boolean reader) {
    double[] slopes;
    try (Built built = new Built(assigner, regression, reader)) {
      double[] before = elements(built);
      built.loss();
      double[] after = elements(built);
      slopes = new double[before.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = before[i] - after[i];
      }
    }
    double[] expected = new double[slopes.length];
    double largest = 0;
    for (int i = 0; i < slopes.length; i++) {
      double h = 1e-5;
      expected[i] =
          (moved(assigner, regression, reader, i, h) - moved(assigner, regression, reader, i, -h))
              / (2 * h);
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertThat(largest).isGreaterThan(1e-3);
    assertThat(slopes).containsExactly(expected, within(1e-6 * largest));
  }

  private double moved(String assigner, boolean regression, boolean reader, int element, double h) {
    try (Built built = new Built(assigner, regression, reader)) {
      int before = 0;
      for (Parameter<Matrix> parameter : built.parameters) {
        Matrix value = parameter.value();
        int columns = tensors.columns(value);
        int size = tensors.rows(value) * columns;
        int at = element - before;
        if (at >= 0 && at < size) {
          double old = tensors.get(value, at / columns, at % columns);
          tensors.set(value, at / columns, at % columns, old + h);
        }
        before += size;
      }
      return built.loss();
    }
  }

  private double[] elements(Built built) {
    List<Double> all = new ArrayList<>();
    for (Parameter<Matrix> parameter : built.parameters) {
      for (int i = 0; i < tensors.rows(parameter.value()); i++) {
        for (int j = 0; j < tensors.columns(parameter.value()); j++) {
          all.add(tensors.get(parameter.value(), i, j));
        }
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
