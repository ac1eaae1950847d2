package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learners are saved; another process loads them, answers and goes on with the same bits. */
class AnotherProcessTest {

  private static final String VECTORS = "jdk.incubator.vector";
  private static final String NONE = "none";
  private static final String CREDIT = "exact-reinstatement";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"reference", "nd4j"})
  void goesOnWithTheSameBits(String backend) throws IOException, InterruptedException {
    Path here = Files.createDirectory(folder.resolve("here"));
    Path there = Files.createDirectory(folder.resolve("there"));
    for (String assigner : List.of(NONE, CREDIT)) {
      try (MemoryClassifier classifier = classifier(backend, assigner);
          MemoryRegressor regressor = regressor(backend)) {
        Clouds first = clouds(0);
        classifier.partialFit(first.rows, first.names);
        regressor.partialFit(first.rows, targets(first));
        classifier.save(folder.resolve(assigner + "-classifier"));
        regressor.save(folder.resolve(assigner + "-regressor"));
        goOn(classifier, regressor, here.resolve(assigner));
      }
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (ModuleLayer.boot().findModule(VECTORS).isPresent()) { // the same loops, for the same bits
      command.addAll(List.of("--add-modules", VECTORS));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(AnotherProcessTest.class.getName(), folder.toString()));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    for (String assigner : List.of(NONE, CREDIT)) {
      for (String what : List.of("-said", "-classifier", "-regressor")) {
        assertThat(there.resolve(assigner + what))
            .as("%s %s", assigner, what)
            .hasSameBinaryContentAs(here.resolve(assigner + what));
      }
    }
  }

  private static MemoryClassifier classifier(String backend, String assigner) {
    MemoryClassifier.Builder builder =
        MemoryClassifier.builder().backend(backend, 1).embedder("mlp", 6).capacity(40).seed(7);
    builder.imputeMissing().option("assigner", assigner);
    return assigner.equals(NONE)
        ? builder.option("reinstatement", "").build()
        : builder.option("reinstatement", "stored").option("recall", "nearest").build();
  }

  private static MemoryRegressor regressor(String backend) {
    return MemoryRegressor.builder().backend(backend, 1).embedder("mlp", 6).capacity(40).build();
  }

  private static Clouds clouds(int part) {
    return new Clouds(100, 5, part);
  }

  private static float[][] targets(Clouds clouds) {
    return Arrays.stream(clouds.numbers)
        .mapToObj(number -> new float[] {number, 100 - number * number})
        .toArray(float[][]::new);
  }

  private static void goOn(MemoryClassifier classifier, MemoryRegressor regressor, Path to)
      throws IOException {
    List<String> said = new ArrayList<>();
    for (int part = 1; part < 4; part++) {
      Clouds more = clouds(part);
      said.add(classifier.predict(more.rows).toString());
      said.add(regressor.predict(more.rows).toString());
      classifier.partialFit(more.rows, more.names);
      regressor.partialFit(more.rows, targets(more));
      classifier.partialFit(more.rows[0], "part " + part);
    }
    Files.write(Path.of(to + "-said"), said);
    classifier.save(Path.of(to + "-classifier"));
    regressor.save(Path.of(to + "-regressor"));
  }

  /** The other process: the folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (String assigner : List.of(NONE, CREDIT)) {
      try (MemoryClassifier classifier =
              MemoryClassifier.load(folder.resolve(assigner + "-classifier"));
          MemoryRegressor regressor =
              MemoryRegressor.load(folder.resolve(assigner + "-regressor"))) {
        goOn(classifier, regressor, folder.resolve("there").resolve(assigner));
      }
    }
  }
}
