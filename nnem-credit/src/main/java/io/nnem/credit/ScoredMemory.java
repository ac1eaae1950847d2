package io.nnem.credit;

import io.nnem.autoencoder.Uncertain;
import io.nnem.core.Tensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A memory whose retention policy learns how certain each memory's reinstatement is: what {@link
 * io.nnem.memory.retention.LeastCertain} goes by (Hansen 2017: the uncertainty of a variational
 * autoencoder could decide which embeddings to discard).
 *
 * <p>With each write the new memories are scored by what the decoder says of their keys, {@code u_i
 * = U(k_i; phi)}, and so are up to {@code budget} of those that stay, in turn: the decoder learns
 * on, and what it said of a key once is not what it would say now. After {@code capacity / budget}
 * writes every score is renewed. All is asked before anything is written, so that a decoder that
 * fails leaves the memory as it was.
 *
 * <p>The decoder is asked of the keys, also where observations are reinstated from something else.
 *
 * @param <T> the matrix type
 */
public final class ScoredMemory<T> implements MemoryStore<T> {

  private final Tensors<T> tensors;
  private final MemoryStore<T> memory;
  private final Uncertain<T> decoder;
  private final int budget;
  private int next;

  /**
   * Takes a memory over; closing this closes it, and not the decoder.
   *
   * @param tensors the back end
   * @param memory is written to, and told the scores
   * @param decoder says how uncertain it is of a key
   * @param budget how many of the memories that stay are scored again with each write; 0 for none
   * @throws IllegalArgumentException if the budget is negative
   */
  public ScoredMemory(Tensors<T> tensors, MemoryStore<T> memory, Uncertain<T> decoder, int budget) {
    if (budget < 0) {
      throw new IllegalArgumentException(
          "The budget of scores must be 0 memories a write or more, but is " + budget + ".");
    }
    this.tensors = tensors;
    this.memory = memory;
    this.decoder = decoder;
    this.budget = budget;
  }

  /**
   * Writes memories and scores them, and some of the others.
   *
   * @throws DivergenceException if the decoder's uncertainty of one of them is not finite; nothing
   *     is written then
   */
  @Override
  public Slots write(T keys, T values, long version) {
    double[] ofNew = uncertainty(keys);
    int count = Math.min(budget, memory.size());
    Slots old = count == 0 ? null : inTurn(count);
    double[] ofOld = count == 0 ? null : uncertainty(memory.keys(old));
    Slots written = memory.write(keys, values, version);
    memory.score(written, ofNew);
    if (count > 0) {
      int[] left = old.placesOutside(written);
      if (left.length > 0) {
        memory.score(
            Slots.of(Arrays.stream(left).map(old::get).toArray()),
            Arrays.stream(left).mapToDouble(i -> ofOld[i]).toArray());
      }
      next = old.get(count - 1) + 1;
    }
    return written;
  }

  private Slots inTurn(int count) {
    int size = memory.size();
    return Slots.of(IntStream.range(0, count).map(i -> (next + i) % size).toArray());
  }

  private double[] uncertainty(T keys) {
    int rows = tensors.rows(keys);
    double[] uncertainties = decoder.uncertainty(keys);
    if (uncertainties.length != rows) {
      throw new IllegalStateException(
          "The decoder "
              + decoder.getClass().getName()
              + " gave "
              + uncertainties.length
              + " uncertainties for "
              + rows
              + " keys.");
    }
    for (double each : uncertainties) {
      if (!Double.isFinite(each)) {
        throw new DivergenceException("The decoder's uncertainty of a memory is " + each + ".");
      }
    }
    return uncertainties;
  }

  @Override
  public int capacity() {
    return memory.capacity();
  }

  @Override
  public int size() {
    return memory.size();
  }

  @Override
  public int keySize() {
    return memory.keySize();
  }

  @Override
  public int valueSize() {
    return memory.valueSize();
  }

  @Override
  public Slots occupied() {
    return memory.occupied();
  }

  @Override
  public T keys(Slots slots) {
    return memory.keys(slots);
  }

  @Override
  public T values(Slots slots) {
    return memory.values(slots);
  }

  /** New keys are scored when it is their turn. */
  @Override
  public void replaceKeys(Slots slots, T keys) {
    memory.replaceKeys(slots, keys);
  }

  @Override
  public long writtenAt(int slot) {
    return memory.writtenAt(slot);
  }

  @Override
  public boolean usesReads() {
    return memory.usesReads();
  }

  @Override
  public void read(Slots slots, double[] weights) {
    memory.read(slots, weights);
  }

  @Override
  public void score(Slots slots, double[] uncertainties) {
    memory.score(slots, uncertainties);
  }

  @Override
  public void close() {
    memory.close();
  }
}
