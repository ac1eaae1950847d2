package io.nnem.core.network;

import io.nnem.core.BuiltLayer;
import io.nnem.core.Layer;
import io.nnem.core.LayerContext;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.List;

/** Layers one after the other: the inside of a network, and of a residual layer. */
final class Chain<T> {

  private final Tensors<T> tensors;
  private final List<BuiltLayer<T>> layers = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Parameter<T>> parameters = new ArrayList<>();

  /** Builds them; the first is called {@code layer-1}, behind the prefix. */
  Chain(LayerContext<T> context, String prefix, List<? extends Layer> descriptions) {
    tensors = context.tensors();
    RowShape shape = context.inputs();
    for (Layer description : descriptions) {
      String name = prefix + "layer-" + (layers.size() + 1);
      RowShape outputs = description.outputs(shape);
      BuiltLayer<T> layer =
          description.build(
              new LayerContext<>(tensors, context.scope(), name, shape, context.random()));
      layers.add(layer);
      parameters.addAll(layer.parameters());
      sizes.add(outputs.size());
      shape = outputs;
    }
  }

  Tensors<T> tensors() {
    return tensors;
  }

  List<BuiltLayer<T>> layers() {
    return layers;
  }

  /** Floats of each layer's output rows. */
  List<Integer> sizes() {
    return sizes;
  }

  int outputs() {
    return sizes.get(sizes.size() - 1);
  }

  List<Parameter<T>> parameters() {
    return parameters;
  }

  ChainPass<T> newPass(Scope<T> scope, int capacity) {
    return new ChainPass<>(this, scope, capacity);
  }
}
