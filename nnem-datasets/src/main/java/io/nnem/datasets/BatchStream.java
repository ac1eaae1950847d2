package io.nnem.datasets;

import java.util.Locale;

/**
 * An endless stream of training batches: indices of observations, every observation once an epoch,
 * in an order that is new each epoch. A batch may cross the border between two epochs.
 *
 * <p>The order of an epoch is a function of seed, size and epoch alone, on every machine and Java
 * version. So the whole state is a {@link State} of four numbers, and a stream resumed from it goes
 * on with exactly the batches that would have followed. Not for use by several threads at once.
 */
public final class BatchStream {
  private final int size;
  private long seed;
  private long epoch;
  private int position;
  private int[] order;

  /**
   * Everything there is to know about a stream between two batches.
   *
   * @param seed what the orders follow from
   * @param size the number of observations, at least 1
   * @param epoch the number of complete epochs, at least 0
   * @param position how many observations of the current epoch were handed out, below {@code size}
   */
  public record State(long seed, int size, long epoch, int position) {
    /**
     * Checks the numbers, which may come from a file.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public State {
      if (epoch < 0 || position < 0 || position >= size) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "No stream can be at epoch %d, position %d of %d observations: %s",
                epoch,
                position,
                size,
                "use size >= 1, epoch >= 0, 0 <= position < size."));
      }
    }
  }

  /**
   * A stream from its beginning.
   *
   * @param size the number of observations, at least 1
   * @param seed the same seed gives the same stream
   * @throws IllegalArgumentException if the size is less than 1
   */
  public BatchStream(int size, long seed) {
    this(new State(seed, size, 0, 0));
  }

  /**
   * A stream that goes on from a saved state.
   *
   * @param state what {@link #state()} gave
   */
  public BatchStream(State state) {
    size = state.size();
    moveTo(state);
  }

  /**
   * Hands out the next {@code indices.length} observations.
   *
   * @param indices filled with indices from 0 to size - 1
   */
  public void next(int[] indices) {
    for (int filled = 0; filled < indices.length; ) {
      if (order == null) {
        order = Permutation.of(size, seed, epoch);
      }
      int count = Math.min(indices.length - filled, size - position);
      System.arraycopy(order, position, indices, filled, count);
      filled += count;
      position += count;
      if (position == size) {
        epoch++;
        position = 0;
        order = null;
      }
    }
  }

  /**
   * Hands out the next observations in a new array.
   *
   * @param batch how many, at least 0
   * @return indices from 0 to size - 1
   * @throws IllegalArgumentException if {@code batch} is negative
   */
  public int[] next(int batch) {
    if (batch < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A batch of %d observations is not possible: ask for 0 or more.",
              batch));
    }
    int[] indices = new int[batch];
    next(indices);
    return indices;
  }

  /**
   * Where the stream is.
   *
   * @return enough to go on from here later
   */
  public State state() {
    return new State(seed, size, epoch, position);
  }

  /**
   * Goes back, or forward, to a saved state: the next batch is the one that followed it.
   *
   * @param state what {@link #state()} gave, on this stream or on another of the same size
   * @throws IllegalArgumentException if the state belongs to another number of observations; the
   *     stream stays where it was
   */
  public void restore(State state) {
    if (state.size() != size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A state for %d observations cannot be restored to a stream of %d: use the same data.",
              state.size(),
              size));
    }
    moveTo(state);
  }

  private void moveTo(State state) {
    if (state.seed() != seed || state.epoch() != epoch) {
      order = null;
    }
    seed = state.seed();
    epoch = state.epoch();
    position = state.position();
  }
}
