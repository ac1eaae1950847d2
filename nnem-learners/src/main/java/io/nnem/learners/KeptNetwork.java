package io.nnem.learners;

import io.nnem.core.Scope;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.credit.ChangeLog;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.learners.journal.Call;
import io.nnem.learners.journal.Journal;
import io.nnem.memory.Slots;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;

/** A memory network; its calls are matrices, with the bits that the back end computes with. */
final class KeptNetwork<T> implements Kept<MemoryNetwork<T>> {

  private static final int SIZES_BYTES = 3 * Integer.BYTES;

  private final MemoryNetwork<T> network;
  private final Tensors<T> tensors;

  private KeptNetwork(MemoryNetwork<T> network) {
    this.network = network;
    this.tensors = network.tensors();
  }

  static <T> Origin<MemoryNetwork<T>> of(MemoryNetworkBuilder<T> builder) {
    return new Origin<>() {
      @Override
      public Kept<MemoryNetwork<T>> create() {
        return new KeptNetwork<>(builder.build());
      }

      @Override
      public Kept<MemoryNetwork<T>> load(Path checkpoint) throws IOException {
        return new KeptNetwork<>(builder.load(checkpoint));
      }
    };
  }

  /** Writes down what the network is about to do. */
  private final class Writing implements ChangeLog<T> {
    private final CallLog log;

    Writing(CallLog log) {
      this.log = log;
    }

    @Override
    public void begin() {
      log.begin();
    }

    @Override
    public void batch(T queries, T targets, T observations, T values) {
      if (queries == null) {
        write(CallLog.REMEMBER, observations, values);
      } else {
        write(observations == null ? CallLog.LEARN : CallLog.STEP, queries, targets);
      }
    }

    private void write(int kind, T first, T second) {
      ByteBuffer record = Journal.room(bytes(first) + bytes(second));
      put(first, record);
      put(second, record);
      log.call(kind, record);
    }

    @Override
    public void replaceValues(Slots slots, T values) {
      ByteBuffer record = Journal.room(bytes(slots) + bytes(values));
      put(slots, record);
      put(values, record);
      log.call(CallLog.REPLACE_VALUES, record);
    }

    @Override
    public void clear(Slots slots) {
      ByteBuffer record = Journal.room(bytes(slots));
      put(slots, record);
      log.call(CallLog.CLEAR, record);
    }

    @Override
    public void done(boolean whole) {
      log.done(whole);
    }
  }

  private long bytes(T matrix) {
    long elements = (long) tensors.rows(matrix) * tensors.columns(matrix);
    return SIZES_BYTES + elements * tensors.elementBytes();
  }

  private void put(T matrix, ByteBuffer record) {
    int elements = tensors.rows(matrix) * tensors.columns(matrix);
    record.putInt(tensors.rows(matrix)).putInt(tensors.columns(matrix));
    record.putInt(tensors.elementBytes());
    if (tensors.elementBytes() == Float.BYTES) {
      float[] floats = new float[elements];
      tensors.copyOut(matrix, floats);
      record.asFloatBuffer().put(floats);
    } else {
      double[] doubles = new double[elements];
      tensors.copyOut(matrix, doubles);
      record.asDoubleBuffer().put(doubles);
    }
    record.position(record.position() + elements * tensors.elementBytes());
  }

  private static long bytes(Slots slots) {
    return Integer.BYTES * (1L + slots.count());
  }

  private static void put(Slots slots, ByteBuffer record) {
    record.putInt(slots.count());
    for (int i = 0; i < slots.count(); i++) {
      record.putInt(slots.get(i));
    }
  }

  @Override
  public void replay(Call call) {
    CallReader reader = new CallReader(call);
    switch (call.kind()) {
      case CallLog.STEP -> matrices(call, reader, network::step);
      case CallLog.LEARN -> matrices(call, reader, network::learn);
      case CallLog.REMEMBER -> matrices(call, reader, network::remember);
      case CallLog.REPLACE_VALUES -> {
        Slots slots = slots(reader);
        try (Scope<T> scope = tensors.newScope()) {
          T values = matrix(call, reader, scope);
          reader.requireEnd();
          network.replaceValues(slots, values);
        }
      }
      case CallLog.CLEAR -> {
        Slots slots = slots(reader);
        reader.requireEnd();
        network.clear(slots);
      }
      default -> throw Kept.unreadable(call, "a network has no calls of kind " + call.kind() + ".");
    }
  }

  private void matrices(Call call, CallReader reader, BiConsumer<T, T> action) {
    try (Scope<T> scope = tensors.newScope()) {
      T first = matrix(call, reader, scope);
      T second = matrix(call, reader, scope);
      reader.requireEnd();
      action.accept(first, second);
    }
  }

  private T matrix(Call call, CallReader reader, Scope<T> scope) {
    int rows = reader.count();
    int columns = reader.count();
    int bytes = reader.count();
    if (rows == 0 || columns == 0 || bytes != tensors.elementBytes()) {
      throw Kept.unreadable(
          call,
          "it has a matrix of "
              + rows
              + " x "
              + columns
              + " elements of "
              + bytes
              + " bytes; this back end has elements of "
              + tensors.elementBytes()
              + ".");
    }
    int elements = reader.elements(rows, columns, bytes);
    T matrix = scope.zeros(rows, columns);
    if (bytes == Float.BYTES) {
      tensors.copyIn(reader.floats(elements), matrix);
    } else {
      tensors.copyIn(reader.doubles(elements), matrix);
    }
    return matrix;
  }

  private static Slots slots(CallReader reader) {
    return Slots.of(reader.ints(reader.count()));
  }

  @Override
  public MemoryNetwork<T> network() {
    return network;
  }

  @Override
  public Map<String, String> description() {
    return network.description();
  }

  @Override
  public String backend() {
    return tensors.description();
  }

  @Override
  public Stateful state() {
    return network;
  }

  @Override
  public void unchanged(Runnable action) {
    network.unchanged(action);
  }

  @Override
  public void keep(CallLog log) {
    network.keep(new Writing(log));
  }

  @Override
  public void close() {
    network.close();
  }
}
