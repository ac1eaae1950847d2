package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.network.Adam;
import io.nnem.core.network.Sgd;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
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
        .isThrownBy(() -> new OptimiserSettings(OptimiserSettings.Kind.SGD, 1, norm))
        .withMessage("The norm to clip at must be 0 (never) or above, but it is " + norm + ".");
  }

  @Test
  void settingsMakeTheirOptimiser() {
    ReferenceTensors tensors = new ReferenceTensors();
    assertThat(OptimiserSettings.adam(1).create(tensors, List.of())).isInstanceOf(Adam.class);
    assertThat(OptimiserSettings.sgd(1).create(tensors, List.of())).isInstanceOf(Sgd.class);
    assertThat(Addressing.sum()).isEqualTo(new Addressing(Normalisation.SUM, 1));
  }
}
