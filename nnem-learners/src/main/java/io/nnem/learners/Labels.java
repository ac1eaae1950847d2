package io.nnem.learners;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels that were seen, numbered in the order of their first appearance. Immutable. */
final class Labels {

  static final Labels NONE = new Labels(List.of());

  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  private Labels(List<String> names) {
    this.names = List.copyOf(names);
    names.forEach(name -> numbers.put(name, numbers.size()));
  }

  int count() {
    return names.size();
  }

  List<String> names() {
    return names;
  }

  String name(int number) {
    return names.get(number);
  }

  /** -1 if it was never seen. */
  int number(String name) {
    return numbers.getOrDefault(name, -1);
  }

  /**
   * These and those of more rows.
   *
   * @throws IllegalArgumentException if one is null or no valid text, or there are too many
   */
  Labels with(String[] more, int most) {
    List<String> all = new ArrayList<>(names);
    Map<String, Integer> known = new HashMap<>(numbers);
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    for (int row = 0; row < more.length; row++) {
      String name = more[row];
      if (name == null || !encoder.canEncode(name)) {
        throw new IllegalArgumentException(
            "The label of row "
                + row
                + " (counted from 0) is "
                + (name == null ? "null." : "no valid Unicode text."));
      }
      if (known.putIfAbsent(name, known.size()) == null) {
        all.add(name);
      }
      if (all.size() > most) {
        throw new IllegalArgumentException(
            "The label '"
                + name
                + "' of row "
                + row
                + " (counted from 0) is one too many: there is"
                + " room for "
                + most
                + " different labels. Build the classifier with a larger maximumLabels.");
      }
    }
    return all.size() == names.size() ? this : new Labels(all);
  }

  void save(StateWriter out) {
    out.ints("label-lengths", names.stream().mapToInt(String::length).toArray());
    out.bytes("label-names", String.join("", names).getBytes(StandardCharsets.UTF_8));
  }

  static Labels load(StateReader in, int most) {
    long count = in.length("label-lengths");
    if (count > most) {
      throw new StateException("There are " + count + " labels, but room for " + most + ".");
    }
    String all =
        new String(in.bytes("label-names", (int) in.length("label-names")), StandardCharsets.UTF_8);
    List<String> names = new ArrayList<>();
    int at = 0;
    for (int length : in.ints("label-lengths", (int) count)) {
      if (length < 0 || length > all.length() - at) {
        throw new StateException("A label is said to have " + length + " characters.");
      }
      names.add(all.substring(at, at + length));
      at += length;
    }
    Labels labels = new Labels(names);
    if (labels.numbers.size() != count) {
      throw new StateException("A label stands there twice.");
    }
    return labels;
  }
}
