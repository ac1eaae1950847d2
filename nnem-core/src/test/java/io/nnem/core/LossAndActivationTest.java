package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossAndActivationTest {
  @Test
  void lossesAreTheirFormulas() {
    assertThat(Loss.SQUARED_ERROR.value(0.75, 0.25)).isEqualTo(0.125);
    assertThat(Loss.SQUARED_ERROR.slope(0.75, 0.25)).isEqualTo(0.5);
    assertThat(Loss.CROSS_ENTROPY.value(0.25, 1)).isCloseTo(Math.log(4), within(1e-7));
    assertThat(Loss.CROSS_ENTROPY.slope(0.25, 1)).isCloseTo(-4, within(1e-6));
    assertThat(Loss.CROSS_ENTROPY.value(0, 1)).isCloseTo(8 * Math.log(10), within(1e-12));
    assertThat(Loss.CROSS_ENTROPY.value(0.25, 0)).isZero();
    assertThat(Loss.CROSS_ENTROPY.slope(0.25, 0)).isZero();
    assertThat(Loss.BINARY_CROSS_ENTROPY.value(0.25, 1)).isCloseTo(Math.log(4), within(1e-12));
    assertThat(Loss.BINARY_CROSS_ENTROPY.value(0.25, 0)).isCloseTo(-Math.log(0.75), within(1e-12));
    assertThat(Loss.BINARY_CROSS_ENTROPY.slope(0.25, 1)).isCloseTo(-4, within(1e-12));
    assertThat(Loss.BINARY_CROSS_ENTROPY.value(0, 1)).isCloseTo(7 * Math.log(10), within(1e-12));
    assertThat(Loss.BINARY_CROSS_ENTROPY.value(1, 0)).isCloseTo(7 * Math.log(10), within(1e-8));
  }

  @ParameterizedTest
  @EnumSource
  void noLossHidesNaN(Loss loss) {
    for (double target : new double[] {0, 1}) {
      assertThat(loss.value(Double.NaN, target)).isNaN();
      assertThat(loss.slope(Double.NaN, target)).isNaN();
    }
  }

  @Test
  void activationsAreTheirFormulas() {
    assertThat(Activation.LINEAR.apply(-3)).isEqualTo(-3);
    assertThat(Activation.RELU.apply(-3)).isZero();
    assertThat(Activation.RELU.apply(3)).isEqualTo(3);
    assertThat(Activation.TANH.apply(0.5)).isEqualTo(Math.tanh(0.5));
    assertThat(Activation.SIGMOID.apply(Math.log(3))).isCloseTo(0.75, within(1e-12));
    assertThat(Activation.RELU.slope(0)).isZero();
    assertThat(Activation.RELU.slope(2)).isEqualTo(1);
    assertThat(Activation.TANH.slope(0.5)).isEqualTo(0.75);
    assertThat(Activation.SIGMOID.slope(0.25)).isEqualTo(0.1875);
  }

  @ParameterizedTest
  @EnumSource
  void noActivationHidesNaN(Activation activation) {
    assertThat(activation.apply(Double.NaN)).isNaN();
  }
}
