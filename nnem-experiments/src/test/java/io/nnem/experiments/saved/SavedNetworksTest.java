package io.nnem.experiments.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.BackendProvider;
import io.nnem.core.Plugins;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.core.state.StateFile;
import io.nnem.credit.MemoryNetwork;
import io.nnem.datasets.IdxWriter;
import io.nnem.experiments.Calls;
import io.nnem.experiments.pretrained.PretrainedFolder;
import io.nnem.learners.MemoryClassifier;
import io.nnem.learners.MemoryRegressor;
import io.nnem.learners.Prediction;
import io.nnem.report.table.Csv;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nnem train}, {@code predict} and {@code memory}, one after another. */
class SavedNetworksTest {
  private static final String[] SMALL = {
    "--steps=150",
    "--set=warmup-steps=10",
    "--capacity=40",
    "--batch=8",
    "--set=evaluate-every=50",
    "--set=embedder-hidden=16",
    "--set=embedding-size=4",
    "--set=embedder-learning-rate=0.01",
    "--set=query-gradient=true",
    "--jobs=1"
  };

  @TempDir Path folder;
  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void silence() {
    out = new StringWriter();
    err = new StringWriter();
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Calls.execute(
        binder -> binder.bind(PretrainedFolder.class).toInstance(PretrainedFolder.none()),
        out,
        err,
        arguments);
  }

