package io.nnem.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest {

  private final Results results = new Results();

  private void measured(int threads, String system, double millis) {
    results.measured(new Results.Row("read", "N=1000 B=1 D=64", threads, system, millis, 2e6, 1e6));
  }

  @Test
  void theCsvHasExactlyTheseColumnsAndARatioOfTheRivalsTimeOverOurs() {
    results.limit(new Results.Limit("sgemm", "512x512x512", 1, 2.5, 107.4));
    measured(1, "nnem", 0.5);
    measured(1, "nd4j", 1.25);
    measured(2, "nnem", 0.25);
    measured(2, "nd4j", 0.125);

    assertThat(Tables.csv(results))
        .isEqualTo(
            """
            work,shape,threads,system,median_ms,ratio
            sgemm,512x512x512,1,machine,2.50000,
            read,N=1000 B=1 D=64,1,nnem,0.500000,1.000
            read,N=1000 B=1 D=64,1,nd4j,1.25000,2.500
            read,N=1000 B=1 D=64,2,nnem,0.250000,1.000
            read,N=1000 B=1 D=64,2,nd4j,0.125000,0.500
            """);
  }

  @Test
  void theTableShowsTheShareOfTheLimit() {
    results.limit(new Results.Limit("sgemm", "512x512x512", 1, 2.5, 100));
    measured(1, "nnem", 0.5); // 2e6 operations in half a millisecond: 4 GFLOP/s
    measured(1, "nd4j", 1.25);

    assertThat(Tables.table(results))
        .isEqualTo(
            """
            | work | shape           | threads | nnem ms | of limit | nd4j ms (ratio) |
            | ---- | --------------- | ------: | ------: | -------: | --------------: |
            | read | N=1000 B=1 D=64 |       1 |   0.500 |       4% |    1.250 (2.50) |
            """);
  }

  @Test
  void whatFailedIsSaidAndNotTimed() {
    measured(1, "nnem", 0.5);
    measured(2, "nd4j", 0.5);
    results.failed(
        new Results.Failure(
            "read", "N=1000 B=1 D=64", 1, "nd4j", "answers deviates by 0.50, more than 0.0010"));

    assertThat(Tables.table(results)).contains("|          failed |");
    assertThat(Tables.remarks(results))
        .isEqualTo(
            "read N=1000 B=1 D=64, threads 1: nd4j failed and was not timed: answers deviates by"
                + " 0.50, more than 0.0010"
                + System.lineSeparator());
  }

  @Test
  void theBetterOfTwoMeasurementsOfALimitCounts() {
    results.limit(new Results.Limit("copy", "256 MiB", 1, 50, 10));
    results.limit(new Results.Limit("copy", "256 MiB", 1, 25, 20));
    results.limit(new Results.Limit("copy", "256 MiB", 1, 100, 5));

    assertThat(results.limits()).containsExactly(new Results.Limit("copy", "256 MiB", 1, 25, 20));
  }
}
