package io.nnem.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where data sets come from. */
public final class Datasets {
  private Datasets() {}

  /**
   * MNIST, from inside this jar: 28 x 28 images of handwritten digits, 50,000 to train on, 10,000
   * to validate on (the last 10,000 of the training files) and 10,000 to test on. The check sums of
   * the files are verified. The first call decodes the files, which takes a fraction of a second;
   * later calls return the same split for as long as anybody uses it or memory is plentiful. Safe
   * to call from many threads.
   *
   * <p>The data set is by Yann LeCun, Corinna Cortes and Christopher J.C. Burges and is distributed
   * under CC BY-SA 3.0.
   *
   * @return the split, named {@code mnist}
   * @throws DatasetException if a file in the jar is missing or damaged
   */
  public static Split mnist() {
    return Mnist.load();
  }

  /**
   * The data sets that this jar has or makes, by name:
   *
   * <ul>
   *   <li>{@code mnist}: {@link #mnist};
   *   <li>{@code mnist-on-noise}: MNIST, in which every black pixel is any grey, drawn once for
   *       each image;
   *   <li>{@code mnist-on-patches}: MNIST on 8 pieces of 8 x 8 pixels of other images, after
   *       "cluttered MNIST" (Mnih, Heess, Graves and Kavukcuoglu, arXiv 1406.6247);
   *   <li>{@code shifted-mnist}: MNIST, each image somewhere in one of 40 x 40 pixels.
   * </ul>
   *
   * What is drawn follows from an image's place, so that a name always stands for the same bytes.
   *
   * @param name one of {@link #names}
   * @return training, validation and test set
   * @throws DatasetException if there is no such data set
   */
  public static Split named(String name) {
    if (name.equals("mnist")) {
      return mnist();
    }
    if (!Worlds.names().contains(name)) {
      throw new DatasetException(
          "There is no data set \"" + name + "\"; there are " + String.join(", ", names()) + ".");
    }
    return Worlds.of(name);
  }

  /**
   * What {@link #named} knows.
   *
   * @return the names, {@code mnist} first
   */
  public static List<String> names() {
    return Stream.concat(Stream.of("mnist"), Worlds.names().stream()).toList();
  }

  /**
   * Reads a folder of four IDX files named like MNIST's:
   *
   * <ul>
   *   <li>{@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte},
   *   <li>{@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, or {@code test-...},
   * </ul>
   *
   * each also with words before it, as EMNIST and QMNIST have them ({@code
   * emnist-letters-train-images-idx3-ubyte}, {@code qmnist-train-labels-idx2-int}), with a dot for
   * the last but one hyphen ({@code train-images.idx3-ubyte}), in capital letters, and with {@code
   * .gz} appended. Where a file is there both plain and as {@code .gz}, the plain one is read
   * (unpacking tools leave such pairs behind); any other choice between names is an error. What a
   * file holds, and whether it is compressed, is told from its content, not from its name. EMNIST's
   * images are transposed as they are published; they are left so.
   *
   * <p>The last sixth of the training images, rounded down but at least one, becomes the validation
   * set. The number of classes is one more than the largest label in any file. Images may have any
   * size, the same for training and test.
   *
   * @param folder the folder; its name becomes the name of the split
   * @return training, validation and test set
   * @throws DatasetException if the folder or a file is missing, or a file cannot be read, is not
   *     what its name says, is shorter or longer than its header says, or does not fit the others
   */
  public static Split folder(Path folder) {
    return IdxFolder.read(folder);
  }

  /**
   * A data set made of one's own bytes. The arrays are copied.
   *
   * @param name the name used in reports, not blank
   * @param rows the height of an image in pixels, at least 1
   * @param columns the width of an image in pixels, at least 1
   * @param classes the number of classes, from 1 to 256
   * @param pixels size x rows x columns unsigned bytes, image by image and row by row
   * @param labels size unsigned bytes, each below {@code classes}
   * @return the data set
   * @throws IllegalArgumentException if these do not fit together
   */
  public static Dataset of(
      String name, int rows, int columns, int classes, byte[] pixels, byte[] labels) {
    int[] numbers = new int[labels.length];
    Arrays.setAll(numbers, i -> Byte.toUnsignedInt(labels[i]));
    return ArrayDataset.of(
        name, rows, columns, classes, ArrayDataset.Values.of(pixels.clone()), numbers);
  }

  /**
   * A data set made of one's own floats. The arrays are copied.
   *
   * @param name the name used in reports, not blank
   * @param rows the height of an image in pixels, 1 for the rows of a table
   * @param columns the width of an image in pixels, or the numbers of a table's row
   * @param classes the number of classes, at least 1
   * @param values size x rows x columns finite floats, observation by observation, row by row
   * @param labels size of them, each from 0 to {@code classes - 1}
   * @return the data set
   * @throws IllegalArgumentException if these do not fit together, or a value is not finite
   */
  public static Dataset of(
      String name, int rows, int columns, int classes, float[] values, int[] labels) {
    return ArrayDataset.of(
        name, rows, columns, classes, ArrayDataset.Values.of(values.clone()), labels.clone());
  }
}
