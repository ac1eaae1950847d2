package io.nnem.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nnem.core.StateException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that were written to do harm: their checksums are right. */
class HostileHeaderTest {

  private static final String BEGINNING = Hostile.BEGINNING;

  private Path path;

  @BeforeEach
  void path(@TempDir Path folder) {
    path = folder.resolve("hostile.safetensors");
  }

  @Test
  void whatIsWellFormedIsRead_spacesAndEscapesToo() throws IOException {
    String json =
        BEGINNING
            + Hostile.crc("a", new byte[8])
            + ",\"meta.\\u006b\\n\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\u20Ac\" } ,\n"
            + "\"a\":{ \"shape\":[ 2 ],\"data_offsets\":[0, 8],\"dtype\":\"I32\"}}   ";
    Hostile.write(path, utf8(json), 8);
    try (StateFile file = StateFile.open(path)) {
      assertThat(file.metadata()).containsOnlyKeys("k\n");
      assertThat(file.metadata()).containsValue("\"\\/\b\f\n\r\té\ud83d\ude00€");
      file.load(Lambdas.loading(in -> assertThat(in.ints("a", 2)).containsExactly(0, 0)), false);
    }
  }

  @Test
  void whatIsNotTheJsonOfSafetensorsIsRefused() throws IOException {
    refused(BEGINNING, "should be }", "should be ,");
    refused(BEGINNING + "}", "should be ,");
    refused(BEGINNING + "}}x", "behind its end");
    refused(BEGINNING + "}}\n", "behind its end");
    refused(BEGINNING + "}}{}", "behind its end");
    refused(BEGINNING + "}} \0", "behind its end");
    refused(BEGINNING + ",}}", "should be \"");
    refused(BEGINNING + ",\"meta.a\"}}", "should be :");
    refused(BEGINNING + ",\"meta.a\":1}}", "should be \"");
    refused(BEGINNING + ",\"meta.a\":\"x", "ends within a string");
    refused(BEGINNING + ",\"meta.a\":\"x\\", "ends within a string");
    refused(BEGINNING + ",\"meta.a\":\"\n\"}}", "control character");
    refused(BEGINNING + ",\"meta.a\":\"\\x\"}}", "unknown escape");
    refused(BEGINNING + ",\"meta.a\":\"\\u12\"}}", "four hexadecimal digits");
    refused(BEGINNING + ",\"meta.a\":\"\\u+123\"}}", "four hexadecimal digits");
    refused(BEGINNING + ",\"meta.a\":\"\\ud83d\"}}", "half a surrogate pair");
    refused(BEGINNING + ",\"meta.a\":\"\\ude00\\ud83d\"}}", "half a surrogate pair");
    refused(BEGINNING + ",\"meta.a\":null}}", "should be \"");
    refused(BEGINNING + "},\"a\":" + "[".repeat(1_000_000), "should be {");
    refused(BEGINNING + "},\"a\":" + "{\"a\":".repeat(1_000_000), "more than dtype");
    refused(BEGINNING + ",\"meta.a\":" + "{\"a\":".repeat(1_000_000), "should be \"");
  }

