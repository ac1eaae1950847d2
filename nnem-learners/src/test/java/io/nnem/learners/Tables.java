package io.nnem.learners;

import io.nnem.core.BackendProvider;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.datasets.BatchStream;
import io.nnem.datasets.Csv;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Datasets;
import io.nnem.datasets.Split;
import io.nnem.datasets.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Accuracy of {@link MemoryClassifier} with its defaults on data that people know, streamed once in
 * random order, beside rivals that see the same rows. It is no test and runs only if it is asked
 * for:
 *
 * <pre>{@code
 * mvn test -pl nnem-learners -am -Dtest=Tables -Dnnem.tables=letter.csv:lettr,FOLDER,mnist
 * }</pre>
 *
 * <p>Each is a CSV file with the name of its label column, or the number of it if there is no
 * header, a folder of IDX files, or {@code mnist}. Further: {@code -Dnnem.tables.seeds=5}, {@code
 * -Dnnem.tables.rows=20000} to use no more rows, and {@code
 * -Dnnem.tables.set=temperature=0.1,capacity=1000} to try other settings, on validation rows alone.
 */
class Tables {

  private static final int BATCH = 16;
  private static final List<Double> RATES = List.of(0.0003, 0.001, 0.003, 0.01);
  private static final int[] NEIGHBOURS = {1, 3, 5};

  /** Layers of the default embedder, embeddings included. */
  private static final List<Integer> PERCEPTRON =
      Stream.of(Settings.HIDDEN.fallback(), List.of(Settings.EMBEDDING.fallback()))
          .flatMap(List::stream)
          .toList();

  private static final String SET = System.getProperty("nnem.tables.set", "");
  private static final int MOST = Integer.getInteger("nnem.tables.rows", Integer.MAX_VALUE);

  /** Rows of one part, in the order of the stream. */
  @SuppressWarnings("ArrayRecordComponent") // compared with nobody
  private record Part(float[][] rows, int[] labels) {

    Part slice(int from, int to) {
      return new Part(Arrays.copyOfRange(rows, from, to), Arrays.copyOfRange(labels, from, to));
    }

