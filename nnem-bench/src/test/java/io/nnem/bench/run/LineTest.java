package io.nnem.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {

  @Test
  void whatIsWrittenIsRead() {
    Line line = Line.of(Line.Kind.MEASURED, "read", "N=1 B=2", "nnem", 1.25, 3, 4.0, 5.0);

    assertThat(Line.parse(line.text())).contains(line);
    assertThat(line.number(3)).isEqualTo(1.25);
  }

  @Test
  void aReasonOfManyLinesBecomesOne() {
    Line line = Line.of(Line.Kind.FAILED, "read", "N=1", "nd4j", "first\n\tsecond");

    assertThat(line.text()).doesNotContain("\n");
    assertThat(Line.parse(line.text()).orElseThrow().field(3)).isEqualTo("first second");
  }

  @Test
  void whatLibrariesPrintIsNoLine() {
    assertThat(Line.parse("12:00 WARN some library")).isEmpty();
    assertThat(Line.parse("a\ttable")).isEmpty();
  }
}
