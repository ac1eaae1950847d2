package io.nnem.testkit;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A saved state in memory, for tests: as strict as a file about names, kinds and shapes.
 *
 * <pre>{@code
 * MemoryState state = MemoryState.of(embedder);
 * state.loadInto(twin); // fails if the twin leaves something unread
 * }</pre>
 */
public final class MemoryState {

  /** Rows, columns, and the elements row by row, exactly. */
  private record Elements(int rows, int columns, List<Double> elements) {}

  private final Map<String, Object> entries = new TreeMap<>(); // lists, texts and matrices

  private MemoryState() {}

  /**
   * Saves.
   *
   * @param part whose state
   * @return what it saved
   * @throws IllegalArgumentException if it uses a name twice, or one that is not allowed
   */
  public static MemoryState of(Stateful part) {
    MemoryState state = new MemoryState();
    part.save(state.new Writer(""));
    return state;
  }

  /**
   * Loads, and sees that everything was read.
   *
   * @param part who takes it over
   * @throws StateException if something is missing, does not fit, or was left unread
   */
  public void loadInto(Stateful part) {
    Set<String> unread = new TreeSet<>(entries.keySet());
    part.load(new Reader("", unread));
    if (!unread.isEmpty()) {
      throw new StateException("What was saved as " + unread + " was not loaded.");
    }
  }

  /**
   * The entries and what is in them, by name: lists of numbers, texts, and matrices. Equal if all
   * bits are.
   *
   * @return a copy
   */
  public Map<String, Object> entries() {
    return new TreeMap<>(entries);
  }

  private final class Writer implements StateWriter {
    private final String prefix;

    Writer(String prefix) {
      this.prefix = prefix;
    }

    private void put(String name, Object value) {
      if (!name.matches("[a-z0-9.-]+")) {
        throw new IllegalArgumentException(
            "A name in a state has lower-case letters, digits, hyphens and dots, but there is '"
                + name
                + "'.");
      }
      if (entries.putIfAbsent(prefix + name, value) != null) {
        throw new IllegalArgumentException("'" + prefix + name + "' was saved twice.");
      }
    }

    @Override
    public <T> void matrix(String name, Tensors<T> tensors, T matrix) {
      double[] elements = Matrices.elements(tensors, matrix);
      put(
          name,
          new Elements(
              tensors.rows(matrix),
              tensors.columns(matrix),
              Arrays.stream(elements).boxed().toList()));
    }

    @Override
    public void bytes(String name, byte[] values) {
      List<Byte> list = new ArrayList<>();
      for (byte value : values) {
        list.add(value);
      }
      put(name, list);
    }

    @Override
    public void ints(String name, int... values) {
      put(name, Arrays.stream(values).boxed().toList());
    }

    @Override
    public void longs(String name, long... values) {
      put(name, Arrays.stream(values).boxed().toList());
    }

    @Override
    public void floats(String name, float... values) {
      List<Float> list = new ArrayList<>();
      for (float value : values) {
        list.add(value);
      }
      put(name, list);
    }

    @Override
    public void doubles(String name, double... values) {
      put(name, Arrays.stream(values).boxed().toList());
    }

    @Override
    public void text(String name, String value) {
      put(name, value);
    }

    @Override
    public void part(String name, Stateful part) {
      part.save(new Writer(prefix + name + "."));
    }
  }

  private final class Reader implements StateReader {
    private final String prefix;
    private final Set<String> unread;

    Reader(String prefix, Set<String> unread) {
      this.prefix = prefix;
      this.unread = unread;
    }

    private <V> V get(String name, Class<V> kind) {
      Object value = entries.get(prefix + name);
      if (!kind.isInstance(value)) {
        throw new StateException(
            prefix + name + " is " + (value == null ? "missing" : "of another kind") + ".");
      }
      unread.remove(prefix + name);
      return kind.cast(value);
    }

    private <N> List<N> numbers(String name, int count, Class<N> kind) {
      List<?> list = get(name, List.class);
      if (list.size() != count || !list.stream().allMatch(kind::isInstance)) {
        throw new StateException(
            prefix + name + " must be " + count + " of " + kind.getSimpleName() + ": " + list);
      }
      return list.stream().map(kind::cast).toList();
    }

    @Override
    public <T> void matrix(String name, Tensors<T> tensors, T out) {
      Elements saved = get(name, Elements.class);
      if (saved.rows != tensors.rows(out) || saved.columns != tensors.columns(out)) {
        throw new StateException(
            String.format(
                Locale.ROOT,
                "%s%s is %d x %d, but must be %d x %d.",
                prefix,
                name,
                saved.rows,
                saved.columns,
                tensors.rows(out),
                tensors.columns(out)));
      }
      for (int i = 0; i < saved.elements.size(); i++) {
        tensors.set(out, i / saved.columns, i % saved.columns, saved.elements.get(i));
      }
    }

    @Override
    public long length(String name) {
      Object value = get(name, Object.class);
      if (value instanceof Elements matrix) {
        return matrix.elements.size();
      }
      return value instanceof List<?> list ? list.size() : ((String) value).length();
    }

    @Override
    public boolean has(String name) {
      String whole = prefix + name;
      return entries.keySet().stream()
          .anyMatch(key -> key.equals(whole) || key.startsWith(whole + "."));
    }

    @Override
    public byte[] bytes(String name, int count) {
      List<Byte> list = numbers(name, count, Byte.class);
      byte[] values = new byte[count];
      for (int i = 0; i < count; i++) {
        values[i] = list.get(i);
      }
      return values;
    }

    @Override
    public int[] ints(String name, int count) {
      return numbers(name, count, Integer.class).stream().mapToInt(i -> i).toArray();
    }

    @Override
    public long[] longs(String name, int count) {
      return numbers(name, count, Long.class).stream().mapToLong(i -> i).toArray();
    }

    @Override
    public float[] floats(String name, int count) {
      List<Float> list = numbers(name, count, Float.class);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = list.get(i);
      }
      return values;
    }

    @Override
    public double[] doubles(String name, int count) {
      return numbers(name, count, Double.class).stream().mapToDouble(i -> i).toArray();
    }

    @Override
    public String text(String name) {
      return get(name, String.class);
    }

    @Override
    public void part(String name, Stateful part) {
      part.load(new Reader(prefix + name + ".", unread));
    }
  }
}
