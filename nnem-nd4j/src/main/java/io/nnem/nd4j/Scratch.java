package io.nnem.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * A thread's own working space, which grows to what is asked for and stays. It holds nothing from
 * one operation, or part of one, to the next.
 */
final class Scratch {

  /** Floats of a tile that loops work on: it and two others fit into the first cache. */
  static final int TILE = 2048;

  private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

  final Memory first = new Memory();
  final Memory second = new Memory();
  final Memory third = new Memory();
  final float[] lanes = new float[64]; // of one vector, however wide
  private final Memory mover = new Memory();
  private final float[][] tiles = new float[17][TILE];
  private final int[] integers = new int[TILE];
  private final FloatPointer floatBits = new FloatPointer(TILE);
  private final IntPointer intBits = new IntPointer(floatBits);
  private final FloatPointer[] rooms = {
    new FloatPointer(TILE),
    new FloatPointer(TILE),
    new FloatPointer(TILE),
    new FloatPointer(TILE),
    new FloatPointer(TILE)
  };

  static Scratch own() {
    return OWN.get();
  }

  /** Array {@code i}, with room for a tile or as many floats as asked for, whichever is more. */
  float[] tile(int i, int atLeast) {
    if (tiles[i].length < atLeast) {
      tiles[i] = new float[atLeast];
    }
    return tiles[i];
  }

  /**
   * What a part of an operation hands to the caller must not lie here, where the next part that
   * this thread does would overwrite it: the part has arrays of its own, which grow like a tile.
   */
  static float[] grown(float[] array, int atLeast) {
    return array.length < atLeast ? new float[atLeast] : array;
  }

  /**
   * Makes {@code a[i]} the power of two whose exponent stands in the lowest bits of {@code a[i]}.
   * Bits are reinterpreted by way of native memory: the compiler vectorises that, and not the
   * language's own way.
   *
   * @param count at most {@link #TILE}
   */
  void powersOfTwo(int count, float[] a) {
    floatBits.put(a, 0, count);
    intBits.get(integers, 0, count);
    for (int i = 0; i < count; i++) {
      integers[i] = (integers[i] << 23) + 0x3f800000;
    }
    intBits.put(integers, 0, count);
    floatBits.get(a, 0, count);
  }

  /** Native room {@code i}, with whatever was last left in it. */
  long room(int i, long atLeast) {
    if (rooms[i].capacity() < atLeast) {
      rooms[i].close();
      rooms[i] = new FloatPointer(atLeast);
    }
    return rooms[i].address();
  }

  /** Copies floats from native memory to the start of an array. */
  void load(long address, float[] array, int count) {
    mover.at(address).get(array, 0, count);
  }

  /** Copies floats from the start of an array to native memory. */
  void store(float[] array, int count, long address) {
    mover.at(address).put(array, 0, count);
  }

  /** Rows of a matrix that make about a tile: at least one. */
  static int rowsPerTile(int columns) {
    return Math.max(1, TILE / columns);
  }
}