    float[] flat() {
      float[] flat = new float[rows.length * rows[0].length];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
      }
      return flat;
    }
  }

  /** To learn from, to choose by, and to report. */
  private record Parts(Part training, Part validation, Part test) {}

  @Test
  void measure() {
    String wanted = System.getProperty("nnem.tables", "");
    say("| data | rows | columns | labels | memory | test | perceptron | neighbours | logistic |");
    say("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (String name : wanted.split(",", -1)) {
      if (!name.isEmpty()) {
        measure(name);
      }
    }
  }

  private static void measure(String name) {
    List<double[]> scores = new ArrayList<>();
    String what = "";
    for (int seed = 1; seed <= Integer.getInteger("nnem.tables.seeds", 1); seed++) {
      Parts parts = parts(name, seed);
      Part training = parts.training();
      what =
          training.rows().length
              + " | "
              + training.rows()[0].length
              + " | "
              + (1 + Arrays.stream(training.labels()).max().orElseThrow());
      scores.add(scores(parts));
    }
    StringBuilder line = new StringBuilder("| " + Path.of(name).getFileName() + " | " + what);
    for (int i = 0; i < scores.get(0).length; i++) {
      int column = i;
      double[] all = scores.stream().mapToDouble(each -> each[column]).toArray();
      double mean = DoubleStream.of(all).average().orElseThrow();
      line.append(String.format(Locale.ROOT, " | %.4f", mean));
    }
    say(line + " |");
  }

  /** On the test rows; with other settings than the defaults, of the memory on validation rows. */
  private static double[] scores(Parts parts) {
    if (!SET.isEmpty()) {
      return memory(parts, parts.validation());
    }
    double[] memory = memory(parts, parts.validation(), parts.test());
    Parts standard = standardised(parts);
    return new double[] {
      memory[0],
      memory[1],
      best(standard, part -> plain(standard, part, PERCEPTRON)),
      best(standard, part -> neighbours(standard, part)),
      best(standard, part -> plain(standard, part, List.of()))
    };
  }

  /** On the test rows, with the setting that is best on the validation rows. */
  private static double best(Parts parts, Function<Part, double[]> scoresBySetting) {
    double[] validation = scoresBySetting.apply(parts.validation());
    int best = 0;
    for (int i = 1; i < validation.length; i++) {
      best = validation[i] > validation[best] ? i : best;
    }
    return scoresBySetting.apply(parts.test())[best];
  }

  private static double[] memory(Parts parts, Part... asked) {
    MemoryClassifier.Builder builder = MemoryClassifier.builder();
    for (String setting : SET.split(",", -1)) {
      if (!setting.isEmpty()) {
        int equals = setting.indexOf('=');
        builder.option(setting.substring(0, equals), setting.substring(equals + 1));
      }
    }
    try (MemoryClassifier classifier = builder.build()) {
      classifier.partialFit(parts.training().rows(), parts.training().labels());
      return Stream.of(asked)
          .mapToDouble(part -> classifier.score(part.rows(), part.labels()))
          .toArray();
    }
  }

  private static double[] plain(Parts parts, Part part, List<Integer> hidden) {
    try (Tensors<?> tensors = Plugins.load(BackendProvider.class).get("nd4j").create(1)) {
      return RATES.stream()
          .mapToDouble(rate -> plain(tensors, parts, part, rate, hidden))
          .toArray();
    }
  }

  private static <T> double plain(
      Tensors<T> tensors, Parts parts, Part part, double rate, List<Integer> hidden) {
    Part training = parts.training();
    int classes = 1 + Arrays.stream(training.labels()).max().orElseThrow();
    try (PlainClassifier<T> classifier =
        new PlainClassifier<>(tensors, training.rows()[0].length, hidden, classes, rate)) {
      for (int from = 0; from < training.rows().length; from += BATCH) {
        Part batch = training.slice(from, Math.min(from + BATCH, training.rows().length));
        classifier.learn(batch.flat(), batch.labels());
      }
      return classifier.score(part.flat(), part.labels());
    }
  }

  /** By the 1, 3 and 5 nearest by Euclid: the most frequent label, of equals the nearest one. */
  private static double[] neighbours(Parts parts, Part part) {
    Part training = parts.training();
    int[] right = new int[NEIGHBOURS.length];
    int most = NEIGHBOURS[NEIGHBOURS.length - 1];
    for (int query = 0; query < part.rows().length; query++) {
      int[] nearest = new int[most];
      double[] distances = new double[most];
      Arrays.fill(distances, Double.POSITIVE_INFINITY);
      for (int row = 0; row < training.rows().length; row++) {
        double distance = distance(part.rows()[query], training.rows()[row], distances[most - 1]);
        int place = most - 1;
        if (distance < distances[place]) {
          while (place > 0 && distances[place - 1] > distance) {
            distances[place] = distances[place - 1];
            nearest[place] = nearest[--place];
          }
          distances[place] = distance;
          nearest[place] = row;
        }
      }
      int[] labels = Arrays.stream(nearest).map(row -> training.labels()[row]).toArray();
      for (int i = 0; i < NEIGHBOURS.length; i++) {
        right[i] += vote(Arrays.copyOf(labels, NEIGHBOURS[i])) == part.labels()[query] ? 1 : 0;
      }
    }
    return Arrays.stream(right).mapToDouble(r -> (double) r / part.rows().length).toArray();
  }

  private static int vote(int[] labels) {
    ToDoubleFunction<Integer> votes =
        label -> Arrays.stream(labels).filter(l -> l == label).count();
    int said = labels[0];
    for (int label : labels) {
      said = votes.applyAsDouble(label) > votes.applyAsDouble(said) ? label : said;
    }
    return said;
  }

  /** Beyond a bound it may be anything beyond it. Four sums, which the processor adds at once. */
  private static double distance(float[] a, float[] b, double bound) {
    float one = 0;
    float two = 0;
    float three = 0;
    float four = 0;
    int whole = a.length - a.length % 16;
    for (int i = 0; i < whole && one + two + three + four < bound; i += 16) {
      for (int j = i; j < i + 16; j += 4) {
        one += (a[j] - b[j]) * (a[j] - b[j]);
        two += (a[j + 1] - b[j + 1]) * (a[j + 1] - b[j + 1]);
        three += (a[j + 2] - b[j + 2]) * (a[j + 2] - b[j + 2]);
        four += (a[j + 3] - b[j + 3]) * (a[j + 3] - b[j + 3]);
      }
    }
    for (int i = whole; i < a.length; i++) {
      one += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return one + two + three + four;
  }

  /** By mean and deviation of all training rows, which a rival on a stream cannot know. */
  private static Parts standardised(Parts parts) {
    Settings settings = new Settings(Map.of());
    float[][] rows = parts.training().rows();
    Inputs known = Inputs.of(settings, rows[0].length).with(rows, 0, rows.length);
    return new Parts(
        standardised(known, parts.training()),
        standardised(known, parts.validation()),
        standardised(known, parts.test()));
  }

  private static Part standardised(Inputs known, Part part) {
    float[][] rows = new float[part.rows().length][known.width()];
    for (int i = 0; i < rows.length; i++) {
      known.write(part.rows(), i, i + 1, rows[i]);
    }
    return new Part(rows, part.labels());
  }

  private static Parts parts(String name, int seed) {
    if (name.contains(":")) {
      int colon = name.lastIndexOf(':');
      Csv csv = Csv.of(Path.of(name.substring(0, colon))).label(name.substring(colon + 1));
      Table table = (Character.isDigit(name.charAt(colon + 1)) ? csv.withoutHeader() : csv).read();
      Part all = part(table.dataset(name), seed);
      int size = all.rows().length;
      int test = size * 4 / 5;
      int validation = test * 4 / 5;
      return new Parts(
          all.slice(0, validation), all.slice(validation, test), all.slice(test, size));
    }
    Split split = name.equals("mnist") ? Datasets.mnist() : Datasets.folder(Path.of(name));
    return new Parts(
        part(split.training(), seed), part(split.validation(), seed), part(split.test(), seed));
  }

  private static Part part(Dataset data, int seed) {
    int size = Math.min(MOST, data.size());
    int[] order = new BatchStream(data.size(), seed).next(size);
    float[][] rows = new float[size][data.observationSize()];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      data.copyObservations(order, i, 1, rows[i]);
      labels[i] = data.label(order[i]);
    }
    return new Part(rows, labels);
  }

  @SuppressWarnings("SystemOut")
  private static void say(String line) {
    System.out.println(line);
  }
}