  @Test
  void namesThatComeTwiceAreRefused() throws IOException {
    refused(BEGINNING + ",\"meta.a\":\"\",\"meta.\\u0061\":\"\"}}", "comes twice");
    refused(BEGINNING + ",\"nnem-format\":\"2\"}}", "comes twice");
    refused(BEGINNING + "},\"__metadata__\":{}}", "comes twice");
    String entry = "\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    refused(BEGINNING + Hostile.crc("a") + "}," + entry + "," + entry + "}", "comes twice");
    refused(
        BEGINNING
            + "},\"a\":{\"shape\":[0],\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "comes twice");
    refused(BEGINNING + Hostile.crc("a") + ",\"text.a\":\"\"}," + entry + "}", "both a text");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    for (byte[] wrong :
        List.of(
            bytes(0xff), // never in UTF-8
            bytes(0xc0, 0xaf), // overlong
            bytes(0xed, 0xa0, 0x80), // half a surrogate pair
            bytes(0xf5, 0x80, 0x80, 0x80), // beyond Unicode
            bytes(0xe2, 0x82))) { // cut off
      byte[] before = utf8(BEGINNING + ",\"meta.a\":\"");
      byte[] after = utf8("\"}}");
      ByteBuffer json = ByteBuffer.allocate(before.length + wrong.length + after.length);
      Hostile.write(path, json.put(before).put(wrong).put(after).array(), 0);
      requireRefused("not UTF-8");
    }
  }

  @Test
  void numbersThatAreNoSizesAreRefused() throws IOException {
    for (String number : List.of("-1", "01", "1.0", "1e3", "+1", "\"1\"", "true")) {
      refused(entry("U8", "[" + number + "]", "[0,1]"), "a whole number", "should be", "lacks a");
      refused(entry("U8", "[1]", "[0," + number + "]"), "a whole number", "should be");
    }
    refused(entry("U8", "[9223372036854775808]", "[0,1]"), "too large");
    refused(entry("U8", "[99999999999999999999999]", "[0,1]"), "too large");
    refused(entry("U8", "[1]", "[0]"), "two data_offsets");
    refused(entry("U8", "[1]", "[0,1,1]"), "more than two");
    refused(entry("F32", "[1,1,1]", "[0,4]"), "more than two dimensions");
    refused(entry("U8", "[1,]", "[0,1]"), "a whole number");
  }

  @Test
  void sizesThatDoNotFitAreRefused_withoutMemoryBeingAllocated() throws IOException {
    refused(entry("U8", "[9223372036854775807]", "[0,9223372036854775807]"), "cut off");
    refused(entry("I64", "[2305843009213693952]", "[0,0]"), "does not take the bytes");
    refused(entry("F32", "[4294967296,4294967296]", "[0,0]"), "does not take the bytes");
    refused(entry("F64", "[2147483647,1]", "[0,17179869176]"), "cut off");
    refused(entry("I32", "[2]", "[0,4]"), "does not take the bytes from 0 to 4");
    refused(entry("I32", "[1]", "[4,0]"), "does not take the bytes from 4 to 0");
    refused(entry("I32", "[1]", "[4,8]"), "begins at byte 4");
    refused(entry("I32", "[0]", "[0,0]"), "8 bytes of data are there"); // a hole behind it
    refused(entry("U8", "[9]", "[0,9]"), "cut off");
    refused(entry("U8", "[1]", "[9223372036854775807,9223372036854775807]"), "does not take");
    refused(entry("I64", "[1]", "[9223372036854775807,8]"), "does not take the bytes");
  }

  @Test
  void entriesMustNotOverlap_norLeaveHoles() throws IOException {
    String head =
        BEGINNING + Hostile.crc("a", new byte[4]) + Hostile.crc("b", new byte[4]) + "},\"a\":";
    String form = "{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":";
    refused(head + form + "[0,4]},\"b\":" + form + "[0,4]}}", "b begins at byte 0");
    refused(head + form + "[0,4]},\"b\":" + form + "[2,6]}}", "b begins at byte 2");
    refused(head + form + "[0,4]},\"b\":" + form + "[5,9]}}", "b begins at byte 5");
    Hostile.write(path, utf8(head + form + "[4,8]},\"b\":" + form + "[0,4]}}"), 8);
    StateFile.open(path).close(); // in any order
  }

  @Test
  void whatSafetensorsHasButNnemDoesNotIsRefused() throws IOException {
    refused(entry("BF16", "[4]", "[0,8]"), "a has another dtype");
    refused(entry("u8", "[8]", "[0,8]"), "a has another dtype");
    refused(entry("I64", "[]", "[0,8]"), "arrays, and matrices of floats");
    refused(entry("I32", "[1,2]", "[0,8]"), "arrays, and matrices of floats");
    refused(BEGINNING + ",\"other\":\"\"}}", "a key that nnem does not write");
    refused(BEGINNING + ",\"text.A\":\"\"}}", "a name that nnem does not give");
    String bell = "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}";
    refused(BEGINNING + "},\"\\u0007\":" + bell, "a name that nnem does not give");
  }

  @Test
  void checksumsBelongToEntries() throws IOException {
    refused(BEGINNING + Hostile.crc("a") + "}}", "checksums of missing entries: [a]");
    refused(BEGINNING + ",\"crc32c.a\":\"0000000G\"}}", "not 8 hexadecimal digits");
    refused(BEGINNING + ",\"crc32c.a\":\"0\"}}", "not 8 hexadecimal digits");
    String entry = "},\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}";
    refused(BEGINNING + entry, "no checksum of a");
  }

  @Test
  void aNewerFormatIsCalledSo_whateverItsHeaderSays() throws IOException {
    String newer = BEGINNING.replace("\"1\"", "\"2\"") + ",\"meta.list\":[[1]]}";
    refused(newer, "format version 2, but this nnem reads versions up to 1");
  }

  @Test
  void otherFilesAreCalledSo() throws IOException {
    write(
        "{\"__metadata__\":{\"format\":\"pt\"},\"w\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]}}",
        2);
    requireRefused("may be a safetensors file, but nnem did not save it");
    write("{}", 0);
    requireRefused("may be a safetensors file");
    write("PK", 0);
    requireRefused("neither a saved state of nnem nor another safetensors file");
    write("", 0);
    requireRefused("neither a saved state");
    Files.write(path, new byte[0]);
    requireRefused("only 0 bytes");
    Files.writeString(path, "#!/bin/sh\necho hello\n");
    requireRefused("says that its header has");
  }

  @Test
  void lengthsOfHeadersAreComparedFirst() throws IOException {
    for (long length :
        List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 93L, 16L << 20, (16L << 20) + 1)) {
      Files.write(path, withLength(length, 100));
      requireRefused("says that its header has " + Long.toUnsignedString(length) + " bytes");
    }
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      sparse.write(withLength((16L << 20) + 1, 100));
      sparse.setLength(1L << 30);
    }
    requireRefused("says that its header has 16777217 bytes; it may have 16777216");
  }

  @Test
  void dataBeyondTwoGigabytesIsRead() throws IOException {
    long start = 3L << 30;
    String json =
        BEGINNING
            + ",\"crc32c.a\":\"00000000\""
            + Hostile.crc("b", bytes(1, 0, 0, 0, 0, 0, 0, 0))
            + "},\"a\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                .replace("%d", "" + start)
            + "\"b\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[%d,"
                .replace("%d", "" + start)
            + (start + 8)
            + "]}}";
    Hostile.write(path, utf8(json), 0);
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      long end = sparse.length() + start + 8;
      sparse.setLength(end);
      sparse.seek(end - 8);
      sparse.write(1);
    }
    try (StateFile file = StateFile.open(path)) {
      assertThatExceptionOfType(StateException.class)
          .isThrownBy(
              () ->
                  file.load(
                      Lambdas.loading(in -> assertThat(in.number("b", 1, 1)).isEqualTo(1)), false))
          .withMessageContaining("not asked for: a.");
    }
  }

  /** A header with one entry, named a. */
  private static String entry(String dtype, String shape, String offsets) {
    return BEGINNING
        + Hostile.crc("a", new byte[8])
        + "},\"a\":{\"dtype\":\""
        + dtype
        + "\",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}}";
  }

  /** Checks that a file with a header, and 8 bytes of data, is refused with one of some words. */
  private void refused(String json, String... anyOf) throws IOException {
    Hostile.write(path, utf8(json), 8);
    requireRefused(anyOf);
  }

  private void requireRefused(String... anyOf) {
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> StateFile.open(path).close())
        .withMessageStartingWith(path + ": ")
        .satisfies(
            e ->
                assertThat(List.of(anyOf))
                    .anySatisfy(words -> assertThat(e).hasMessageContaining(words)));
  }

  private void write(String json, int zeros) throws IOException {
    byte[] file = withLength(json.length(), 8 + json.length() + zeros);
    System.arraycopy(utf8(json), 0, file, 8, json.length());
    Files.write(path, file);
  }

  private static byte[] withLength(long headerLength, int fileLength) {
    return ByteBuffer.allocate(fileLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerLength)
        .array();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
