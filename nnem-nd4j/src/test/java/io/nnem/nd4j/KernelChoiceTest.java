package io.nnem.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a process says of its loops where the application has set up no logging. */
class KernelChoiceTest {

  /** What a process runs that creates two back ends. */
  static final class TwoBackends {
    private TwoBackends() {}

    public static void main(String[] arguments) {
      new Nd4jTensors(1).close();
      new Nd4jTensors(1).close();
    }
  }

  private static String said(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), TwoBackends.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return new String(output, StandardCharsets.UTF_8);
  }

  @Test
  void scalarLoopsForWantOfAModule_areToldOnce() throws Exception {
    assertThat(said())
        .containsOnlyOnce("--add-modules jdk.incubator.vector")
        .contains("scalar loops");
  }

  @Test
  void whatWasAskedForOrIsFast_isNotTold() throws Exception {
    assertThat(said("-Dnnem.nd4j.kernels=scalar")).doesNotContain("loops");
    assertThat(said("--add-modules", "jdk.incubator.vector")).doesNotContain("loops");
  }
}
