package io.nnem.experiments.decoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void binsAreOfEqualSize_fromTheMostCertainToTheLeast() {
    double[] uncertainties = IntStream.range(0, 25).mapToDouble(i -> 24 - i).toArray();
    double[] errors = IntStream.range(0, 25).mapToDouble(i -> 2 * (24 - i)).toArray();
    Calibration calibration = Calibration.of(uncertainties, errors);
    assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsOnly(2, 3);
    assertThat(calibration.bins().stream().mapToInt(Calibration.Bin::count).sum()).isEqualTo(25);
    assertThat(calibration.bins()).hasSize(10);
    assertThat(calibration.bins().get(0)).isEqualTo(new Calibration.Bin(2, 0.5, 1));
    assertThat(calibration.bins().get(9)).isEqualTo(new Calibration.Bin(3, 23, 46));
    assertThat(calibration.rankCorrelation()).isEqualTo(1);
  }

  /** By hand: ranks 0 1.5 1.5 3 and 3 1 2 0 have covariance -4.5, variances 4.5 and 5. */
  @Test
  void equalNumbersShareTheirRank() {
    Calibration calibration =
        Calibration.of(new double[] {1, 5, 5, 7}, new double[] {100, 2, 30, 1});
    assertThat(calibration.rankCorrelation()).isCloseTo(-4.5 / Math.sqrt(4.5 * 5), within(1e-12));
    assertThat(calibration.bins()).as("fewer images than bins").hasSize(4);
  }

  @Test
  void aDecoderThatSaysTheSameOfAll_hasNoRanks() {
    assertThat(Calibration.of(new double[] {1, 1}, new double[] {1, 2}).rankCorrelation()).isNaN();
  }

  @Test
  void thereMustBeAsManyErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.of(new double[2], new double[3]))
        .withMessage(
            "There must be an uncertainty for each squared error, at least one, but there are 2 and"
                + " 3.");
  }
}
