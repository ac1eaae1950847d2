package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzWriterTest {

  @TempDir private Path folder;

  private static void write(OutputStream out) throws IOException {
    try (NpzWriter npz = new NpzWriter(out)) {
      npz.floats("keys", List.of(new float[] {1, -2.5f, 3}, new float[] {4, 5, 1e-30f}));
      npz.longs("ages", 7, Long.MIN_VALUE);
      npz.texts("labels", List.of("fir", "\u00e9\ud83c\udf32"));
      npz.floats("none", List.of());
      npz.texts("empty", List.of(""));
    }
  }

  @Test
  void anArrayIsAsTheFormatSays() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("keys.npy");
      ByteBuffer array = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      byte[] magic = new byte[8];
      array.get(magic);
      assertThat(magic).isEqualTo(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      byte[] header = new byte[array.getShort()];
      array.get(header);
      assertThat(array.position() % 64).isZero();
      assertThat(new String(header, StandardCharsets.ISO_8859_1))
          .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
          .endsWith(" \n");
      for (float each : new float[] {1, -2.5f, 3, 4, 5, 1e-30f}) {
        assertThat(array.getFloat()).isEqualTo(each);
      }
      assertThat(array.hasRemaining()).isFalse();
    }
  }

  @Test
  void rowsOfUnequalLength_areRefused_beforeAnythingIsWritten() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (NpzWriter npz = new NpzWriter(bytes)) {
      for (float[] odd : new float[][] {{1}, {1, 2, 3}}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> npz.floats("x", List.of(new float[2], odd)))
            .withMessage(
                "Row 1 of x (counted from 0) has %d numbers, but row 0 has 2.", odd.length);
      }
      npz.floats("x", List.of(new float[2]));
    }
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("x.npy");
      assertThat(zip.getNextEntry()).isNull();
    }
  }

  @Test
  void numPyReadsIt() throws IOException, InterruptedException {
    Path file = folder.resolve("arrays.npz");
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out);
    }
    String program =
        """
        import sys
        try:
            import numpy
        except ImportError:
            sys.exit(77)
        a = numpy.load(sys.argv[1])
        assert a['keys'].tolist()[0] == [1, -2.5, 3] and a['keys'].dtype == 'float32'
        assert a['ages'].tolist() == [7, -2**63], a['ages']
        assert a['labels'].tolist() == ['fir', '\\u00e9\\U0001f332'], a['labels']
        assert a['none'].shape == (0, 0) and a['empty'].tolist() == ['']
        """;
    Path script = Files.writeString(folder.resolve("check.py"), program);
    Path output = folder.resolve("output");
    int status;
    try {
      status =
          new ProcessBuilder("python3", script.toString(), file.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
    } catch (IOException e) {
      status = 77;
    }
    assumeTrue(status != 77, "there is no python3 with NumPy");
    assertThat(status).as(Files.readString(output)).isZero();
  }
}
