package io.nnem.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.Calls;
import io.nnem.experiments.run.Bars;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --pretrained}: what one run has trained, the next one finds. */
class PretrainedOptionTest {
  private static final List<String> FILES =
      List.of("metrics.csv", "reconstruction.csv", "figure.svg");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path kept() {
    return folder.resolve("kept");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(kept())) {
      return files.sorted().toList();
    }
  }

  @Test
  void theNextRunFindsIt_andComesToTheSame() throws IOException {
    assertThat(figure("first", "2")).isZero();
    assertThat(files()).as("an autoencoder of each seed").hasSize(2);
    byte[] bytes = Files.readAllBytes(files().get(0));
    assertThat(figure("second", "1")).isZero();
    assertThat(Files.readAllBytes(files().get(0))).isEqualTo(bytes);
    for (String file : FILES) {
      assertThat(folder.resolve("second").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("first").resolve(file));
    }
    assertThat(Files.readString(folder.resolve("first/reconstruction.csv")).lines())
        .startsWith("condition,seed,step,split,loss,squared_error,elbo")
        .anyMatch(line -> line.startsWith("exact-reinstatement/decoded,2,60,validation,"))
        .anyMatch(line -> line.startsWith("pretraining,1,30,training,"));
    assertThat(err.toString()).doesNotContain("warning");
  }

  @Test
  void whatIsDamagedOrCannotBeKept_isAWarning() throws IOException {
    assertThat(figure("first", "1")).isZero();
    Path damaged = files().get(0);
    Files.write(damaged, new byte[500]);
    assertThat(figure("second", "1")).isZero();
    assertThat(err.toString())
        .contains(
            "nnem: warning: a pre-trained autoencoder is trained anew: "
                + damaged
                + ": this is neither a saved state of nnem nor another safetensors file");
    for (String file : FILES) {
      assertThat(folder.resolve("second").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("first").resolve(file));
    }
    for (Path file : files()) {
      Files.delete(file);
    }
    Files.delete(kept());
    Files.writeString(kept(), "a file in its place");
    assertThat(figure("third", "1")).isZero();
    assertThat(err.toString())
        .contains("nnem: warning: the pre-trained autoencoder cannot be kept in " + kept());
  }

  private int figure(String name, String jobs) {
    List<String> call = new ArrayList<>(List.of("figure", "--pretrained", kept().toString()));
    Bars.settings().forEach(setting -> call.addAll(List.of("--set", setting)));
    call.addAll(List.of("--set", "backend=reference", "--pretrain-steps", "30"));
    call.addAll(List.of("--set", "options.code-size=4", "--set", "jobs=" + jobs));
    call.addAll(List.of("--conditions", "exact-reinstatement/decoded,exact-reinstatement/code"));
    call.addAll(List.of("--seeds", "2", "--out", folder.resolve(name).toString()));
    return Calls.execute(Calls.SMALL, out, err, call.toArray(String[]::new));
  }
}
