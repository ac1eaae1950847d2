package io.nnem.core.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Makes files whose checksums are right and whose headers say anything. */
final class Hostile {

  /** What the headers of nnem begin with, where the checksum is 0. */
  static final String BEGINNING =
      "{\"__metadata__\":{\"nnem-crc32c\":\"00000000\",\"nnem-format\":\"1\"";

  private Hostile() {}

  static long headerLength(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Writes a header of any bytes, sealed by the checksum that belongs to it, and zeros. */
  static void write(Path path, byte[] json, int zeros) throws IOException {
    byte[] file =
        ByteBuffer.allocate(Long.BYTES + json.length + zeros)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array();
    CRC32C crc = new CRC32C();
    crc.update(file, 0, Long.BYTES + json.length);
    int at = Long.BYTES + BEGINNING.indexOf("00000000");
    byte[] digits =
        HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(digits, 0, file, at, digits.length);
    Files.write(path, file);
  }

  /** The checksum of an entry with some data, as a member of the metadata. */
  static String crc(String name, byte... data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return ",\"crc32c." + name + "\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"";
  }
}
