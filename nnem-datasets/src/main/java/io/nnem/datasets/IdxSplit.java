package io.nnem.datasets;

import io.nnem.datasets.ArrayDataset.Values;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes a split of the content of four IDX files. */
final class IdxSplit {
  /** Each class is a number of each value in memory. */
  private static final int MOST_CLASSES = 1 << 16;

  private IdxSplit() {}

  /**
   * Puts a split together: the last sixth of the training images is for validation, and there is
   * one class more than the largest label.
   *
   * @param name the name of the split; its parts are called {@code name/training} and so on
   * @param trainImages images to train and validate on, at least two
   * @param trainLabels as many labels
   * @param testImages images of the same size
   * @param testLabels as many labels as test images
   * @return the split
   * @throws DatasetException if the files do not fit together
   */
  static Split of(
      String name,
      IdxData trainImages,
      IdxData trainLabels,
      IdxData testImages,
      IdxData testLabels) {
    requireSameCount(trainImages, trainLabels);
    requireSameCount(testImages, testLabels);
    if (!size(trainImages).equals(size(testImages))) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s has images of %s, but %s has images of %s. %s",
              trainImages.source(),
              size(trainImages),
              testImages.source(),
              size(testImages),
              "Training and test images must have the same size."));
    }
    int size = trainImages.count();
    if (size < 2) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s: expected at least 2 images, one to train on and one to validate on, found %d.",
              trainImages.source(),
              size));
    }
    int classes = 1 + Math.max(largest(trainLabels), largest(testLabels));
    Dataset train = dataset(name, trainImages, trainLabels, classes);
    Dataset test = dataset(name, testImages, testLabels, classes);
    int training = size - Math.max(1, size / 6);
    return new Split(
        name,
        train.slice(0, training).named(name + "/training"),
        train.slice(training, size).named(name + "/validation"),
        test.named(name + "/test"));
  }

  private static Dataset dataset(String name, IdxData images, IdxData labels, int classes) {
    int[] shape = images.shape();
    Values values =
        images.isUnsignedBytes() ? Values.of(images.bytes()) : Values.of(images.floats());
    try {
      return ArrayDataset.of(
          name,
          shape.length == 2 ? 1 : shape[1],
          shape[shape.length - 1],
          classes,
          values,
          labels.labels());
    } catch (IllegalArgumentException e) {
      throw new DatasetException(images.source() + ": " + e.getMessage(), e);
    }
  }

  private static String size(IdxData images) {
    return Arrays.stream(images.shape())
        .skip(1)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(" x "));
  }

  private static void requireSameCount(IdxData images, IdxData labels) {
    if (images.count() != labels.count()) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s holds %d images, but %s holds %d labels. %s",
              images.source(),
              images.count(),
              labels.source(),
              labels.count(),
              "Each image needs one label: are both files of the same data set?"));
    }
  }

  private static int largest(IdxData labels) {
    int[] numbers = labels.labels();
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0 || numbers[i] >= MOST_CLASSES) {
        throw new DatasetException(
            String.format(
                Locale.ROOT,
                "%s: label %d (counted from 0) is %d, but must be from 0 to %d.",
                labels.source(),
                i,
                numbers[i],
                MOST_CLASSES - 1));
      }
    }
    return Arrays.stream(numbers).max().orElse(0);
  }
}
