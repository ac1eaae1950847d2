package io.nnem.core;

/**
 * A layer of a network as its author writes it down: its settings, without parameters. A network is
 * a list of them, each of which takes the rows that the one before it gives.
 */
public interface Layer {

  /**
   * What it makes of rows.
   *
   * @param inputs what its input rows are
   * @return what its output rows are
   * @throws IllegalArgumentException if it cannot take such rows
   */
  RowShape outputs(RowShape inputs);

  /**
   * Makes the layer, with parameters of its own.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the layer; its matrices belong to the context's scope
   * @throws IllegalArgumentException if it cannot take such rows
   */
  <T> BuiltLayer<T> build(LayerContext<T> context);
}
