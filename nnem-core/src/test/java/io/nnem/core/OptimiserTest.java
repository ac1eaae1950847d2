package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimiserTest {
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final List<Parameter<Matrix>> parameters =
      List.of(
          new Parameter<>("one", scope.zeros(1, 2), scope.zeros(1, 2)),
          new Parameter<>("two", scope.zeros(1, 1), scope.zeros(1, 1)));

  private void gradients(double a, double b, double c) {
    tensors.set(parameters.get(0).gradient(), 0, 0, a);
    tensors.set(parameters.get(0).gradient(), 0, 1, b);
    tensors.set(parameters.get(1).gradient(), 0, 0, c);
  }

  private void assertValues(double a, double b, double c) {
    assertThat(tensors.get(parameters.get(0).value(), 0, 0)).isCloseTo(a, within(1e-9));
    assertThat(tensors.get(parameters.get(0).value(), 0, 1)).isCloseTo(b, within(1e-9));
    assertThat(tensors.get(parameters.get(1).value(), 0, 0)).isCloseTo(c, within(1e-9));
    parameters.forEach(p -> assertThat(tensors.dot(p.gradient(), p.gradient())).isZero());
  }

  @Test
  void sgdGoesAgainstTheGradient() {
    try (Optimiser<Matrix> sgd = OptimiserSettings.sgd(0.5).create(tensors, parameters)) {
      gradients(1, -2, 4);
      sgd.step();
      assertValues(-0.5, 1, -2);
      sgd.step(); // the gradients were set to zero
      assertValues(-0.5, 1, -2);
    }
  }

  /** By hand: after g = 2 then 1, m = .28 and v = .004996; divided by .19 and .001999. */
  @Test
  void adamAsComputedByHand() {
    try (Optimiser<Matrix> adam = OptimiserSettings.adam(0.1).create(tensors, parameters)) {
      gradients(2, -3, 0);
      adam.step();
      assertValues(-0.1 + 5e-10, 0.1 - 1e-9 / 3, 0);
      gradients(1, 0, 0);
      adam.step();
      double first = 0.1 * (0.28 / 0.19) / (Math.sqrt(0.004996 / 0.001999) + 1e-8);
      double second = 0.1 * (0.27 / 0.19) / (Math.sqrt(0.008991 / 0.001999) + 1e-8);
      assertValues(-0.1 + 5e-10 - first, 0.1 - 1e-9 / 3 + second, 0);
    }
  }

  /** By hand: at step 3, m = .1 g and v = .001 g g are divided by 1 - .9^3 and 1 - .999^3. */
  @Test
  void adamCountsStepsBeforeTheFirstGradient() {
    try (Optimiser<Matrix> adam = OptimiserSettings.adam(0.1).create(tensors, parameters)) {
      adam.step();
      adam.step();
      assertValues(0, 0, 0);
      gradients(2, 0, 0);
      adam.step();
      double change = 0.1 * (0.2 / 0.271) / (Math.sqrt(0.004 / 0.002997001) + 1e-8);
      assertValues(-change, 0, 0);
    }
  }

  /** By hand: v = 1, -2, 4, then half of it and the new gradient. */
  @Test
  void momentumGoesOnWithTheLastVelocity() {
    try (Optimiser<Matrix> sgd = OptimiserSettings.sgd(0.5, 0.5).create(tensors, parameters)) {
      gradients(1, -2, 4);
      sgd.step();
      assertValues(-0.5, 1, -2);
      gradients(1, 0, 0); // v = 1.5, -1, 2
      sgd.step();
      assertValues(-1.25, 1.5, -3);
    }
  }

  /** By hand: 10 (1 - .1 * .5) = 9.5, and then Adam's step of .1 where there is a gradient. */
  @Test
  void weightDecayIsApart() {
    gradients(0, 0, 0);
    parameters.forEach(p -> tensors.fill(10, p.value()));
    try (Optimiser<Matrix> adam = OptimiserSettings.adam(0.1, 0.5).create(tensors, parameters)) {
      gradients(2, 0, 0);
      adam.step();
      assertValues(9.4 + 5e-10, 9.5, 9.5);
    }
  }

  @Test
  void eachStepHasItsLearningRate() {
    OptimiserSettings settings = OptimiserSettings.sgd(1).at(new LearningRate.WarmUp(1, 4));
    try (Optimiser<Matrix> sgd = settings.create(tensors, parameters)) {
      gradients(1, 0, 0);
      sgd.step();
      assertValues(-0.25, 0, 0);
      gradients(1, 0, 0);
      sgd.step();
      assertValues(-0.75, 0, 0);
    }
  }

  @Test
  void clippingShortensAllGradientsTogether() {
    OptimiserSettings settings = OptimiserSettings.sgd(1).clippedAt(3.5);
    try (Optimiser<Matrix> sgd = settings.create(tensors, parameters)) {
      gradients(2, 3, 6); // 7 long
      sgd.step();
      assertValues(-1, -1.5, -3);
      gradients(1, 0, 2); // short enough
      sgd.step();
      assertValues(-2, -1.5, -5);
    }
  }

  @Test
  void adamClipsToo() {
    OptimiserSettings settings = OptimiserSettings.adam(0.1).clippedAt(1e-8);
    try (Optimiser<Matrix> adam = settings.create(tensors, parameters)) {
      gradients(0, 0, 6); // becomes 1e-8, which the epsilon halves
      adam.step();
      assertValues(0, 0, -0.05);
    }
  }

  @Test
  void clippingDoesNotHideNaN() {
    OptimiserSettings settings = OptimiserSettings.sgd(1).clippedAt(1);
    try (Optimiser<Matrix> sgd = settings.create(tensors, parameters)) {
      gradients(Double.NaN, 0, 1);
      sgd.step();
      assertThat(tensors.get(parameters.get(0).value(), 0, 0)).isNaN();
    }
  }
}
