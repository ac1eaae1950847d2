package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedsTest {
  /** Computed by another program: a change here would change every run ever saved. */
  @Test
  void partsKeepTheirSeedsForEver() {
    assertThat(Seeds.derive(0, "")).isEqualTo(-4359066618775142608L);
    assertThat(Seeds.derive(1, "embedder")).isEqualTo(837459905911955990L);
    assertThat(Seeds.derive(-1, "embedder")).isEqualTo(8625033512326254021L);
    assertThat(Seeds.derive(42, "decoder")).isEqualTo(-7085342042749752253L);
    assertThat(Seeds.derive(42, "Z\u00fcrich")).isEqualTo(-8997079474267667503L);
  }

  @Test
  void aGeneratorStartsFromThePartsSeed() {
    assertThat(Seeds.random(42, "decoder").nextLong())
        .isEqualTo(new java.util.SplittableRandom(-7085342042749752253L).nextLong());
  }
}
