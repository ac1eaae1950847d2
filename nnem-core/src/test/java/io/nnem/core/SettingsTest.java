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
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aTemperatureIsAboveZero(double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Addressing.softmax(temperature))
        .withMessage(
            "The temperature must be a finite number above 0, but it is " + temperature + ".");
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
