package io.nnem.core.network;

/** Checks of layers' settings. */
final class Sizes {

  private Sizes() {}

  static void requireAtLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " must be " + least + " or more, but it is " + value + ".");
    }
  }
}
