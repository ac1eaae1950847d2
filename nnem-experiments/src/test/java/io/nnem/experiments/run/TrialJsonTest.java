package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.experiments.config.Condition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialJsonTest {
  private static final Condition CONDITION = Condition.parse("exact-reinstatement/stored+batch=8");

  private final TrialResult result =
      new TrialResult(
              CONDITION,
              7,
              List.of(new Measurement(CONDITION.name(), 7, 10, "validation", 0.1, 1 / 3.0)),
              Optional.of(new TrialResult.Divergence(11, "the \"loss\"\nis NaN")),
              136,
              Double.NaN)
          .with(new Found.Ages(List.of()));

  @Test
  void aResultIsTheSameAgain_bitForBit() {
    String line = TrialJson.line(result);
    assertThat(line.lines()).hasSize(1);
    assertThat(TrialJson.result(line, Found.Ages.class)).isEqualTo(result);
  }

  @Test
  void whatIsNoResultIsRefused() {
    String line = TrialJson.line(result);
    for (String wrong : List.of("", "{}", "7", line.substring(0, 50), line.replace("7", "\"x\""))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TrialJson.result(wrong, Found.Ages.class))
          .withMessageContaining(wrong);
    }
  }
}
