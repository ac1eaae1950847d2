package io.nnem.core.state;

import static io.nnem.core.state.Lambdas.loading;
import static io.nnem.core.state.Lambdas.saving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.reference.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

  private static final float[] ODD_FLOATS = {
    Float.intBitsToFloat(0x7fc12345),
    Float.intBitsToFloat(0xffc00001),
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL / 2,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    0.1f
  };

  private static final double[] ODD_DOUBLES = {
    Double.longBitsToDouble(0x7ff8123456789abcL),
    Double.longBitsToDouble(0xfff0000000000001L),
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_NORMAL / 2,
    Double.POSITIVE_INFINITY,
    Double.MAX_VALUE,
    0.1
  };

  private Path path;

  @BeforeEach
  void path(@TempDir Path folder) {
    path = folder.resolve("a.safetensors");
  }

  @Test
  void allKindsComeBackWithTheirBits() throws IOException {
    Sample saved = new Sample(2, 4, 8, 0).draw(1);
    saved.floats = ODD_FLOATS;
    saved.doubles = ODD_DOUBLES;
    saved.ints[3] = Integer.MIN_VALUE;
    saved.longs[3] = Long.MIN_VALUE;
    saved.text = "a \"text\" of \\ all\u0000\n\u001f\u007f\u2028 sorts: äß 東京 \ud83d\ude00";
    for (int i = 0; i < 8; i++) {
      saved.floatMatrix[i / 4][i % 4] = ODD_FLOATS[i];
      Sample.DOUBLES.set(saved.doubleMatrix, i / 4, i % 4, ODD_DOUBLES[i]);
    }
    StateFile.save(path, Map.of(), saved);
    Sample loaded = load(saved.like());

    assertThat(loaded.text).isEqualTo(saved.text);
    assertThat(loaded.bytes).isEqualTo(saved.bytes);
    assertThat(loaded.ints).isEqualTo(saved.ints);
    assertThat(loaded.longs).isEqualTo(saved.longs);
    assertThat(bits(loaded.floats)).isEqualTo(bits(saved.floats));
    assertThat(bits(loaded.doubles)).isEqualTo(bits(saved.doubles));
    for (int i = 0; i < 2; i++) {
      assertThat(bits(loaded.floatMatrix[i])).isEqualTo(bits(saved.floatMatrix[i]));
    }
    assertThat(bits(elements(loaded.doubleMatrix))).isEqualTo(bits(elements(saved.doubleMatrix)));
  }

  @Test
  void whatIsLargerThanABufferComesBackWhole_andInParts() throws IOException {
    Sample saved = new Sample(301, 97, 20_011, 2).draw(2);
    StateFile.save(path, Map.of(), saved);
    Sample loaded = load(saved.like());
    assertThat(loaded.part.part.longs).isEqualTo(saved.part.part.longs);
    assertThat(loaded.part.floatMatrix).isEqualTo(saved.part.floatMatrix);
    assertThat(elements(loaded.doubleMatrix)).isEqualTo(elements(saved.doubleMatrix));

    byte[] first = Files.readAllBytes(path);
    StateFile.save(path, Map.of(), loaded);
    assertThat(Files.readAllBytes(path)).isEqualTo(first);
  }

  @Test
  void aRowLongerThanABufferComesBack() throws IOException {
    Sample saved = new Sample(3, 40_000, 0, 0).draw(3);
    StateFile.save(path, Map.of(), saved);
    assertThat(load(saved.like()).floatMatrix).isEqualTo(saved.floatMatrix);
  }

  @Test
  void arraysMayBeEmpty_andSoMayTheState() throws IOException {
    Sample saved = new Sample(1, 1, 0, 1).draw(4);
    StateFile.save(path, Map.of(), saved);
    Sample loaded = load(saved.like());
    assertThat(loaded.part.ints).isEmpty();
    assertThat(loaded.part.text).isEqualTo("draw 5");

    StateFile.save(path, Map.of(), saving(out -> {}));
    load(loading(in -> {}));
  }

  @Test
  void metadataIsKeptApartFromTexts() throws IOException {
    Map<String, String> metadata = Map.of("text", "mine", "text.text", "", "nnem-format", "ü\n\"");
    Sample saved = new Sample(1, 1, 1, 0).draw(5);
    StateFile.save(path, metadata, saved);
    try (StateFile file = StateFile.open(path)) {
      assertThat(file.metadata()).isEqualTo(metadata);
      Sample loaded = saved.like();
      file.load(loaded, false);
      assertThat(loaded.text).isEqualTo("draw 5");
    }
  }

  @Test
  void entriesSayWhatThereIs() throws IOException {
    StateFile.save(path, Map.of(), new Sample(2, 3, 5, 1));
    try (StateFile file = StateFile.open(path)) {
      assertThat(file.entries())
          .hasSize(14)
          .contains(
              new StateFile.Entry("double-matrix", "F64", List.of(2L, 3L)),
              new StateFile.Entry("part.float-matrix", "F32", List.of(2L, 3L)),
              new StateFile.Entry("part.bytes", "U8", List.of(5L)));
    }
  }

  @Test
  void theDataIsAligned() throws IOException {
    StateFile.save(path, Map.of(), new Sample(1, 3, 5, 1));
    byte[] bytes = Files.readAllBytes(path);
    int start = 8 + (int) Hostile.headerLength(bytes);
    assertThat(start % 8).isZero();
    StateHeader decoded = HeaderReader.read(Arrays.copyOf(bytes, start), bytes.length - start);
    assertThat(decoded.entries().values())
        .allSatisfy(entry -> assertThat(entry.offset() % entry.type().bytes).isZero());
  }

  @Test
  void lengthAndHasKnowOfParts() throws IOException {
    StateFile.save(path, Map.of(), new Sample(2, 3, 5, 1));
    Consumer<StateReader> asks =
        in -> {
          assertThat(in.length("double-matrix")).isEqualTo(6);
          assertThat(in.length("part.ints")).isEqualTo(5);
          assertThat(in.has("part")).isTrue();
          assertThat(in.has("par")).isFalse();
          assertThat(in.has("text")).isTrue();
          in.part(
              "part",
              loading(
                  part -> {
                    assertThat(part.has("text")).isTrue();
                    assertThat(part.has("part")).isFalse();
                  }));
        };
    Sample sample = new Sample(2, 3, 5, 1);
    load(loading(asks.andThen(sample::load)));
  }

  @Test
  void whatDoesNotFitIsNamed_withTheFile() {
    refused(out -> out.ints("a", 1), in -> in.ints("b", 1), "no b (I32 [1]");
    refused(out -> out.ints("a", 1), in -> in.ints("a", 2), "a is I32 [1], but I32 [2]");
    refused(out -> out.ints("a", 1), in -> in.floats("a", 1), "a is I32 [1], but F32 [1]");
    refused(out -> out.ints("a", 1), in -> in.text("a"), "a is I32 [1], but a text");
    refused(out -> out.text("a", ""), in -> in.bytes("a", 0), "a is a text, but U8 [0]");
    refused(out -> out.text("a", ""), in -> in.length("a"), "a is a text");
    refused(out -> out.text("a", ""), in -> in.text("b"), "no b (a text");
    refused(
        out -> out.longs("a", 7), in -> in.number("a", 0, 6), "a is 7, but must be from 0 to 6");
    refused(
        out -> out.part("p", saving(o -> o.longs("a", 7))),
        in -> in.part("p", loading(i -> i.number("a", 8, 9))),
        "p.a is 7");
    refused(
        out -> out.part("p", saving(o -> o.longs("a", 7))),
        in -> in.part("q", loading(i -> i.longs("a", 1))),
        "no q.a (I64 [1]");
    refused(
        out -> out.matrix("a", Sample.FLOATS, new float[2][3]),
        in -> in.matrix("a", Sample.FLOATS, new float[3][2]),
        "a is F32 [2, 3], but F32 [3, 2]");
    refused(
        out -> out.matrix("a", Sample.FLOATS, new float[1][3]),
        in -> in.floats("a", 3),
        "a is F32 [1, 3], but F32 [3]");
    refused(
        out -> out.floats("a", 1, 2),
        in -> in.matrix("a", Sample.FLOATS, new float[1][2]),
        "a is F32 [2], but F32 [1, 2]");
  }

  @Test
  void whatAStateSaysItselfIsSaidWithTheFile() {
    refused(
        out -> out.ints("a", 1),
        in -> {
          throw new StateException("capacities differ");
        },
        "capacities differ");
  }

  @Test
  void whatNobodyAskedForIsNamed() {
    refused(
        out -> {
          out.ints("a");
          out.text("b", "x");
          out.part("p", saving(o -> o.bytes("c", new byte[2])));
        },
        in -> in.ints("a", 0),
        "not asked for: b, p.c.");
    refused(
        out -> {
          for (int i = 0; i < 9; i++) {
            out.ints("a" + i);
          }
        },
        in -> {},
        "a0, a1, a2, a3, a4 and 4 more");
  }

  @Test
  void anotherPrecisionIsRefused_andConvertedOnlyIfAsked() throws IOException {
    Matrix two = Sample.DOUBLES.newScope().zeros(1, 2);
    Sample.DOUBLES.set(two, 0, 0, 0.1);
    Sample.DOUBLES.set(two, 0, 1, 1e300);
    float[][] floats = {{0.3f, -0f}};
    refused(
        out -> out.matrix("a", Sample.DOUBLES, two),
        in -> in.matrix("a", Sample.FLOATS, new float[1][2]),
        "a was saved as F64, but the back end computes with F32");
    refused(
        out -> out.matrix("a", Sample.FLOATS, floats),
        in -> in.matrix("a", Sample.DOUBLES, Sample.DOUBLES.newScope().zeros(1, 2)),
        "a was saved as F32, but the back end computes with F64");

    StateFile.save(path, Map.of(), saving(out -> out.matrix("a", Sample.DOUBLES, two)));
    float[][] rounded = new float[1][2];
    try (StateFile file = StateFile.open(path)) {
      file.load(loading(in -> in.matrix("a", Sample.FLOATS, rounded)), true);
    }
    assertThat(rounded[0]).containsExactly(0.1f, Float.POSITIVE_INFINITY);

    StateFile.save(path, Map.of(), saving(out -> out.matrix("a", Sample.FLOATS, floats)));
    try (StateFile file = StateFile.open(path)) {
      file.load(loading(in -> in.matrix("a", Sample.DOUBLES, two)), true);
    }
    assertThat(elements(two)).containsExactly(0.3f, -0.0);
  }

  @Test
  void namesAreUsedOnce_andOfFewCharacters() {
    for (String name : List.of("", "A", "a b", "a..b", ".a", "a.", "ä", "a\"", "__metadata__")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StateFile.save(path, Map.of(), saving(out -> out.ints(name, 1))))
          .withMessageContaining("\"" + name + "\"");
    }
    Stateful twice =
        saving(
            out -> {
              out.ints("a.b", 1);
              out.part("a", saving(part -> part.text("b", "")));
            });
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateFile.save(path, Map.of(), twice))
        .withMessageContaining("a.b");
  }

  @Test
  void aTextThatUtf8CannotHoldIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateFile.save(path, Map.of(), saving(out -> out.text("a", "\ud83d"))))
        .withMessageContaining("The text a ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateFile.save(path, Map.of("k", "\ude00"), saving(out -> {})));
  }

  @Test
  void aHeaderThatCouldNotBeReadIsNotWritten() {
    String text = "x".repeat(StateHeader.MOST_BYTES);
    assertThatIllegalStateException()
        .isThrownBy(() -> StateFile.save(path, Map.of(), saving(out -> out.text("a", text))))
        .withMessageContaining("Save long texts as bytes");
    assertThat(path).doesNotExist();
  }

  @Test
  void aClosedFileIsRefused() throws IOException {
    StateFile.save(path, Map.of(), saving(out -> {}));
    StateFile file = StateFile.open(path);
    file.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> file.load(loading(in -> {}), false))
        .withMessageContaining(path.toString());
  }

  private void refused(
      Consumer<StateWriter> saving, Consumer<StateReader> loading, String message) {
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(
            () -> {
              StateFile.save(path, Map.of(), saving(saving));
              load(loading(loading));
            })
        .withMessageContaining(path + ": ")
        .withMessageContaining(message);
  }

  private <S extends Stateful> S load(S state) throws IOException {
    try (StateFile file = StateFile.open(path)) {
      file.load(state, false);
    }
    return state;
  }

  private static double[] elements(Matrix matrix) {
    int columns = Sample.DOUBLES.columns(matrix);
    double[] elements = new double[Sample.DOUBLES.rows(matrix) * columns];
    Arrays.setAll(elements, i -> Sample.DOUBLES.get(matrix, i / columns, i % columns));
    return elements;
  }

  private static int[] bits(float[] floats) {
    int[] bits = new int[floats.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(floats[i]));
    return bits;
  }

  private static long[] bits(double[] doubles) {
    return Arrays.stream(doubles).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