  private int train(String... more) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(SMALL));
    all.addAll(List.of(more));
    all.add("--out=" + run());
    return execute(all.toArray(String[]::new));
  }

  private Path run() {
    return folder.resolve("run");
  }

  private Path network() {
    return run().resolve("network-seed-1.safetensors");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  /** Leaves of three trees: one column constant, one of other units, one of names. */
  private static List<String> leaves(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int tree = random.nextInt(3);
      lines.add(
          String.format(
              Locale.ROOT,
              "%.4f,7,%s,%.1f,%s",
              tree + 0.4 * random.nextDouble(),
              random.nextInt(10) > 0 ? List.of("clay", "sand", "loam").get(tree) : "clay",
              1e6 * (tree == 1 ? 3 : 1) + 1e6 * random.nextDouble(),
              List.of("oak", "fir", "ash, mountain").get(tree).contains(",")
                  ? "\"ash, mountain\""
                  : List.of("oak", "fir", "").get(tree)));
    }
    return lines;
  }

  private Path table(String name, int count, long seed) throws IOException {
    return file(
        name, "length,same,soil,weight,tree\n" + String.join("\n", leaves(count, seed)) + "\n");
  }

  private static List<Map<String, String>> rows(String csv) throws IOException {
    List<List<String>> lines = Csv.rows(csv);
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < line.size(); i++) {
        row.put(lines.get(0).get(i), line.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  @Test
  void aTableIsTrainedOn_andAnotherLabelled() throws IOException {
    assertThat(train("--data=" + table("leaves.csv", 300, 1), "--label=tree")).isZero();
    assertThat(out.toString()).contains("The network is in " + network());
    Path fresh = table("fresh.csv", 100, 2);
    assertThat(execute("predict", network().toString(), "--data", fresh.toString())).isZero();
    List<Map<String, String>> said = rows(out.toString());
    assertThat(said).hasSize(100);
    long right =
        said.stream().filter(row -> row.get("label").equals(row.get("true_label"))).count();
    assertThat(right).isGreaterThan(90);
    assertThat(err.toString())
        .contains("accuracy " + right + ".0%: " + right + " of 100 rows are labelled as in");

    try (MemoryClassifier classifier = MemoryClassifier.load(network())) {
      assertThat(classifier.labels()).containsExactly("ash, mountain", "fir", "oak");
      List<String> line = Csv.rows(Files.readString(fresh)).get(1);
      float[] row = {Float.parseFloat(line.get(0)), 7, 0, 0, 0, Float.parseFloat(line.get(3))};
      row[2 + soils().indexOf(line.get(2))] = 1;
      Prediction same = classifier.predict(row);
      Map<String, String> first = said.get(0);
      assertThat(first).containsEntry("row", "1").containsEntry("label", same.label());
      assertThat(Double.parseDouble(first.get("probability")))
          .isCloseTo(same.probabilities().get(same.label()), within(1e-5));
      assertThat(Double.parseDouble(first.get("familiarity")))
          .isCloseTo(same.familiarity(), within(1e-5));
      for (int i = 1; i <= 5; i++) {
        Prediction.Evidence memory = same.evidence().get(i - 1);
        assertThat(first)
            .containsEntry("slot_" + i, Integer.toString(memory.slot()))
            .containsEntry("label_" + i, memory.label())
            .containsEntry("age_" + i, Long.toString(memory.age()));
        assertThat(Double.parseDouble(first.get("similarity_" + i)))
            .isCloseTo(memory.similarity(), within(1e-5));
      }
    }
  }

  /** In the order of their first appearance in the training file. */
  private static List<String> soils() {
    return leaves(300, 1).stream().map(line -> line.split(",", -1)[2]).distinct().toList();
  }

  @Test
  void columnsAreFoundByName_andLabelsNeedNotBeThere() throws IOException {
    assertThat(train("--data=" + table("leaves.csv", 200, 1), "--label=tree")).isZero();
    Path fresh = table("fresh.csv", 20, 2);
    predict(fresh);
    List<Map<String, String>> said = rows(out.toString());
    List<String> turned = new ArrayList<>();
    for (List<String> line : Csv.rows(Files.readString(fresh))) {
      turned.add(String.join(",", line.get(3), line.get(2), line.get(0), line.get(1)));
    }
    predict(file("turned.csv", String.join("\r\n", turned)));
    assertThat(err.toString()).isEmpty();
    List<Map<String, String>> again = rows(out.toString());
    said.forEach(row -> row.remove("true_label"));
    assertThat(again).isEqualTo(said);

    Path labels = folder.resolve("labels.csv");
    Path others = file(".labels.csv.0.part", "another's");
    predict(fresh, "--out", labels.toString());
    assertThat(out.toString()).isEmpty();
    assertThat(rows(Files.readString(labels))).hasSize(20);
    assertThat(others).hasContent("another's");
  }

  @Test
  void aLabelThatWasNumbered_isFoundByName_andMayBeBlank() throws IOException {
    assertThat(train("--data=" + table("leaves.csv", 60, 1), "--label=5")).isZero();
    predict(file("turned.csv", "tree,length,same,soil,weight\noak,1,7,clay,2\nfir,2,7,clay,2\n"));
    assertThat(rows(out.toString()))
        .extracting(row -> row.get("true_label"))
        .containsExactly("oak", "fir");
    predict(file("blank.csv", "tree,length,same,soil,weight\n,1,7,clay,2\n,2,7,clay,2\n"));
    assertThat(rows(out.toString())).hasSize(2).noneMatch(row -> row.containsKey("true_label"));
  }

  private void predict(Path data, String... more) {
    assertThat(predicts(data, more)).as(err.toString()).isZero();
  }

  private int predicts(Path data, String... more) {
    List<String> all = new ArrayList<>(List.of("predict", network().toString(), "--data"));
    all.add(data.toString());
    all.addAll(List.of(more));
    return execute(all.toArray(String[]::new));
  }

  @Test
  void otherData_isRefused_andNothingIsWritten() throws IOException {
    assertThat(train("--data=" + table("leaves.csv", 100, 1), "--label=tree")).isZero();
    Path kept = file("kept.csv", "kept");
    for (String[] each :
        new String[][] {
          {
            "length,same,soil,breadth\n1,7,clay,2\n",
            "expected the columns length, same, soil, weight, found"
          },
          {
            "length,same,soil,weight\n1,7,clay\n",
            "line 2: there are 3 fields, but the first line has 4"
          },
          {
            "length,same,soil,weight\n1,7,peat,2\n",
            "line 2, column 3: 'peat' in soil was not among"
          },
          {
            "length,same,soil,weight\n1,7,clay,\n",
            "line 2, column 4: the value of weight is missing"
          },
          {"length,same,soil,weight\n1,7,clay,x\n", "line 2, column 4: 'x' in weight is no number"},
          {"", "there is nothing in it"},
        }) {
      assertThat(predicts(file("other.csv", each[0]), "--out", kept.toString())).isEqualTo(2);
      assertThat(err.toString()).startsWith("nnem predict: ").contains("other.csv", each[1]);
      assertThat(err.toString().lines()).hasSizeLessThan(3);
    }
    assertThat(predicts(table("more.csv", 5, 1), "--label", "bush")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no column 'bush'. There are: length, same");
    assertThat(predicts(folder.resolve("none.csv"))).isEqualTo(2);
    assertThat(err.toString()).contains("none.csv: there is no such file or folder");
    assertThat(predicts(folder)).isEqualTo(2);
    assertThat(predicts(Path.of("mnist"))).isEqualTo(2);
    assertThat(err.toString()).contains("its rows have 784 numbers, but the network in", "takes 6");
    assertThat(predicts(table("more.csv", 5, 1), "--out", folder + "/none/x.csv")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no folder");
    assertThat(predicts(table("more.csv", 5, 1), "--out", folder.toString())).isEqualTo(2);
    assertThat(kept).hasContent("kept");
  }

  @Test
  void aTableMayHaveNoHeader_andMissingValues() throws IOException {
    List<String> lines = leaves(200, 1);
    lines.set(3, "?" + lines.get(3).substring(lines.get(3).indexOf(',')));
    Path data = file("leaves.csv", String.join("\n", lines));
    assertThat(train("--data=" + data, "--label=5", "--header=false")).isEqualTo(2);
    assertThat(err.toString()).contains("line 4, column 1: the value of 1 is missing");
    assertThat(train("--data=" + data, "--label=5", "--header=false", "--missing=impute")).isZero();
    predict(data);
    assertThat(err.toString()).contains("of 200 rows are labelled as in the data");
    List<String> without =
        lines.stream().map(line -> line.replaceAll(",(oak|fir|\".*\")$", "")).toList();
    predict(file("without.csv", String.join("\n", without)));
    assertThat(err.toString()).isEmpty();
    assertThat(rows(out.toString()))
        .allSatisfy(row -> assertThat(row).doesNotContainKey("true_label"));
  }

  @Test
  void wrongCallsOfTrain_areRefused() throws IOException {
    Path data = table("leaves.csv", 30, 1);
    assertThat(train("--data=" + data)).isEqualTo(2);
    assertThat(err.toString()).contains("a file: name its column of labels with --label");
    assertThat(train("--data=" + data, "--label=bush")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no column 'bush'");
    assertThat(train("--data=" + data, "--label=tree", "--missing=guess")).isEqualTo(2);
    assertThat(err.toString()).contains("missing is \"guess\"; it must be one of");
    assertThat(train("--data=" + data, "--label=tree", "--conditions=exact-reinstatement/decoded"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("decodes observations, which is for images");
    assertThat(run()).doesNotExist();
  }

  /** Images, and all that a condition may be made of beside the network itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "exact-reinstatement/stored+pretrain-steps=5",
        "exact-reinstatement/decoded+pretrain-steps=5+options.nearest-k=3+recall=nearest",
        "anchored-reinstatement/code+pretrain-steps=5+options.code-size=3",
        "backprop+freshening=transport+eviction=class-balanced",
        "synthetic-gradient+embedder=conv+embedder-hidden=2"
      })
  void everyConditionIsSaved_andAnswersAsItDid(String condition) throws IOException {
    Path images = images();
    assertThat(train("--data=" + images, "--conditions=" + condition + "+steps=40"))
        .as(err.toString())
        .isZero();
    List<List<String>> metrics = Csv.rows(Files.readString(run().resolve("metrics.csv")));
    List<String> last = metrics.get(metrics.size() - 1);
    assertThat(last).contains("test");
    double accuracy = Double.parseDouble(last.get(metrics.get(0).indexOf("accuracy")));
    predict(images);
    assertThat(
            rows(out.toString()).stream().filter(r -> r.get("label").equals(r.get("true_label"))))
        .hasSize((int) Math.round(60 * accuracy));
    assertThat(execute("memory", network().toString())).isZero();
    assertThat(out.toString()).containsPattern("memories +40 of 40");
  }

  private Path images() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    SplittableRandom random = new SplittableRandom(4);
    for (String part : List.of("train", "t10k")) {
      int count = part.equals("train") ? 120 : 60;
      byte[] pixels = new byte[count * 36];
      byte[] labels = new byte[count];
      for (int i = 0; i < count; i++) {
        labels[i] = (byte) random.nextInt(3);
        for (int p = 0; p < 36; p++) {
          pixels[i * 36 + p] = (byte) (random.nextInt(120) + (p / 12 == labels[i] ? 130 : 0));
        }
      }
      IdxWriter.writeImages(images.resolve(part + "-images-idx3-ubyte"), 6, 6, pixels);
      IdxWriter.writeLabels(images.resolve(part + "-labels-idx1-ubyte"), labels);
    }
    return images;
  }

  @Test
  void memory_saysWhatAFileHolds() throws IOException {
    assertThat(train("--data=" + table("leaves.csv", 200, 1), "--label=tree")).isZero();
    Path npz = folder.resolve("keys.npz");
    Path csv = folder.resolve("keys.csv");
    assertThat(execute("memory", network().toString(), "--export", npz.toString())).isZero();
    assertThat(out.toString())
        .contains(network() + " holds a classifier.", "40 memories are in " + npz)
        .doesNotContain("$Proxy") // what stands in front of a plug-in is not what offers it
        .containsPattern("assigner +exact-reinstatement")
        .containsPattern("embedder +mlp")
        .containsPattern("hidden +16")
        .containsPattern("precision +32-bit floats")
        .containsPattern("steps +160")
        .containsPattern("memories +40 of 40")
        .containsPattern("memory.store.keys +640")
        .containsPattern("memory.store.values +480")
        .containsPattern("reinstatement +960");
    assertThat(execute("memory", network().toString(), "--export", csv.toString())).isZero();
    Map<String, ByteBuffer> arrays = arrays(npz);
    assertThat(arrays).containsOnlyKeys("slots", "ages", "labels", "keys", "values");
    List<Map<String, String>> rows = rows(Files.readString(csv));
    Map<String, Integer> byLabel = new HashMap<>();
    assertThat(rows).hasSize(40);
    for (int i = 0; i < 40; i++) {
      Map<String, String> row = rows.get(i);
      assertThat(row).containsEntry("slot", Long.toString(arrays.get("slots").getLong()));
      assertThat(row).containsEntry("age", Long.toString(arrays.get("ages").getLong()));
      for (String name : List.of("value_0", "value_1", "value_2")) {
        assertThat(row).containsEntry(name, Float.toString(arrays.get("values").getFloat()));
      }
      for (String name : List.of("key_0", "key_1", "key_2", "key_3")) {
        assertThat(row).containsEntry(name, Float.toString(arrays.get("keys").getFloat()));
      }
      StringBuilder label = new StringBuilder();
      for (int j = 0; j < "ash, mountain".length(); j++) {
        int point = arrays.get("labels").getInt();
        label.append(point == 0 ? "" : Character.toString(point));
      }
      assertThat(row).containsEntry("label", label.toString());
      int place = List.of("ash, mountain", "fir", "oak").indexOf(row.get("label"));
      assertThat(row).containsEntry("value_" + place, "1.0");
      byLabel.merge(row.get("label"), 1, Integer::sum);
    }
    byLabel.forEach(
        (label, count) -> assertThat(out.toString()).containsPattern(label + " +" + count + " "));
    assertThat(execute("memory", network().toString(), "--export", "keys.txt")).isEqualTo(2);
    assertThat(err.toString()).contains("its name must end in .npz or .csv");
  }

  /** Whatever is in an array, behind its header. */
  private static Map<String, ByteBuffer> arrays(Path npz) throws IOException {
    Map<String, ByteBuffer> arrays = new HashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(npz)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        ByteBuffer all = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        all.position(10 + all.getShort(8));
        arrays.put(entry.getName().replace(".npy", ""), all);
      }
    }
    return arrays;
  }

  @Test
  void memory_readsWhatOthersSave() throws IOException {
    Path file = folder.resolve("saved");
    float[][] rows = {{1, 2}, {3, 4}, {5, 7}, {0, 1}};
    try (MemoryRegressor regressor = MemoryRegressor.builder().capacity(20).build()) {
      regressor.partialFit(rows, new float[] {1, 2, 3, 4});
      regressor.save(file);
    }
    assertThat(execute("memory", file.toString())).isZero();
    assertThat(out.toString())
        .contains("holds a regressor.")
        .containsPattern("memories +4 of 20")
        .containsPattern("\\(all\\) +4 +");
    assertThat(execute("predict", file.toString(), "--data", "mnist")).isEqualTo(2);
    assertThat(err.toString()).contains("holds a regressor; predict takes a classifier's");

    save(new ReferenceTensors(), file, "all", "fifo");
    assertThat(execute("memory", file.toString())).isZero();
    assertThat(out.toString())
        .contains("holds a memory network.")
        .containsPattern("precision +64-bit floats")
        .containsPattern("(?s)\\b2 +1 .*\\b10 +2 "); // memories of class 2, then of class 10
  }

  /** Parts of a network on floats count in doubles. */
  @ParameterizedTest
  @CsvSource({"partitioned,fifo", "all,least-read"})
  void memory_readsNetworksOnFloats(String recall, String eviction) throws IOException {
    Path file = folder.resolve("saved");
    try (Tensors<?> tensors = Plugins.load(BackendProvider.class).get("nd4j").create(1)) {
      save(tensors, file, recall, eviction);
    }
    assertThat(execute("memory", file.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).containsPattern("precision +32-bit floats");
  }

  /** A network that remembers classes 10, 2 and 10. */
  private static <T> void save(Tensors<T> tensors, Path file, String recall, String eviction)
      throws IOException {
    try (Scope<T> scope = tensors.newScope();
        MemoryNetwork<T> network =
            MemoryNetwork.builder(tensors)
                .embedder("mlp", 2, 3)
                .capacity(20)
                .valueSize(12)
                .recall(recall)
                .eviction(eviction)
                .assigner("none")
                .build()) {
      T values = scope.zeros(3, 12);
      tensors.set(values, 0, 10, 1);
      tensors.set(values, 1, 2, 1);
      tensors.set(values, 2, 10, 1);
      network.step(scope.zeros(3, 2), values);
      network.save(file);
    }
  }

  /** A program's file says nothing of columns. */
  @Test
  void columnsOfAProgramsClassifier_goByPosition_andMustBeNumbers() throws IOException {
    Path file = folder.resolve("saved");
    try (MemoryClassifier classifier = MemoryClassifier.builder().capacity(20).build()) {
      float[][] rows = {{1, 0, 2}, {0, 1, 7}, {1, 0, 3}, {0, 1, 8}};
      classifier.partialFit(rows, new String[] {"oak", "fir", "oak", "fir"});
      classifier.save(file);
    }
    Path numbers = file("numbers.csv", "clay,sand,n,tree\n0,1,8,fir\n1,0,2,oak\n");
    assertThat(execute("predict", file.toString(), "--data", numbers.toString(), "--label=tree"))
        .isZero();
    assertThat(rows(out.toString()))
        .extracting(row -> row.get("label"))
        .containsExactly("fir", "oak");
    Path names = file("names.csv", "soil,n\nsand,8\nclay,2\n");
    assertThat(execute("predict", file.toString(), "--data", names.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("names.csv: 'soil' is a column of names, but " + file + " does not say which");
  }

  @Test
  void whatIsNoSavedNetwork_isRefused() throws IOException {
    assertThat(train("--data=" + table("leaves.csv", 60, 1), "--label=tree")).isZero();
    byte[] whole = Files.readAllBytes(network());
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length / 2));
    Path other = folder.resolve("other");
    Map<String, String> said;
    try (MemoryClassifier classifier = MemoryClassifier.load(network());
        StateFile saved = StateFile.open(network())) {
      said = new HashMap<>(saved.metadata());
      said.put("assigner", "borrowed");
      said.put("assigner.from", "org.example.Borrowed in borrowed-1.0.jar");
      StateFile.save(other, said, classifier.network());
    }
    Map<Path, String> wrong = new HashMap<>();
    wrong.put(folder.resolve("none"), "there is no such file");
    wrong.put(folder, "it is a folder; name the file in it");
    wrong.put(Path.of("/dev/null"), "it is no regular file");
    wrong.put(file("text.csv", "a,b\n1,2\n3,4\n"), "something else than a saved state");
    wrong.put(file("short", "a"), "it has only 1 bytes");
    wrong.put(cut, "cut");
    wrong.put(other, "borrowed-1.0.jar");
    for (String command : List.of("predict", "memory")) {
      wrong.forEach(
          (path, words) -> {
            List<String> call = new ArrayList<>(List.of(command, path.toString()));
            call.addAll(command.equals("predict") ? List.of("--data", "mnist") : List.of());
            assertThat(execute(call.toArray(String[]::new))).as(command + " " + path).isEqualTo(2);
            assertThat(err.toString()).startsWith("nnem " + command + ": ").contains(words);
            assertThat(err.toString().lines()).as(err.toString()).hasSizeLessThan(3);
            assertThat(out.toString()).isEmpty();
          });
    }
  }
}
