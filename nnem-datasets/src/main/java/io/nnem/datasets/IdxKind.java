package io.nnem.datasets;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The two kinds of IDX file that make up a data set. Images may have one dimension less than usual,
 * as the rows of a table do, and labels one more, of which the first number counts, as QMNIST's do.
 */
enum IdxKind {
  IMAGES(0x00000803, 3, 2, "image"),
  LABELS(0x00000801, 1, 2, "label");

  private final int magic;
  private final int otherDimensions;
  private final int dimensions;
  private final String singular;

  IdxKind(int magic, int dimensions, int otherDimensions, String singular) {
    this.otherDimensions = otherDimensions;
    this.magic = magic;
    this.dimensions = dimensions;
    this.singular = singular;
  }

  int magic() {
    return magic;
  }

  /** Whether a magic number may be one of its own: labels are whole numbers. */
  boolean allows(int found) {
    int extents = found & 0xff;
    return IdxType.of(found)
        .filter(type -> this == IMAGES || type.isWhole())
        .filter(type -> extents == dimensions || extents == otherDimensions)
        .isPresent();
  }

  String plural() {
    return singular + "s";
  }

  /** The magic number and the usual extents, 32 bits each. */
  int headerBytes() {
    return (1 + dimensions) * Integer.BYTES;
  }

  /** What a header promises, in words; the extents are unsigned. */
  String describe(int[] shape) {
    String count = Integer.toUnsignedString(shape[0]) + " " + plural();
    return shape.length == 1
        ? count
        : Arrays.stream(shape)
            .skip(1)
            .mapToObj(Integer::toUnsignedString)
            .collect(Collectors.joining(" x ", count + " of ", ""));
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
    if (IdxType.of(found).isPresent()) {
      return String.format(
          Locale.ROOT,
          "This is an IDX file of another kind: write it as unsigned bytes in %d dimension%s.",
          dimensions,
          dimensions == 1 ? "" : "s");
    }
    return "This is not an IDX file: put the right one in its place.";
  }
}
