package io.nnem.datasets;

import java.util.Locale;

/** Makes a split of the content of four IDX files. */
final class IdxSplit {
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
    int[] shape = trainImages.shape();
    int[] testShape = testImages.shape();
    if (shape[1] != testShape[1] || shape[2] != testShape[2]) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "%s has images of %d x %d, but %s has images of %d x %d. %s",
              trainImages.source(),
              shape[1],
              shape[2],
              testImages.source(),
              testShape[1],
              testShape[2],
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
    return ByteDataset.of(name, shape[1], shape[2], classes, images.bytes(), labels.bytes());
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
    int largest = 0;
    for (byte label : labels.bytes()) {
      largest = Math.max(largest, Byte.toUnsignedInt(label));
    }
    return largest;
  }
}
