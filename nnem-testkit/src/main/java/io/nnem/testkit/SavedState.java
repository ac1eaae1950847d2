package io.nnem.testkit;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What something has saved, held in memory: to be compared bit for bit, and loaded into a twin. Two
 * states are equal if all their entries have the same bits.
 */
public final class SavedState {

  /** One entry: its kind, its shape, and its elements as numbers that tell all bits apart. */
  private record Entry(String kind, List<Integer> shape, List<Object> elements) {}

  private final Map<String, Entry> entries = new TreeMap<>();

  private SavedState() {}

  /**
   * Saves something.
   *
   * @param source whose state
   * @return its state
   */
  public static SavedState of(Stateful source) {
    SavedState state = new SavedState();
    source.save(state.new Writer(""));
    return state;
  }

  /**
   * Loads the state into a twin of what it was saved from.
   *
   * @param target takes it over
   * @throws StateException if it does not fit, or something of it was not asked for
   */
  public void loadInto(Stateful target) {
    Reader reader = new Reader("", new TreeSet<>());
    target.load(reader);
    TreeSet<String> left = new TreeSet<>(entries.keySet());
    left.removeAll(reader.asked);
    if (!left.isEmpty()) {
      throw new StateException("Nobody asked for " + String.join(", ", left) + " when loading.");
    }
  }

  /** Entries in a form that {@link Comparisons#assertSameState} takes. */
  List<Object> toList() {
    List<Object> list = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          List<Object> all = new ArrayList<>(List.of(name));
          all.addAll(entry.elements());
          list.add(all);
        });
    return list;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SavedState state && entries.equals(state.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "SavedState" + entries.keySet();
  }

  private final class Writer implements StateWriter {
    private final String prefix;

    Writer(String prefix) {
      this.prefix = prefix;
    }

    private void put(String name, String kind, List<Integer> shape, List<Object> elements) {
      if (entries.put(prefix + name, new Entry(kind, shape, elements)) != null) {
        throw new IllegalStateException("The state names '" + prefix + name + "' twice.");
      }
    }

    private void put(String name, String kind, List<Object> elements) {
      put(name, kind, List.of(elements.size()), elements);
    }

    @Override
    public <T> void matrix(String name, Tensors<T> tensors, T matrix) {
      List<Object> elements = new ArrayList<>();
      for (double element : Matrices.elements(tensors, matrix)) {
        elements.add(element);
      }
      put(name, "matrix", List.of(tensors.rows(matrix), tensors.columns(matrix)), elements);
    }

    @Override
    public void bytes(String name, byte[] values) {
      List<Object> elements = new ArrayList<>();
      for (byte value : values) {
        elements.add(value);
      }
      put(name, "bytes", elements);
    }

    @Override
    public void ints(String name, int... values) {
      put(name, "ints", Arrays.stream(values).mapToObj(each -> (Object) each).toList());
    }

    @Override
    public void longs(String name, long... values) {
      put(name, "longs", Arrays.stream(values).mapToObj(each -> (Object) each).toList());
    }

    @Override
    public void floats(String name, float... values) {
      List<Object> elements = new ArrayList<>();
      for (float value : values) {
        elements.add(value);
      }
      put(name, "floats", elements);
    }

    @Override
    public void doubles(String name, double... values) {
      put(name, "doubles", Arrays.stream(values).mapToObj(each -> (Object) each).toList());
    }

    @Override
    public void text(String name, String value) {
      put(name, "text", List.of(value));
    }

    @Override
    public void part(String name, Stateful part) {
      part.save(new Writer(prefix + name + "."));
    }
  }

  private final class Reader implements StateReader {
    private final String prefix;
    private final Set<String> asked;

    Reader(String prefix, Set<String> asked) {
      this.prefix = prefix;
      this.asked = asked;
    }

    private Entry get(String name) {
      Entry entry = entries.get(prefix + name);
      if (entry == null) {
        throw new StateException(
            "There is no '" + prefix + name + "' in " + entries.keySet() + ".");
      }
      asked.add(prefix + name);
      return entry;
    }

    private List<Object> get(String name, String kind, int count) {
      Entry entry = get(name);
      if (!entry.kind().equals(kind) || entry.elements().size() != count) {
        throw new StateException(
            prefix
                + name
                + " must be "
                + count
                + " "
                + kind
                + ", but is "
                + entry.elements().size()
                + " "
                + entry.kind()
                + ".");
      }
      return entry.elements();
    }

    @Override
    public <T> void matrix(String name, Tensors<T> tensors, T out) {
      List<Integer> shape = List.of(tensors.rows(out), tensors.columns(out));
      Entry entry = get(name);
      if (!entry.kind().equals("matrix") || !entry.shape().equals(shape)) {
        throw new StateException(
            prefix + name + " must be a matrix of " + shape + ", but is of " + entry.shape() + ".");
      }
      for (int i = 0; i < entry.elements().size(); i++) {
        tensors.set(out, i / shape.get(1), i % shape.get(1), (double) entry.elements().get(i));
      }
    }

    @Override
    public long length(String name) {
      return get(name).elements().size();
    }

    @Override
    public boolean has(String name) {
      return entries.keySet().stream()
          .anyMatch(each -> each.equals(prefix + name) || each.startsWith(prefix + name + "."));
    }

    @Override
    public byte[] bytes(String name, int count) {
      List<Object> elements = get(name, "bytes", count);
      byte[] values = new byte[count];
      for (int i = 0; i < count; i++) {
        values[i] = (byte) elements.get(i);
      }
      return values;
    }

    @Override
    public int[] ints(String name, int count) {
      return get(name, "ints", count).stream().mapToInt(each -> (int) each).toArray();
    }

    @Override
    public long[] longs(String name, int count) {
      return get(name, "longs", count).stream().mapToLong(each -> (long) each).toArray();
    }

    @Override
    public float[] floats(String name, int count) {
      List<Object> elements = get(name, "floats", count);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) elements.get(i);
      }
      return values;
    }

    @Override
    public double[] doubles(String name, int count) {
      return get(name, "doubles", count).stream().mapToDouble(each -> (double) each).toArray();
    }

    @Override
    public String text(String name) {
      return (String) get(name, "text", 1).get(0);
    }

    @Override
    public void part(String name, Stateful part) {
      part.load(new Reader(prefix + name + ".", asked));
    }
  }
}
