package io.nnem.core.network;

import io.nnem.core.RowShape;

/**
 * Square windows over an image, line by line: which floats of a row each covers.
 *
 * @param inputs the image
 * @param size lines and places of a window
 * @param stride lines and places from one window to the next
 * @param padding lines and places of zeros around the image
 */
record Windows(RowShape inputs, int size, int stride, int padding) {

  Windows {
    if (size > inputs.height() + 2 * padding || size > inputs.width() + 2 * padding) {
      throw new IllegalArgumentException(
          "A window of "
              + size
              + " x "
              + size
              + " is larger than the image of "
              + inputs.height()
              + " x "
              + inputs.width()
              + " with a padding of "
              + padding
              + ": make it smaller, or say what the image's height and width are.");
    }
  }

  int height() {
    return (inputs.height() + 2 * padding - size) / stride + 1;
  }

  int width() {
    return (inputs.width() + 2 * padding - size) / stride + 1;
  }

  int count() {
    return height() * width();
  }

  /** For each window, line by line and place by place, all channels; -1 for the padding. */
  int[] patches() {
    int[] index = new int[Math.multiplyExact(count(), size * size * inputs.channels())];
    int next = 0;
    for (int window = 0; window < count(); window++) {
      for (int place = 0; place < size * size; place++) {
        for (int channel = 0; channel < inputs.channels(); channel++) {
          index[next++] = element(window, place, channel);
        }
      }
    }
    return index;
  }

  /** For each window and each channel, all places. */
  int[] groups() {
    int[] index = new int[Math.multiplyExact(count(), size * size * inputs.channels())];
    int next = 0;
    for (int window = 0; window < count(); window++) {
      for (int channel = 0; channel < inputs.channels(); channel++) {
        for (int place = 0; place < size * size; place++) {
          index[next++] = element(window, place, channel);
        }
      }
    }
    return index;
  }

  private int element(int window, int place, int channel) {
    int y = window / width() * stride - padding + place / size;
    int x = window % width() * stride - padding + place % size;
    if (y < 0 || y >= inputs.height() || x < 0 || x >= inputs.width()) {
      return -1;
    }
    return (y * inputs.width() + x) * inputs.channels() + channel;
  }
}
