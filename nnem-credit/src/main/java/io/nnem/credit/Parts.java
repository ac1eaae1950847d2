package io.nnem.credit;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import io.nnem.memory.Recall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a memory network is made of, and owns: closed in the opposite order of its making. */
final class Parts<T> implements Stateful, AutoCloseable {

  final Tensors<T> tensors;
  final LearningSettings settings;
  Embedder<T> writer;
  Embedder<T> reader; // the writer, unless there is another
  Optional<Decoder<T>> decoder = Optional.empty();
  Optional<Decoder<T>> learningDecoder = Optional.empty();
  Optional<Codec<T>> codec = Optional.empty();
  Memory<T> memory;
  Optional<Reinstatement<T>> reinstatement = Optional.empty();
  CreditAssigner<T> assigner;
  Recall<T> recall;
  Optional<KeyRefresher<T>> refresher = Optional.empty();
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  Parts(Tensors<T> tensors, LearningSettings settings) {
    this.tensors = tensors;
    this.settings = settings;
  }

  /** Takes a part over; of one that comes twice the second is ignored. */
  <P extends AutoCloseable> P own(P part) {
    if (owned.stream().noneMatch(other -> other == part)) {
      owned.push(part);
    }
    return part;
  }

  @SuppressWarnings("ReferenceEquality") // one object in two roles
  boolean hasReader() {
    return reader != writer;
  }

  @Override
  public void save(StateWriter out) {
    each(out::part);
  }

  @Override
  public void load(StateReader in) {
    each(in::part);
  }

  /** A decoder that learns in a way of its own has the state of the one that it teaches. */
  private void each(BiConsumer<String, Stateful> action) {
    action.accept("writer", writer);
    if (hasReader()) {
      action.accept("reader", reader);
    }
    learningDecoder.or(() -> decoder).ifPresent(part -> action.accept("decoder", part));
    codec.ifPresent(part -> action.accept("codec", part));
    action.accept("memory", memory);
    reinstatement.ifPresent(part -> action.accept("reinstatement", part));
    action.accept("assigner", assigner);
    action.accept("recall", recall);
    refresher.ifPresent(part -> action.accept("refresher", part));
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure; // the others are released nevertheless
      } catch (Exception e) {
        failure =
            failure == null ? new IllegalStateException("A part cannot be closed.", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
