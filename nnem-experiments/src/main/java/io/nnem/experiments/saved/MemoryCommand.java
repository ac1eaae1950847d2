package io.nnem.experiments.saved;

import io.nnem.datasets.NpzWriter;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.report.table.Csv;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnem memory}: what a file holds. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    header = "Say what a saved network remembers, or write its keys and values.",
    description =
        "%nSays what the network was built of, how many memories of each label it holds and how old"
            + " they are (in updates of the embedder), and what the bytes of the file are for."
            + " FILE is one that nnem train, MemoryNetwork, MemoryClassifier or MemoryRegressor"
            + " has saved.%n")
public final class MemoryCommand implements Callable<Integer> {
  private static final Table<Map.Entry<String, String>> PARTS =
      Table.<Map.Entry<String, String>>of()
          .with("what", Format.TEXT, Map.Entry::getKey)
          .with("value", Format.TEXT, Map.Entry::getValue);

  private static final Table<Ages> AGES =
      Table.<Ages>of()
          .with("label", Format.TEXT, Ages::label)
          .with("memories", Format.GROUPED, ages -> ages.sorted().length)
          .with("youngest", Format.GROUPED, ages -> ages.sorted()[0])
          .with("median age", Format.GROUPED, ages -> ages.sorted()[ages.sorted().length / 2])
          .with("oldest", Format.GROUPED, ages -> ages.sorted()[ages.sorted().length - 1]);

  private static final Table<Map.Entry<String, Long>> BYTES =
      Table.<Map.Entry<String, Long>>of()
          .with("part", Format.TEXT, Map.Entry::getKey)
          .with("bytes", Format.GROUPED, Map.Entry::getValue);

  private final Supplier<Catalogue> catalogue;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A saved network.")
  private Path file;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description =
          "Writes all memories: a name that ends in .npz for NumPy (slots, ages, labels, keys,"
              + " values), in .csv for a table. Values are as stored: a regressor's are less their"
              + " mean, in standard deviations.")
  private Path export;

  /** A memory. */
  private record Stored(int slot, long age, String label, List<float[]> numbers) {
    float[] key() {
      return numbers.get(0);
    }

    float[] value() {
      return numbers.get(1);
    }
  }

  /** Ages of the memories of a label, the youngest first. */
  private record Ages(String label, List<Stored> memories) {
    long[] sorted() {
      return memories.stream().mapToLong(Stored::age).sorted().toArray();
    }
  }

  public MemoryCommand(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Integer call() throws IOException {
    if (export != null) {
      WholeFile.require("--export", export);
      if (!export.toString().matches("(?s).*\\.(npz|csv)")) {
        throw new ConfigException("--export " + export + ": its name must end in .npz or .csv");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    try (SavedNetwork saved = SavedNetwork.load(file, catalogue.get())) {
      List<Stored> memories = memories(saved);
      describe(saved, memories, out);
      if (export != null) {
        boolean csv = export.toString().endsWith(".csv");
        WholeFile.write(
            export,
            stream -> {
              if (csv) {
                writeCsv(memories, stream);
              } else {
                writeNpz(memories, stream);
              }
            });
        out.println(memories.size() + " memories are in " + export);
      }
    }
    out.flush();
    return 0;
  }

  private static List<Stored> memories(SavedNetwork saved) {
    List<Stored> all = new ArrayList<>();
    saved
        .network()
        .memories(
            (slot, age, key, value) ->
                all.add(
                    new Stored(
                        slot,
                        age,
                        saved.label().map(label -> label.apply(largest(value))).orElse(""),
                        List.of(key, value))));
    return all;
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }

  private void describe(SavedNetwork saved, List<Stored> memories, PrintWriter out) {
    out.println(file + " holds " + saved.kind() + ".");
    out.println();
    Map<String, String> parts = new TreeMap<>();
    saved.metadata().forEach((name, text) -> parts.put(name, text));
    parts.keySet().removeIf(name -> name.endsWith(".from") || name.startsWith("note."));
    saved
        .metadata()
        .forEach(
            (name, from) -> {
              if (name.endsWith(".from") && !from.startsWith("io.nnem.")) {
                parts.merge(name.substring(0, name.length() - 5), from, (a, b) -> a + ", " + b);
              }
            });
    parts.put("precision", saved.doubles() ? "64-bit floats" : "32-bit floats");
    parts.put("steps", Long.toString(saved.network().steps()));
    parts.put("memories", memories.size() + " of " + saved.network().memory().capacity());
    out.print(Text.of(PARTS, List.copyOf(parts.entrySet())));
    out.println();
    Map<Integer, List<Stored>> byLabel = new TreeMap<>(); // by its number, not as a text
    boolean labelled = saved.label().isPresent();
    for (Stored memory : memories) {
      int number = labelled ? largest(memory.value()) : 0;
      byLabel.computeIfAbsent(number, n -> new ArrayList<>()).add(memory);
    }
    out.print(
        Text.of(
            AGES,
            byLabel.values().stream()
                .map(each -> new Ages(labelled ? each.get(0).label() : "(all)", each))
                .toList()));
    out.println();
    Map<String, Long> bytes = new TreeMap<>();
    saved.entries().forEach(entry -> bytes.merge(part(entry.name()), entry.bytes(), Long::sum));
    out.print(Text.of(BYTES, List.copyOf(bytes.entrySet())));
  }

  /** As in {@code memory.store.keys}; what a learner adds is its columns and labels. */
  private static String part(String name) {
    String inner = name.startsWith("learner.network.") ? name.substring(16) : name;
    if (inner.equals(name) && (name.startsWith("learner.") || !name.contains("."))) {
      return "columns, labels, steps";
    }
    String[] names = inner.split("\\.", -1);
    int deep = inner.startsWith("memory.store.") ? 3 : 1;
    return String.join(".", List.of(names).subList(0, Math.min(deep, names.length)));
  }

  private static void writeNpz(List<Stored> memories, OutputStream stream) throws IOException {
    NpzWriter npz = new NpzWriter(stream);
    npz.longs("slots", memories.stream().mapToLong(Stored::slot).toArray());
    npz.longs("ages", memories.stream().mapToLong(Stored::age).toArray());
    npz.texts("labels", memories.stream().map(Stored::label).toList());
    npz.floats("keys", memories.stream().map(Stored::key).toList());
    npz.floats("values", memories.stream().map(Stored::value).toList());
    npz.close();
  }

  private static void writeCsv(List<Stored> memories, OutputStream stream) throws IOException {
    List<String> head = new ArrayList<>(List.of("slot", "age", "label"));
    if (!memories.isEmpty()) {
      IntStream.range(0, memories.get(0).value().length).forEach(i -> head.add("value_" + i));
      IntStream.range(0, memories.get(0).key().length).forEach(i -> head.add("key_" + i));
    }
    stream.write(Csv.line(head).getBytes(StandardCharsets.UTF_8));
    for (Stored memory : memories) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(memory.slot()));
      cells.add(Long.toString(memory.age()));
      cells.add(memory.label());
      for (float[] numbers : List.of(memory.value(), memory.key())) {
        for (float number : numbers) {
          cells.add(Float.toString(number));
        }
      }
      stream.write(Csv.line(cells).getBytes(StandardCharsets.UTF_8));
    }
  }
}
