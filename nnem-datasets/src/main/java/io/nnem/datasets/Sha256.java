package io.nnem.datasets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 without the checked exception: every Java platform has it. */
final class Sha256 {
  private Sha256() {}

  /**
   * Starts a sum.
   *
   * @return an empty digest
   */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java platform lacks SHA-256.", e);
    }
  }

  /**
   * Ends a sum.
   *
   * @param digest what was fed with the bytes
   * @return 64 lower-case hexadecimal digits
   */
  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
