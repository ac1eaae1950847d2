package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Optimiser;
import io.nnem.core.Parameter;
import io.nnem.core.Tensors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every optimiser must do: go against the gradients, clear them, and save all that its next
 * steps depend on.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class OptimiserContract<T> {

  private Matrices<T> matrices;

  /** For subclasses. */
  protected OptimiserContract() {}

  /**
   * The back end to test on.
   *
   * @return any
   */
  protected abstract Tensors<T> tensors();

  /**
   * The optimiser under test; each call gives a new one.
   *
   * @param tensors the back end
   * @param parameters what it updates
   * @param <M> the matrix type
   * @return the optimiser
   */
  protected abstract <M> Optimiser<M> optimiser(Tensors<M> tensors, List<Parameter<M>> parameters);

  @BeforeEach
  final void open() {
    matrices = new Matrices<>(tensors(), "optimiser");
  }

  @AfterEach
  final void close() {
    matrices.close();
  }

  private List<Parameter<T>> parameters() {
    return List.of(
        new Parameter<>("layer-1.weights", matrices.zeros(7, 5), matrices.zeros(7, 5)),
        new Parameter<>("layer-1.bias", matrices.zeros(1, 5), matrices.zeros(1, 5)));
  }

  private List<T> draw() {
    return List.of(matrices.random(7, 5, -1, 1), matrices.random(1, 5, -1, 1));
  }

  private void step(Optimiser<T> optimiser, List<Parameter<T>> parameters, List<T> gradients) {
    for (int i = 0; i < parameters.size(); i++) {
      matrices.tensors.copy(gradients.get(i), parameters.get(i).gradient());
    }
    optimiser.step();
  }

  private double[] values(List<Parameter<T>> parameters) {
    return Matrices.values(matrices.tensors, parameters);
  }

  @Test
  final void aStep_goesAgainstTheGradients_andClearsThem() {
    List<Parameter<T>> parameters = parameters();
    List<T> gradients = draw();
    try (Optimiser<T> optimiser = optimiser(matrices.tensors, parameters)) {
      step(optimiser, parameters, gradients);
      for (int i = 0; i < gradients.size(); i++) {
        assertThat(matrices.tensors.dot(parameters.get(i).value(), gradients.get(i)))
            .as("change of %s, along its gradient", parameters.get(i).name())
            .isNegative();
      }
    }
    assertThat(Matrices.gradients(matrices.tensors, parameters))
        .as("gradients after a step")
        .containsOnly(0);
  }

  @Law(number = 5, holds = "three steps, then three more")
  final void anOptimiserThatWasSavedAndLoaded_goesOnWithTheSameBits() {
    List<Parameter<T>> mine = parameters();
    List<Parameter<T>> others = parameters();
    try (Optimiser<T> optimiser = optimiser(matrices.tensors, mine);
        Optimiser<T> twin = optimiser(matrices.tensors, others)) {
      for (int i = 0; i < 3; i++) {
        step(optimiser, mine, draw());
      }
      step(twin, others, draw()); // what it knew is not to survive
      SavedState state = SavedState.of(optimiser);
      assertThat(SavedState.of(optimiser)).as("saved twice").isEqualTo(state);
      state.loadInto(twin);
      for (int i = 0; i < mine.size(); i++) { // parameters are saved by the network they belong to
        matrices.tensors.copy(mine.get(i).value(), others.get(i).value());
      }
      for (int i = 0; i < 3; i++) {
        List<T> gradients = draw();
        step(optimiser, mine, gradients);
        step(twin, others, gradients);
        assertThat(values(others))
            .as("parameters after step %d since loading", i + 1)
            .isEqualTo(values(mine));
      }
    }
  }
}
