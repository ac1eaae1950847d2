package io.nnem.datasets;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * MNIST made harder: each image is drawn once, from its place alone, so that a world is the same in
 * every run. Training, validation and test images are made of images of the same part.
 */
final class Worlds {
  private static final long SEED = 20_170_113;
  private static final int PATCHES = 8;
  private static final int PATCH = 8;
  private static final int ROOM = 12;

  /** Draws an image of one of MNIST's into {@code out}, which is black. */
  private interface Drawing {
    void draw(Images images, int index, SplitMix random, byte[] out);
  }

  private record World(int margin, Drawing drawing) {}

  private static final Map<String, World> WORLDS =
      new TreeMap<>(
          Map.of(
              "mnist-on-noise", new World(0, Worlds::noise),
              "mnist-on-patches", new World(0, Worlds::patches),
              "shifted-mnist", new World(ROOM, Worlds::shift)));

  /** Bytes of the images of one part. */
  private record Images(int count, int side, List<byte[]> pixels) {
    static Images of(Dataset data) {
      return new Images(
          data.size(),
          data.rows(),
          IntStream.range(0, data.size()).mapToObj(i -> bytes(data, i)).toList());
    }

    private static byte[] bytes(Dataset data, int index) {
      float[] floats = new float[data.observationSize()];
      data.copyObservations(new int[] {index}, 0, 1, floats);
      byte[] bytes = new byte[floats.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.round(floats[i] * 255);
      }
      return bytes;
    }
  }

  private Worlds() {}

  static List<String> names() {
    return List.copyOf(WORLDS.keySet());
  }

  static Split of(String name) {
    World world = WORLDS.get(name);
    Split mnist = Mnist.load();
    return new Split(
        name,
        of(name + "/training", world, mnist.training(), 0),
        of(name + "/validation", world, mnist.validation(), 1),
        of(name + "/test", world, mnist.test(), 2));
  }

  private static Dataset of(String name, World world, Dataset data, int part) {
    Images images = Images.of(data);
    int side = images.side() + world.margin();
    byte[] all = new byte[Math.multiplyExact(images.count(), side * side)];
    int[] labels = new int[images.count()];
    for (int i = 0; i < labels.length; i++) {
      byte[] image = new byte[side * side];
      world.drawing().draw(images, i, SplitMix.of(SEED + part, i), image);
      System.arraycopy(image, 0, all, i * image.length, image.length);
      labels[i] = data.label(i);
    }
    return ArrayDataset.of(name, side, side, data.classes(), ArrayDataset.Values.of(all), labels);
  }

  /** Every black pixel is any grey. */
  private static void noise(Images images, int index, SplitMix random, byte[] out) {
    byte[] digit = images.pixels().get(index);
    for (int i = 0; i < out.length; i++) {
      out[i] = digit[i] == 0 ? (byte) random.below(256) : digit[i];
    }
  }

  /** Pieces of other digits lie behind the digit. */
  private static void patches(Images images, int index, SplitMix random, byte[] out) {
    for (int patch = 0; patch < PATCHES; patch++) {
      byte[] other = images.pixels().get(random.below(images.count()));
      int places = images.side() - PATCH + 1;
      int from = random.below(places) * images.side() + random.below(places);
      int to = random.below(places) * images.side() + random.below(places);
      for (int line = 0; line < PATCH; line++) {
        int at = line * images.side();
        lay(other, from + at, PATCH, out, to + at);
      }
    }
    byte[] digit = images.pixels().get(index);
    lay(digit, 0, digit.length, out, 0);
  }

  /** The brighter pixel is seen. */
  private static void lay(byte[] image, int from, int count, byte[] out, int to) {
    for (int i = 0; i < count; i++) {
      int brighter = Math.max(image[from + i] & 0xff, out[to + i] & 0xff);
      out[to + i] = (byte) brighter;
    }
  }

  /** The digit lies anywhere in a larger image. */
  private static void shift(Images images, int index, SplitMix random, byte[] out) {
    int side = images.side() + ROOM;
    int to = random.below(ROOM + 1) * side + random.below(ROOM + 1);
    byte[] digit = images.pixels().get(index);
    for (int line = 0; line < images.side(); line++) {
      System.arraycopy(digit, line * images.side(), out, to + line * side, images.side());
    }
  }
}
