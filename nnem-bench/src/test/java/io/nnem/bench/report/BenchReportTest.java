package io.nnem.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.report.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {

  @TempDir private Path parent;

  private static Results results() {
    Results results = new Results();
    results.system(1, "nnem", "nd4j: OpenBLAS, 1 thread");
    results.limit(new Results.Limit("sgemm", "512x512x512", 1, 2.5, 107.4));
    results.limit(new Results.Limit("copy", "256 MiB", 1, 50, 10.7));
    results.measured(new Results.Row("read", "N=1000 B=1 D=64", 1, "nnem", 0.5, 2e6, 1e6));
    results.measured(new Results.Row("read", "N=1000 B=1 D=64", 1, "nd4j", 1.5, 2e6, 1e6));
    results.note("pytorch-python: not measured.");
    return results;
  }

  @Test
  void leavesTablesPictureAndProvenance() throws Exception {
    Path path = parent.resolve("run");
    BenchReport report =
        new BenchReport(RunFolder.create(path), "nnem 1", List.of("--quick"), Instant.EPOCH);
    report.begin();
    assertThat(path.resolve("provenance.json")).content().contains("\"status\" : \"running\"");

    report.end(results(), "finished", Instant.EPOCH.plusSeconds(7));

    assertThat(path.resolve("bench.csv")).content().startsWith("work,shape,threads,system,");
    assertThat(path.resolve("limits.csv")).content().contains("sgemm,512x512x512,1,2.5,107.4");
    assertThat(path.resolve("bench.md")).content().contains("107 GFLOP/s", "not measured.");
    assertThat(path.resolve("bench.svg")).content().contains("nd4j, 1 thread");
    assertThat(ImageIO.read(path.resolve("bench.png").toFile()).getWidth()).isEqualTo(2000);
    assertThat(path.resolve("provenance.json"))
        .content()
        .contains("\"status\" : \"finished\"", "\"seconds\" : 7.0", "--quick", "OpenBLAS");
  }

  @Test
  void withoutRivalsThereIsNoPicture() throws Exception {
    Path path = parent.resolve("run");
    Results results = new Results();
    results.measured(new Results.Row("read", "N=1000 B=1 D=64", 1, "nnem", 0.5, 2e6, 1e6));
    results.measured(
        new Results.Row("read", "N=1000 B=1 D=64", 1, "nnem-two-callers", 0.3, 2e6, 1e6));

    new BenchReport(RunFolder.create(path), "nnem 1", List.of(), Instant.EPOCH)
        .end(results, "interrupted", Instant.EPOCH);

    assertThat(Files.exists(path.resolve("bench.png"))).isFalse();
    assertThat(path.resolve("bench.csv"))
        .content()
        .contains("nnem,0.500000,1.000", "nnem-two-callers,0.300000,0.600");
  }
}
