package io.nnem.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private final Provenance provenance =
      new Provenance("tool", "tool 1", "", List.of("draw", "--quick"), Instant.EPOCH);

  @Test
  void saysWhatWasCalledAndHowItEnded() {
    assertThat(provenance.json())
        .contains("\"status\" : \"running\"", "\"tool\" : \"tool 1\"", "\"seconds\" : null")
        .contains("[ \"tool\", \"draw\", \"--quick\" ]");
    provenance.ended("complete", Instant.EPOCH.plusMillis(1500));
    assertThat(provenance.json()).contains("\"status\" : \"complete\"", "\"seconds\" : 1.5");
  }

  @Test
  void theTableNamesWhatIsWithin_andLeavesOutWhatIsNotKnown() {
    provenance.tree().putObject("data").put("training_sha256", "abc");
    provenance.tree().putArray("plugins").addObject().put("jar", "a.jar");
    provenance.tree().putArray("seeds");

    assertThat(provenance.entries())
        .containsExactly(
            new Provenance.Entry("status", "running"),
            new Provenance.Entry("tool", "tool 1"),
            new Provenance.Entry("command", "tool draw --quick"),
            new Provenance.Entry("started", "1970-01-01T00:00:00Z"),
            new Provenance.Entry("data, training sha256", "abc"),
            new Provenance.Entry("plugins 1, jar", "a.jar"));
  }

  @Test
  void theMachineIsDescribed() {
    assertThat(Machine.describe("tool").get("processor").asText()).isNotBlank();
    assertThat(Machine.describe("tool").get("cores").asInt()).isPositive();
  }
}
