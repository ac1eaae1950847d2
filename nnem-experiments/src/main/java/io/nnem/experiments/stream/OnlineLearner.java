package io.nnem.experiments.stream;

/** Learns from instances as they come. */
interface OnlineLearner extends AutoCloseable {
  /** The class of a row, if it has learned of any before. */
  int predict(float[] row);

  /** Learns of a row, which it may keep. */
  void learn(float[] row, int label);

  /** How many instances it waits for before it learns of them. */
  default int batch() {
    return 1;
  }

  /** What it keeps of all that it has learned. */
  long bytes();

  @Override
  default void close() {}
}
