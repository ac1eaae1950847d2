package io.nnem.experiments.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.Calls;
import io.nnem.experiments.run.Bars;
import io.nnem.experiments.run.Cancellation;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  private static final String CONDITIONS = "none,backprop,exact-reinstatement/decoded";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Cancellation cancellation = new Cancellation();

  @Test
  void leavesEveryFileAndSaysWhatCameOut() throws IOException {
    Path run = folder.resolve("run");
    assertThat(audit("--conditions", CONDITIONS, "--seeds", "2", "--out", run.toString())).isZero();

    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.yaml",
              "provenance.json",
              "metrics.csv",
              "audit.csv",
              "audit.svg",
              "audit.png",
              "trials.jsonl",
              "report.html");
    }
    assertThat(Files.readString(run.resolve("audit.csv")).lines())
        .hasSize(1 + 3 * 2 * (2 + 3 * 5))
        .startsWith(
            "condition,seed,step,age_from,age_to,memories,cosine,norm_ratio,bias,staleness,"
                + "reconstruction",
            "none,1,0,,,40,0,0,1,1,",
            "none,1,0,0,1,40,0,0,1,1,");
    assertThat(Files.readString(run.resolve("config.yaml")))
        .startsWith(
            "# nnem audit --config config.yaml --train exact-reinstatement/stored --draws 8\n");
    assertThat(out.toString().lines())
        .hasSize(4)
        .startsWith("none gives no credit at any age.")
        .endsWith("Results are in " + run);
    assertThat(err.toString()).contains("(2 of 2 trials)");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(
            "<svg ",
            "It gives no credit at any age.",
            "Error of reinstated observations",
            "mean and range of 2 seeds",
            "|At age 1|",
            "|At age 3 to 4|",
            "|At age 5|");
    assertThat(Files.readString(run.resolve("audit.svg")))
        .contains(
            ">Back-propagation<",
            ">Exact gradient reinstatement (decoded)<",
            ">Cosine with the true gradient<",
            ">Age of the memory, in updates since it was written<");
  }

  @Test
  void aReadingOfSomeMemoriesIsNotAudited() {
    Path run = folder.resolve("run");
    assertThat(audit("--conditions", CONDITIONS, "--recall", "nearest", "--out", run.toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "nnem audit: recall is \"nearest\"; an audit compares with the gradient of a reading of"
                + " all memories: set it to all");
    assertThat(run).doesNotExist();
  }

  @Test
  void theResolvedConfigurationGivesTheSameAuditWhateverTheJobs() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    assertThat(audit("--conditions", CONDITIONS, "--seeds", "2", "--out", first.toString()))
        .isZero();
    String config = first.resolve("config.yaml").toString();
    assertThat(execute("audit", "--config", config, "--set", "jobs=1", "--out", second.toString()))
        .isZero();
    for (String same : List.of("metrics.csv", "audit.csv", "audit.svg", "audit.png")) {
      assertThat(second.resolve(same)).hasSameBinaryContentAs(first.resolve(same));
    }
  }

  @Test
  void whatIsAuditedMayHaveSettingsOfItsCredit() throws IOException {
    Path run = folder.resolve("run");
    String code = "exact-reinstatement/code+options.code-bits=8";
    assertThat(
            audit(
                "--train",
                "exact-reinstatement/stored+temperature=0.3",
                "--conditions",
                "synthetic-gradient+options.synthetic-hidden=4,none+temperature=0.3,exact-reinstatement/code,"
                    + code,
                "--set",
                "pretrain-steps=20",
                "--seeds",
                "1",
                "--out",
                run.toString()))
        .isZero();
    List<String> lines = Files.readString(run.resolve("audit.csv")).lines().toList();
    List<String> floats =
        lines.stream().filter(line -> line.startsWith("exact-reinstatement/code,")).toList();
    List<String> bytes = lines.stream().filter(line -> line.startsWith(code + ",")).toList();
    assertThat(bytes).hasSameSizeAs(floats).hasSizeGreaterThan(5);
    assertThat(bytes.stream().map(line -> line.substring(code.length())))
        .isNotEqualTo(
            floats.stream()
                .map(line -> line.substring("exact-reinstatement/code".length()))
                .toList());
  }

  @Test
  void settingsOfTheTrainingAreNotTheAuditedOnes() {
    Path run = folder.resolve("run");
    assertThat(
            audit(
                "--conditions",
                "none+temperature=0.3,exact-reinstatement/code+options.code-size=3",
                "--set",
                "pretrain-steps=20",
                "--out",
                run.toString()))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "nnem audit: conditions: none+temperature=0.3: temperature is not of its credit alone,"
                + " but of the training that all audited conditions go along with,"
                + " exact-reinstatement/stored; give it to that, with --train"
                + " exact-reinstatement/stored+temperature=0.3, or leave it out",
            "nnem audit: conditions: exact-reinstatement/code+options.code-size=3:"
                + " options.code-size is not of its credit alone, but of the training that all"
                + " audited conditions go along with, exact-reinstatement/stored; give it to that,"
                + " with --train exact-reinstatement/stored+options.code-size=3, or leave it out");
    assertThat(run).doesNotExist();
  }

  @Test
  void wrongCallsDoNothing() {
    Path run = folder.resolve("run");
    assertThat(audit("--at", "0,61", "--out", run.toString())).isEqualTo(2);
    assertThat(audit("--train", "exact-reinstatment/stored", "--out", run.toString())).isEqualTo(2);
    assertThat(audit("--train", "What?", "--out", run.toString())).isEqualTo(2);
    assertThat(audit("--conditions", "backdrop", "--out", run.toString())).isEqualTo(2);
    assertThat(audit("--draws", "none")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "nnem audit: --at: 61 must be from 0 to steps, 60",
            "nnem audit: --train: conditions: exact-reinstatment/stored: There is no credit"
                + " assigner called 'exact-reinstatment'",
            "nnem audit: --train What?: it must be a condition, as in --conditions",
            "nnem audit: --draws none: it must be a whole number, 1 or more",
            "nnem audit: --conditions: conditions: backdrop: There is no credit assigner",
            "Did you mean 'backprop'?");
    assertThat(run).doesNotExist();
  }

  @Test
  void anInterruptedAuditKeepsWhatWasMeasured() throws IOException {
    Path run = folder.resolve("run");
    cancellation.request();
    assertThat(audit("--out", run.toString())).isEqualTo(130);
    assertThat(err.toString()).contains("interrupted after 0 of 3 trials");
    assertThat(Files.readString(run.resolve("audit.csv")).lines()).hasSize(1);
  }

  @Test
  void whatCannotBeAuditedIsAFailure() throws IOException {
    Path run = folder.resolve("run");
    assertThat(audit("--set", "embedder=random-projection", "--out", run.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("embedder is \"random-projection\"; it learns nothing, so there is no gradient");
    assertThat(Files.readString(run.resolve("provenance.json"))).contains("\"failed\"");
  }

  private int audit(String... more) {
    List<String> call = new ArrayList<>(List.of("audit"));
    Bars.settings().forEach(setting -> call.addAll(List.of("--set", setting)));
    call.addAll(List.of(more));
    return execute(call.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    return Calls.execute(
        Calls.with(Calls.SMALL, Cancellation.class, cancellation), out, err, arguments);
  }
}
