package io.nnem.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nnem.core.reference.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/read_state.py}, written from the description of the format alone, reads what {@link
 * StateFile} writes. Runs where there is a {@code python3} with NumPy.
 */
class PythonReaderTest {

  private static final Path SCRIPT = Path.of("../docs/read_state.py").toAbsolutePath().normalize();

  private static final String PRINT_ALL =
      """
      import sys
      sys.path.insert(0, sys.argv[1])
      sys.dont_write_bytecode = True
      import read_state
      tensors, texts, metadata = read_state.read_state(sys.argv[2])
      for name, tensor in tensors.items():
          print(name, tensor.dtype.name, list(tensor.shape), tensor.tobytes().hex())
      for kind in texts, metadata:
          for name, text in kind.items():
              print(name, text.encode().hex())
      """;

  private static String python;

  private Path folder;
  private Path path;

  @BeforeAll
  static void findPython() throws IOException, InterruptedException {
    for (String command : List.of("python3", "/usr/bin/python3")) {
      try {
        Process process = new ProcessBuilder(command, "-c", "import numpy").start();
        if (process.waitFor() == 0) {
          python = command;
          return;
        }
      } catch (IOException e) {
        // there is no such command: the next
      }
    }
    assumeThat(python).as("a python3 with NumPy").isNotNull();
  }

  @BeforeEach
  void path(@TempDir Path temporary) {
    folder = temporary;
    path = folder.resolve("state.safetensors");
  }

  @Test
  void everyTensorIsEqual_andEveryText() throws IOException, InterruptedException {
    Sample sample = new Sample(7, 11, 13, 2).draw(1);
    sample.part.text = "\"\\\n\u0001 äß 東京 \ud83d\ude00";
    sample.part.part.bytes = new byte[0];
    sample.floatMatrix[0][0] = Float.intBitsToFloat(0x7fc12345);
    StateFile.save(path, Map.of("key ü", "value \u0000"), sample);

    List<String> expected = new ArrayList<>(List.of("key ü " + hex("value \u0000")));
    expect("", sample, expected);
    assertThat(run("-c", PRINT_ALL, SCRIPT.getParent().toString(), path.toString()).lines())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void itListsWhatIsThere() throws IOException, InterruptedException {
    StateFile.save(path, Map.of("built", "here"), new Sample(2, 3, 5, 0));
    assertThat(run(SCRIPT.toString(), path.toString()).lines())
        .contains(
            "float-matrix: float32 [2, 3]", "longs: int64 [5]", "text: ''", "(built: 'here')");
  }

  @Test
  void itNoticesDamage() throws IOException, InterruptedException {
    StateFile.save(path, Map.of(), new Sample(2, 3, 5, 0).draw(2));
    byte[] file = Files.readAllBytes(path);
    file[file.length - 1] ^= 1;
    Files.write(path, file);
    assertThat(run(SCRIPT.toString(), path.toString())).contains("ValueError: bytes is damaged");
  }

  private static void expect(String prefix, Sample sample, List<String> lines) {
    ByteBuffer buffer = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN);
    int count = sample.ints.length;
    lines.add(prefix + "text " + hex(sample.text));
    buffer.put(sample.bytes);
    lines.add(line(prefix + "bytes uint8 [" + sample.bytes.length + "]", buffer));
    for (int value : sample.ints) {
      buffer.putInt(value);
    }
    lines.add(line(prefix + "ints int32 [" + count + "]", buffer));
    for (long value : sample.longs) {
      buffer.putLong(value);
    }
    lines.add(line(prefix + "longs int64 [" + count + "]", buffer));
    for (float value : sample.floats) {
      buffer.putFloat(value);
    }
    lines.add(line(prefix + "floats float32 [" + count + "]", buffer));
    for (double value : sample.doubles) {
      buffer.putDouble(value);
    }
    lines.add(line(prefix + "doubles float64 [" + count + "]", buffer));
    for (float[] row : sample.floatMatrix) {
      for (float value : row) {
        buffer.putFloat(value);
      }
    }
    String shape = "[" + sample.floatMatrix.length + ", " + sample.floatMatrix[0].length + "]";
    lines.add(line(prefix + "float-matrix float32 " + shape, buffer));
    Matrix matrix = sample.doubleMatrix;
    for (int i = 0; i < Sample.DOUBLES.rows(matrix); i++) {
      for (int j = 0; j < Sample.DOUBLES.columns(matrix); j++) {
        buffer.putDouble(Sample.DOUBLES.get(matrix, i, j));
      }
    }
    lines.add(line(prefix + "double-matrix float64 " + shape, buffer));
    if (sample.part != null) {
      expect(prefix + "part.", sample.part, lines);
    }
  }

  private static String line(String what, ByteBuffer data) {
    byte[] bytes = new byte[data.flip().remaining()];
    data.get(bytes).clear();
    return what + " " + HexFormat.of().formatHex(bytes);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python, "-X", "utf8"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
    return Files.readString(output);
  }
}
