package io.nnem.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.zip.GZIPInputStream;

/**
 * Loads MNIST, once, and verifies that it is MNIST. The folder {@code mnist} of the jar holds the
 * four files, gzipped, and their licence note.
 */
final class Mnist {
  private static final int BUFFER = 1 << 16;

  /** Soft, so that 55 MB can be had back when memory is short and nobody uses them. */
  private static SoftReference<Split> loaded = new SoftReference<>(null);

  private Mnist() {}

  /**
   * MNIST, decoded by the first caller and then shared.
   *
   * @return the split
   * @throws DatasetException if a file in the jar is missing or damaged
   */
  static synchronized Split load() {
    Split split = loaded.get();
    if (split == null) {
      split = decode();
      loaded = new SoftReference<>(split);
    }
    return split;
  }

  /** Makes the next load decode again. */
  static synchronized void forget() {
    loaded.clear();
  }

  private static Split decode() {
    return IdxSplit.of(
        "mnist",
        images(
            "train-images-idx3-ubyte.gz",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        labels(
            "train-labels-idx1-ubyte.gz",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        images(
            "t10k-images-idx3-ubyte.gz",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        labels(
            "t10k-labels-idx1-ubyte.gz",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
  }

  private static IdxData images(String file, String sum) {
    return verified(resource(file), file, sum, IdxReader::readImages);
  }

  private static IdxData labels(String file, String sum) {
    return verified(resource(file), file, sum, IdxReader::readLabels);
  }

  static InputStream resource(String file) {
    return Mnist.class.getResourceAsStream("mnist/" + file);
  }

  /** Reads a gzipped file and holds the SHA-256 of its uncompressed content against {@code sum}. */
  static IdxData verified(
      InputStream resource,
      String file,
      String sum,
      BiFunction<InputStream, String, IdxData> read) {
    String source = "MNIST file " + file + " in the nnem-datasets jar";
    if (resource == null) {
      throw new DatasetException(source + ": it is missing. Take an unchanged nnem-datasets jar.");
    }
    MessageDigest digest = Sha256.digest();
    IdxData data;
    try (resource;
        InputStream plain = new GZIPInputStream(resource, BUFFER)) {
      data = read.apply(new DigestInputStream(plain, digest), source);
    } catch (IOException e) {
      throw new DatasetException(
          source + ": it cannot be read (" + e + "). Take an unchanged nnem-datasets jar.", e);
    }
    String found = Sha256.hex(digest);
    if (!found.equals(sum)) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: expected the SHA-256 sum %s, found %s. Take an unchanged nnem-datasets jar.",
              source,
              sum,
              found));
    }
    return data;
  }
}
