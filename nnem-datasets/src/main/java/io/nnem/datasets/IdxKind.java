package io.nnem.datasets;

import java.util.Locale;

/** The two kinds of IDX file that make up a data set. */
enum IdxKind {
  IMAGES(0x00000803, 3, "image"),
  LABELS(0x00000801, 1, "label");

  private final int magic;
  private final int dimensions;
  private final String singular;

  IdxKind(int magic, int dimensions, String singular) {
    this.magic = magic;
    this.dimensions = dimensions;
    this.singular = singular;
  }

  int magic() {
    return magic;
  }

  int dimensions() {
    return dimensions;
  }

  String plural() {
    return singular + "s";
  }

  /** The magic number and the extents, 32 bits each. */
  int headerBytes() {
    return (1 + dimensions) * Integer.BYTES;
  }

  /** What a header promises, in words; the extents are unsigned. */
  String describe(int[] shape) {
    String count = Integer.toUnsignedString(shape[0]) + " " + plural();
    return this == LABELS
        ? count
        : count
            + String.format(
                Locale.ROOT,
                " of %s x %s",
                Integer.toUnsignedString(shape[1]),
                Integer.toUnsignedString(shape[2]));
  }

  /** What to do about a file that has another magic number. */
  String advice(int found) {
    IdxKind other = this == IMAGES ? LABELS : IMAGES;
    if (found == other.magic) {
      return String.format(
          Locale.ROOT,
          "This looks like the %s file in the %s file's place: exchange the two.",
          other.singular,
          singular);
    }
    // An IDX magic number is two zero bytes, the type of the values, the number of dimensions.
    int type = found >>> 8;
    if (type == 0x08 || type == 0x09 || (type >= 0x0b && type <= 0x0e)) {
      return String.format(
          Locale.ROOT,
          "This is an IDX file of another kind: write it as unsigned bytes in %d dimension%s.",
          dimensions,
          dimensions == 1 ? "" : "s");
    }
    return "This is not an IDX file: put the right one in its place.";
  }
}
