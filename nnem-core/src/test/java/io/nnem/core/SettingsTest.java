package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.reference.ReferenceTensors;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Comparator<Double> CLOSE =
      (a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b);

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-40, 1e-38, 9e37, 1e46})
  void aTemperatureIsOneThatFloatsHold(double temperature) {
    for (Normalisation normalisation : Normalisation.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Addressing(normalisation, temperature))
          .withMessage(
              "The temperature must be from 1.1754943508222875E-38 to 8.507059173023462E37, for"
                  + " floats to hold it and one over it, but it is "
                  + temperature
                  + ".");
    }
  }

  @Test
  void theLowestAndTheHighestTemperature_areTaken() {
    for (double temperature : new double[] {0x1p-126, 0x1p126}) {
      assertThat(Addressing.softmax(temperature).temperature()).isEqualTo(temperature);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aLearningRateIsAboveZero(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptimiserSettings.adam(rate))
        .withMessage("The learning rate must be a finite number above 0, but it is " + rate + ".");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN})
  void aNormToClipAtIsNotNegative(double norm) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptimiserSettings.sgd(1).clippedAt(norm))
        .withMessage("The norm to clip at must be 0 (never) or above, but it is " + norm + ".");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void aMomentumIsBelowOne(double momentum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptimiserSettings.sgd(1, momentum))
        .withMessage("The momentum must be 0 or above and below 1, but it is " + momentum + ".");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aWeightDecayIsNotNegative(double decay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptimiserSettings.adam(1, decay))
        .withMessage(
            "The weight decay must be a finite number, 0 or above, but it is " + decay + ".");
  }

  @Test
  void schedulesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRate.WarmUp(1, 0))
        .withMessage("The learning rate must warm up for 1 step or more, but it is 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRate.Cosine(1, 2, 0, 5))
        .withMessage("The least learning rate must be from 0 to 1.0, but it is 2.0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRate.Cosine(1, 0, 5, 5))
        .withMessage(
            "The learning rate must fall for 1 step or more after its warm-up, but it warms up for"
                + " 5 steps and ends at step 5.");
  }

  @Test
  void ratesOfASchedule() {
    LearningRate warm = new LearningRate.WarmUp(0.8, 4);
    assertThat(LongStream.rangeClosed(1, 6).mapToDouble(warm::at))
        .usingElementComparator(CLOSE)
        .containsExactly(0.2, 0.4, 0.6, 0.8, 0.8, 0.8);
    LearningRate cosine = new LearningRate.Cosine(1, 0.5, 2, 6);
    double slope = 0.25 * Math.sqrt(0.5);
    assertThat(LongStream.rangeClosed(1, 8).mapToDouble(cosine::at))
        .usingElementComparator(CLOSE)
        .containsExactly(0.5, 1.0, 0.75 + slope, 0.75, 0.75 - slope, 0.5, 0.5, 0.5);
  }

  @Test
  void settingsMakeTheirOptimiser() {
    ReferenceTensors tensors = new ReferenceTensors();
    assertThat(OptimiserSettings.adam(1).create(tensors, List.of())).isInstanceOf(Adam.class);
    assertThat(OptimiserSettings.sgd(1).create(tensors, List.of())).isInstanceOf(Sgd.class);
    assertThat(Addressing.sum()).isEqualTo(new Addressing(Normalisation.SUM, 1));
  }
}
