package io.nnem.core.state;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import java.util.function.Consumer;

/** A state made of two functions. */
record Lambdas(Consumer<StateWriter> saving, Consumer<StateReader> loading) implements Stateful {

  static Stateful saving(Consumer<StateWriter> saving) {
    return new Lambdas(saving, in -> {});
  }

  static Stateful loading(Consumer<StateReader> loading) {
    return new Lambdas(out -> {}, loading);
  }

  @Override
  public void save(StateWriter out) {
    saving.accept(out);
  }

  @Override
  public void load(StateReader in) {
    loading.accept(in);
  }
}
