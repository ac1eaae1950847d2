package io.nnem.experiments.run;

import io.nnem.credit.MemoryNetwork;
import io.nnem.experiments.config.Condition;
import io.nnem.memory.Slots;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A memory network, put together for one condition. */
final class Model<T> implements Trained<T> {
  private final Owned parts = new Owned();
  private final MemoryNetwork<T> network;

  Model(Assembly<T> assembly, Condition condition) {
    try {
      Decoding<T> decoding = Decoding.of(assembly, List.of(condition));
      network = assembly.network(condition, decoding, UnaryOperator.identity(), parts);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  @Override
  public Optional<Slots> step(T observations, T values) {
    return Optional.of(network.step(observations, values).written());
  }

  @Override
  public void answer(T observations, T out) {
    network.read(observations, out);
  }

  @Override
  public Optional<MemoryNetwork<T>> network() {
    return Optional.of(network);
  }

  @Override
  public void close() {
    parts.close();
  }
}
