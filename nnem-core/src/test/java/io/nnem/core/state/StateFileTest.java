package io.nnem.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nnem.core.Seeds;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.core.reference.ReferenceTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

  private static final long SEED = 11;

  @TempDir private Path folder;

  /** One of each kind, with values whose bits are easily lost. */
  private static final class Sample<T> implements Stateful {
    private final Tensors<T> tensors;
    private final T matrix;
    private byte[] bytes = new byte[0];
    private int[] ints = new int[0];
    private long[] longs = new long[0];
    private float[] floats = new float[0];
    private double[] doubles = new double[0];
    private String text = "";
    private int[] none = new int[0];

    Sample(Tensors<T> tensors, int rows, int columns) {
      this.tensors = tensors;
      this.matrix = tensors.newScope().zeros(rows, columns);
    }

    Sample<T> fill() {
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < tensors.rows(matrix); i++) {
        for (int j = 0; j < tensors.columns(matrix); j++) {
          tensors.set(matrix, i, j, (float) random.nextDouble(-1, 1));
        }
      }
      tensors.set(matrix, 0, 0, -0.0);
      tensors.set(matrix, 0, 1, Float.MIN_VALUE);
      tensors.set(matrix, 1, 0, Double.NaN);
      bytes = new byte[] {0, -1, 127, -128};
      ints = new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE};
      longs = new long[] {Long.MIN_VALUE, 1L << 53, (1L << 53) + 1};
      floats = new float[] {-0f, Float.intBitsToFloat(0x7fc12345), Float.MIN_VALUE};
      doubles = new double[] {Double.MIN_VALUE, -0.0, Double.longBitsToDouble(0x7ff8000000abcdefL)};
      text = "ä \"quoted\" \\ \n \u2028 \uD83D\uDE00";
      return this;
    }

    @Override
    public void save(StateWriter out) {
      out.matrix("matrix", tensors, matrix);
      out.bytes("bytes", bytes);
      out.ints("ints", ints);
      out.longs("longs", longs);
      out.part(
          "part",
          new Both(
              w -> {
                w.floats("floats", floats);
                w.text("text", text);
              },
              r -> {}));
      out.doubles("doubles", doubles);
      out.ints("none", none);
    }

    @Override
    public void load(StateReader in) {
      in.matrix("matrix", tensors, matrix);
      bytes = in.bytes("bytes", (int) in.length("bytes"));
      ints = in.ints("ints", (int) in.length("ints"));
      longs = in.longs("longs", (int) in.length("longs"));
      in.part(
          "part",
          new Both(
              w -> {},
              r -> {
                assertThat(r.has("floats")).isTrue();
                assertThat(r.has("doubles")).isFalse();
                floats = r.floats("floats", (int) r.length("floats"));
                text = r.text("text");
              }));
      doubles = in.doubles("doubles", (int) in.length("doubles"));
      none = in.ints("none", 0);
    }

    /** All that is held, bit for bit. */
    String bits() {
      StringBuilder bits = new StringBuilder(text);
      double[] elements = new double[tensors.rows(matrix) * tensors.columns(matrix)];
      tensors.copyOut(matrix, elements);
      Arrays.stream(elements).forEach(x -> bits.append(' ').append(Double.doubleToRawLongBits(x)));
      bits.append(Arrays.toString(bytes)).append(Arrays.toString(ints));
      bits.append(Arrays.toString(longs)).append(none.length);
      for (float x : floats) {
        bits.append(' ').append(Float.floatToRawIntBits(x));
      }
      Arrays.stream(doubles).forEach(x -> bits.append(' ').append(Double.doubleToRawLongBits(x)));
      return bits.toString();
    }
  }

  private record Both(Consumer<StateWriter> saves, Consumer<StateReader> loads)
      implements Stateful {
    @Override
    public void save(StateWriter out) {
      saves.accept(out);
    }

    @Override
    public void load(StateReader in) {
      loads.accept(in);
    }
  }

  private static Stateful saving(Consumer<StateWriter> saves) {
    return new Both(saves, in -> {});
  }

  private static Stateful loading(Consumer<StateReader> loads) {
    return new Both(out -> {}, loads);
  }

  private static void load(Path file, Stateful root, boolean convert) throws IOException {
    try (StateFile state = StateFile.open(file)) {
      state.load(root, convert);
    }
  }

  private static <T> Path saved(Path file, Tensors<T> tensors, int rows, int columns)
      throws IOException {
    StateFile.save(file, Map.of("who", "a test"), new Sample<>(tensors, rows, columns).fill());
    return file;
  }

  private static <T> void roundTrip(Path file, Tensors<T> tensors) throws IOException {
    for (int[] shape : new int[][] {{2, 3}, {70, 1000}, {100_000, 2}}) {
      saved(file, tensors, shape[0], shape[1]);
      Sample<T> loaded = new Sample<>(tensors, shape[0], shape[1]);
      load(file, loaded, false);
      assertThat(loaded.bits().equals(new Sample<>(tensors, shape[0], shape[1]).fill().bits()))
          .as("bits of a state with a matrix of %s", Arrays.toString(shape))
          .isTrue();
    }
  }

  @Test
  void whatIsSaved_isLoadedBitForBit() throws IOException {
    roundTrip(folder.resolve("doubles"), new ReferenceTensors());
    roundTrip(folder.resolve("floats"), new FloatTensors());
  }

  @Test
  void metadataAndEntries_canBeLookedAt() throws IOException {
    try (StateFile file =
        StateFile.open(saved(folder.resolve("state"), new ReferenceTensors(), 2, 3))) {
      assertThat(file.metadata()).isEqualTo(Map.of("who", "a test"));
      assertThat(file.entries())
          .containsExactlyInAnyOrder(
              "matrix F64 [2, 3]",
              "bytes U8 [4]",
              "ints I32 [4]",
              "longs I64 [3]",
              "part.floats F32 [3]",
              "doubles F64 [3]",
              "none I32 [0]");
    }
  }

  private static void refused(Path file, byte[] bytes, String what) throws IOException {
    Files.write(file, bytes);
    Sample<?> sample = new Sample<>(new ReferenceTensors(), 2, 3);
    assertThatThrownBy(() -> load(file, sample, false), "refusal of a file with %s", what)
        .isInstanceOf(StateException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void everyFlippedBit_isFound() throws IOException {
    Path file = saved(folder.resolve("state"), new ReferenceTensors(), 2, 3);
    byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      refused(file, bad, "bit " + bit + " of " + 8 * good.length + " flipped");
    }
  }

  @Test
  void truncations_extensions_andFlips_areFound_inALargerFile() throws IOException {
    Path file = folder.resolve("state");
    ReferenceTensors tensors = new ReferenceTensors();
    StateFile.save(file, Map.of(), new Sample<>(tensors, 2, 3).fill());
    byte[] good = Files.readAllBytes(file);
    SplittableRandom random = Seeds.random(SEED, "damage");
    for (int i = 0; i < 1000; i++) {
      refused(file, Arrays.copyOf(good, random.nextInt(good.length)), "its end cut off");
      byte[] longer = Arrays.copyOf(good, good.length + 1 + random.nextInt(100));
      refused(file, longer, "zeros behind it");
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] += (byte) (1 + random.nextInt(255));
      refused(file, bad, "a byte changed, with seed " + SEED);
    }
  }

  private Path withHeader(String json, int dataLength) throws IOException {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    return Files.write(folder.resolve("hostile"), bytes.array());
  }

  private void hostile(String json, String says) throws IOException {
    Path file = withHeader(json, 8);
    assertThatThrownBy(() -> StateFile.open(file).close(), "refusal of %s", json)
        .isInstanceOf(StateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(says);
  }

  @Test
  void hostileHeaders_areRefused() throws IOException {
    hostile("", "should have 0 bytes");
    hostile("[]", "an object and nothing else");
    hostile("{} x", "an object and nothing else");
    hostile("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":1}}}}}}", "no further nesting");
    hostile("{\"a\":1,\"a\":2}", "'a', which is there already");
    hostile("{\"a\":-1}", "a value");
    hostile("{\"a\":99999999999999999999}", "a smaller number");
    hostile("{\"\\ud800\":1}", "whole characters");
    hostile("{\"\\x\":1}", "an escape that there is");
    hostile("{\"a\":1", "more of it");
    hostile("{\"a\":1}", "metadata must be an object");
    hostile("{\"__metadata__\":{\"format\":\"pt\"}}", "none that nnem has written");
    hostile("{\"__metadata__\":{\"nnem-format\":\"2\"}}", "of format version 2");
    hostile("{\"__metadata__\":{\"nnem-format\":\"1\"}}", "its checksum is");
    Path file = folder.resolve("hostile");
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    for (long length : new long[] {Long.MAX_VALUE, -1, 1L << 40, 100}) {
      Files.write(file, bytes.putLong(0, length).array());
      assertThatThrownBy(() -> StateFile.open(file).close())
          .isInstanceOf(StateException.class)
          .hasMessageContaining("its header should have " + length + " bytes");
    }
    Files.write(
        file, new byte[] {10, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> StateFile.open(file).close()).hasMessageContaining("it is not text");
  }

  /** Headers whose checksum is right, and whose entries cannot be. */
  @Test
  void entriesThatCannotBe_areRefused() throws IOException {
    String[] entries = {
      "{'dtype':'F64','shape':[1],'data_offsets':[8,16]}",
      "{'dtype':'F64','shape':[2],'data_offsets':[0,8]}",
      "{'dtype':'F64','shape':[0],'data_offsets':[0,0]}",
      "{'dtype':'F16','shape':[4],'data_offsets':[0,8]}",
      "{'dtype':'F64','shape':[4611686018427387904,4],'data_offsets':[0,8]}",
      "{'dtype':'F64','shape':[1],'data_offsets':[0]}",
      "{'dtype':'F64','shape':['x'],'data_offsets':[0,8]}",
      "{'dtype':'F64','shape':[1]}",
      "{'dtype':'F64','shape':[1],'data_offsets':[0,8],'more':1}",
      "{'dtype':'F64','shape':[1],'data_offsets':[9223372036854775807,7]}",
      "7"
    };
    for (String entry : entries) {
      String json =
          "{'__metadata__':{'nnem-format':'1','nnem-header-crc32c':'00000000'},'a':" + entry + "}";
      Path file = withHeader(summed(json.replace('\'', '"')), 8);
      assertThatThrownBy(() -> StateFile.open(file).close(), "refusal of %s", entry)
          .isInstanceOf(StateException.class)
          .hasMessageContaining(file.toString())
          .hasMessageNotContaining("checksum");
    }
    String good =
        "{'__metadata__':{'nnem-format':'1','nnem-header-crc32c':'00000000'},"
            + "'a':{'dtype':'F64','shape':[1],'data_offsets':[0,8]}}";
    StateFile.open(withHeader(summed(good.replace('\'', '"')), 8)).close();
  }

  private static String summed(String json) {
    CRC32C sum = new CRC32C();
    sum.update(json.getBytes(StandardCharsets.UTF_8));
    return json.replace("00000000", Header.checksum(sum));
  }

  private String loadError(Path file, Consumer<StateReader> loads) {
    try {
      load(file, loading(loads), false);
    } catch (IOException | StateException e) {
      assertThat(e).isInstanceOf(StateException.class).hasMessageContaining(file.toString());
      return e.getMessage();
    }
    throw new AssertionError("it was loaded");
  }

  @Test
  void whatDoesNotFit_isNamed() throws IOException {
    ReferenceTensors tensors = new ReferenceTensors();
    Path file = saved(folder.resolve("state"), tensors, 2, 3);
    assertThat(loadError(file, in -> in.ints("other", 1)))
        .contains("there is no entry 'other', which is needed here");
    assertThat(loadError(file, in -> in.text("other"))).contains("there is no text 'other'");
    assertThat(loadError(file, in -> in.ints("ints", 5)))
        .contains("'ints' (I32 [4]) must be I32 [5]");
    assertThat(loadError(file, in -> in.longs("ints", 4)))
        .contains("'ints' (I32 [4]) must be I64 [4]");
    assertThat(loadError(file, in -> in.matrix("matrix", tensors, tensors.newScope().zeros(3, 2))))
        .contains("'matrix' (F64 [2, 3]) must be a matrix of floats, [3, 2]");
    assertThat(loadError(file, in -> in.number("longs", 0, 5)))
        .contains("'longs' (I64 [3]) must be I64 [1]");
    assertThat(loadError(file, in -> in.ints("ints", 4)))
        .contains("bytes, doubles, longs, matrix, none, part.floats, part.text")
        .contains("belongs to nothing here");
  }

  @Test
  void anotherPrecision_isRefused_orConvertedIfAsked() throws IOException {
    Path doubles = saved(folder.resolve("doubles"), new ReferenceTensors(), 20, 30);
    Path floats = saved(folder.resolve("floats"), new FloatTensors(), 20, 30);
    Sample<?> single = new Sample<>(new FloatTensors(), 20, 30);
    Sample<?> twice = new Sample<>(new ReferenceTensors(), 20, 30);
    assertThatThrownBy(() -> load(doubles, single, false))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("is of F64, but the back end computes with F32");
    assertThatThrownBy(() -> load(floats, twice, false))
        .hasMessageContaining("is of F32, but the back end computes with F64");
    load(doubles, single, true);
    load(floats, twice, true);
    assertThat(single.bits()).isEqualTo(new Sample<>(new FloatTensors(), 20, 30).fill().bits());
    assertThat(twice.bits()).isEqualTo(new Sample<>(new ReferenceTensors(), 20, 30).fill().bits());
  }

  @Test
  void whatCannotBeSaved_leavesTheOldFile_andNothingBesideIt() throws IOException {
    Path file = saved(folder.resolve("state"), new ReferenceTensors(), 2, 3);
    byte[] before = Files.readAllBytes(file);
    int[] calls = new int[1];
    for (int failing = 1; failing <= 2; failing++) {
      int when = failing;
      calls[0] = 0;
      assertThatThrownBy(
              () ->
                  StateFile.save(
                      file,
                      Map.of(),
                      saving(
                          out -> {
                            if (++calls[0] == when) {
                              throw new IllegalArgumentException("not now");
                            }
                            out.ints("a", 1);
                          })))
          .hasMessage("not now");
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> StateFile.save(file, Map.of(), saving(out -> out.ints("a", ++calls[0]))))
        .withMessageContaining("The state changed while it was saved");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                StateFile.save(
                    file,
                    Map.of(),
                    saving(
                        out -> {
                          out.ints("a", 1);
                          out.text("a", "again");
                        })))
        .withMessage("The state names 'a' twice.");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThatThrownBy(() -> StateFile.save(folder, Map.of(), saving(out -> {})))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a folder");
    Path nowhere = folder.resolve("missing/state");
    assertThatThrownBy(() -> StateFile.save(nowhere, Map.of(), saving(out -> {})))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(nowhere + " cannot be written");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatIsNoFile_isRefused() {
    assertThatThrownBy(() -> StateFile.open(folder).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no file that can be read");
    assertThatThrownBy(() -> StateFile.open(folder.resolve("none")).close())
        .isInstanceOf(IOException.class);
  }

  /** By the program that was written from the format's description alone. */
  @Test
  void aReaderInPython_findsTheSameNumbers() throws IOException, InterruptedException {
    assumeThat(python("-c", "import numpy")).as("python3 with numpy").isEqualTo("");
    Path file = saved(folder.resolve("state"), new FloatTensors(), 70, 1000);
    Path reader = Path.of("../docs/read_state.py").toAbsolutePath().normalize();
    String printed =
        python(
            "-c",
            "import sys; sys.path.insert(0, '"
                + reader.getParent()
                + "')\n"
                + "import read_state\n"
                + "meta, texts, tensors = read_state.read('"
                + file
                + "')\n"
                + "print(meta['who'], texts['part.text'].encode('utf-8').hex())\n"
                + "for name in sorted(tensors):\n"
                + "    t = tensors[name]\n"
                + "    print(name, t.dtype, list(t.shape), t.tobytes().hex()[:96])\n");
    Sample<?> sample = new Sample<>(new FloatTensors(), 70, 1000).fill();
    assertThat(printed)
        .contains("a test " + hex(sample.text.getBytes(StandardCharsets.UTF_8)))
        .contains("bytes uint8 [4] 00ff7f80")
        .contains("ints int32 [4] 00000080ffffffff00000000ffffff7f")
        .contains("longs int64 [3] 000000000000008000000000000020000100000000002000")
        .contains("part.floats float32 [3] 000000804523c17f01000000")
        .contains("doubles float64 [3] 01000000000000000000000000000080efcdab000000f87f")
        .contains("none int32 [0]")
        .contains("matrix float32 [70, 1000] 0000008001000000");
    byte[] bad = Files.readAllBytes(file);
    bad[bad.length - 5] ^= 1;
    Files.write(file, bad);
    assertThat(
            python(
                "-c",
                "import sys; sys.path.insert(0, '"
                    + reader.getParent()
                    + "')\n"
                    + "import read_state\n"
                    + "try:\n    read_state.read('"
                    + file
                    + "')\n"
                    + "except ValueError as e:\n    print('refused', e)\n"))
        .startsWith("refused");
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder();
    for (byte b : bytes) {
      hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return hex.toString();
  }

  /** What Debian's Python prints, errors included. */
  private static String python(String... arguments) throws IOException, InterruptedException {
    Path python = Path.of("/usr/bin/python3");
    if (!Files.isExecutable(python)) {
      return "there is none";
    }
    String[] command = new String[arguments.length + 1];
    command[0] = python.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return printed;
  }
}
