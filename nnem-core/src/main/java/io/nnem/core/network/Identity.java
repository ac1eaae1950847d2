package io.nnem.core.network;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import java.util.List;

/**
 * Embeds each observation as itself, {@code f(x) = x}: a control that has nothing to learn. With
 * readings at a temperature near 0 a memory network is then the nearest neighbour by cosine among
 * the observations in memory.
 *
 * @param <T> the matrix type
 */
public final class Identity<T> implements Embedder<T> {

  private final Tensors<T> tensors;
  private final int size;
  private long version;

  /**
   * Creates the embedder.
   *
   * @param context sizes; nothing else is used
   * @throws IllegalArgumentException if an embedding is not as large as an observation
   */
  public Identity(EmbedderContext<T> context) {
    if (context.embeddingSize() != context.observationSize()) {
      throw new IllegalArgumentException(
          "The embedder 'identity' embeds an observation as itself, so that the embedding size must"
              + " be "
              + context.observationSize()
              + ", but it is "
              + context.embeddingSize()
              + ".");
    }
    this.tensors = context.tensors();
    this.size = context.observationSize();
  }

  @Override
  public int observationSize() {
    return size;
  }

  @Override
  public int embeddingSize() {
    return size;
  }

  @Override
  public void embed(T observations, T out) {
    Shapes.requireColumns(tensors, "The observations", observations, size);
    Shapes.requireLike(tensors, "The output", out, observations);
    tensors.copy(observations, out);
  }

  @Override
  public ForwardPass<T> newPass(int capacity) {
    return new Copy(capacity);
  }

  @Override
  public T forward(T observations, ForwardPass<T> pass) {
    Shapes.requireColumns(tensors, "The observations", observations, size);
    Copy copy = mine(pass);
    tensors.copy(observations, copy.begin(tensors.rows(observations)));
    return copy.output();
  }

  private Copy mine(ForwardPass<T> pass) {
    if (pass instanceof Identity<T>.Copy copy && copy.owner() == this) {
      return copy;
    }
    throw new IllegalArgumentException("The pass is not of this embedder.");
  }

  /** Does nothing: there is nothing to learn. */
  @Override
  public void backward(ForwardPass<T> pass, T embeddingGradient) {}

  @Override
  public void update() {
    version++;
  }

  @Override
  public void clearGradients() {}

  @Override
  public long version() {
    return version;
  }

  @Override
  public List<Parameter<T>> parameters() {
    return List.of();
  }

  @Override
  public void save(StateWriter out) {
    out.longs("version", version);
  }

  @Override
  public void load(StateReader in) {
    version = in.number("version", 0, Long.MAX_VALUE);
  }

  @Override
  public void close() {}

  /** Observations, which are their embeddings too. */
  private final class Copy implements ForwardPass<T> {
    private final Scope<T> scope = tensors.newScope();
    private final RowBuffer<T> held;
    private final int capacity;
    private int rows;

    Copy(int capacity) {
      this.capacity = capacity;
      this.held = new RowBuffer<>(tensors, scope, capacity, size);
    }

    Identity<T> owner() {
      return Identity.this;
    }

    T begin(int count) {
      if (count > capacity) {
        throw new IllegalArgumentException(
            "The pass has room for " + capacity + " rows, but " + count + " were given.");
      }
      rows = count;
      return held.first(count);
    }

    @Override
    public int capacity() {
      return capacity;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public T input() {
      return output();
    }

    @Override
    public T output() {
      if (rows == 0) {
        throw new IllegalStateException("The pass is empty: embed with it first.");
      }
      return held.first(rows);
    }

    @Override
    public void scatterFrom(ForwardPass<T> source, int[] targetRows) {
      tensors.scatterRows(mine(source).output(), targetRows, held.all());
      for (int row : targetRows) {
        rows = Math.max(rows, row + 1);
      }
    }

    @Override
    public void gatherFrom(ForwardPass<T> source, int[] sourceRows) {
      T from = mine(source).output();
      int before = rows;
      try {
        tensors.gatherRows(from, sourceRows, begin(sourceRows.length));
      } catch (IllegalArgumentException e) {
        rows = before;
        throw e;
      }
    }

    @Override
    public void save(StateWriter out) {
      out.longs("rows", rows);
      if (rows > 0) {
        out.matrix("output", tensors, output());
      }
    }

    @Override
    public void load(StateReader in) {
      rows = (int) in.number("rows", 0, capacity);
      if (rows > 0) {
        in.matrix("output", tensors, output());
      }
    }

    @Override
    public long retainedBytes() {
      return (long) capacity * size * tensors.elementBytes();
    }

    @Override
    public void close() {
      scope.close();
    }
  }
}
