package io.nnem.learners;

import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.MemoryNetwork;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Datasets;
import io.nnem.datasets.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/using-nnem.md} says with a number and {@link Tables} does not measure. It is no
 * test and runs only if it is asked for:
 *
 * <pre>{@code
 * mvn test -pl nnem-learners -am -Dtest=Usage \
 *   -Dnnem.usage=familiarity,eviction,cost,threads -Dnnem.usage.other=/usr/share/datasets/fashion-mnist
 * }</pre>
 *
 * <p>The other data, a folder of IDX files with images of 28 x 28, is what digits are to be told
 * from. Times are the median of many, taken in turns.
 */
class Usage {

  private static final int ROWS = 5000;
  private static final int ASKED = 2000;

  @Test
  void measure() throws Exception {
    for (String what : System.getProperty("nnem.usage", "").split(",", -1)) {
      switch (what) {
        case "familiarity" -> familiarity();
        case "eviction" -> {
          oneLabelAfterAnother();
          labelsThatChange();
        }
        case "cost" -> cost();
        case "threads" -> threads();
        default -> {}
      }
    }
  }

  private static Dataset digits() {
    return Datasets.mnist().training().slice(0, ROWS);
  }

  private static Dataset unseen() {
    return Datasets.mnist().test().slice(0, ASKED);
  }

  /** How well familiarity alone tells digits that were not seen from what is none. */
  private static void familiarity() {
    try (MemoryClassifier classifier = MemoryClassifier.builder().evidence(0).build()) {
      classifier.partialFit(digits().observations(), digits().labels());
      double[] known = familiarity(classifier, unseen().observations());
      say("familiarity of digits: median %.3f", median(known));
      SplittableRandom random = new SplittableRandom(1);
      float[][] noise = new float[ASKED][784];
      for (float[] row : noise) {
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) random.nextDouble();
        }
      }
      tell(classifier, known, "noise", noise);
      float[][] negative = unseen().observations();
      for (float[] row : negative) {
        for (int i = 0; i < row.length; i++) {
          row[i] = 1 - row[i];
        }
      }
      tell(classifier, known, "digits in negative", negative);
      String other = System.getProperty("nnem.usage.other");
      if (other != null) {
        Split split = Datasets.folder(Path.of(other));
        tell(classifier, known, other, split.test().slice(0, ASKED).observations());
      }
      for (int digit = 0; digit < 10; digit++) {
        withoutDigit(digit);
      }
    }
  }

  /** A digit that was never learned, among those that were. */
  private static void withoutDigit(int digit) {
    int[] learned = indices(digits(), label -> label != digit);
    try (MemoryClassifier classifier = MemoryClassifier.builder().evidence(0).build()) {
      classifier.partialFit(rows(digits(), learned), labels(digits(), learned));
      double[] known =
          familiarity(classifier, rows(unseen(), indices(unseen(), label -> label != digit)));
      tell(
          classifier,
          known,
          "the digit " + digit + ", never learned",
          rows(unseen(), indices(unseen(), label -> label == digit)));
    }
  }

  private static int[] indices(Dataset data, IntPredicate labels) {
    return IntStream.range(0, data.size()).filter(i -> labels.test(data.label(i))).toArray();
  }

  private static float[][] rows(Dataset data, int[] indices) {
    float[][] all = data.observations();
    return Arrays.stream(indices).mapToObj(i -> all[i]).toArray(float[][]::new);
  }

  private static int[] labels(Dataset data, int[] indices) {
    return Arrays.stream(indices).map(data::label).toArray();
  }

  static double[] familiarity(MemoryClassifier classifier, float[][] rows) {
    return classifier.predict(rows).stream().mapToDouble(Prediction::familiarity).toArray();
  }

  private static void tell(
      MemoryClassifier classifier, double[] known, String what, float[][] rows) {
    double[] unknown = familiarity(classifier, rows);
    say("familiarity of %s: median %.3f, AUC %.4f", what, median(unknown), auc(known, unknown));
  }

  /** The probability that one of the first is larger than one of the second; ties count half. */
  static double auc(double[] larger, double[] smaller) {
    double wins = 0;
    for (double a : larger) {
      for (double b : smaller) {
        wins += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return wins / larger.length / smaller.length;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** All zeros first, all nines last, and a memory that has room for a tenth of them. */
  private static void oneLabelAfterAnother() {
    int[] sorted =
        IntStream.range(0, ROWS)
            .boxed()
            .sorted(Comparator.comparing(digits()::label))
            .mapToInt(i -> i)
            .toArray();
    for (String policy : List.of("class-balanced", "reservoir", "fifo")) {
      try (MemoryClassifier classifier =
          MemoryClassifier.builder().capacity(500).option("eviction", policy).build()) {
        classifier.partialFit(rows(digits(), sorted), labels(digits(), sorted));
        say(
            "one label after another, 500 memories, %s: %.3f",
            policy, classifier.score(unseen().observations(), unseen().labels()));
      }
    }
  }

  /** From the middle of the stream on each digit is called by the next one's name. */
  private static void labelsThatChange() {
    float[][] rows = Datasets.mnist().training().slice(0, 4 * ROWS).observations();
    int[] labels = Datasets.mnist().training().slice(0, 4 * ROWS).labels();
    for (int i = 2 * ROWS; i < 4 * ROWS; i++) {
      labels[i] = (labels[i] + 1) % 10;
    }
    for (String policy : List.of("class-balanced", "reservoir", "fifo")) {
      StringBuilder said = new StringBuilder();
      try (MemoryClassifier classifier =
          MemoryClassifier.builder().capacity(2000).option("eviction", policy).build()) {
        int right = 0;
        for (int from = 0; from < rows.length; from += 40) {
          float[][] batch = Arrays.copyOfRange(rows, from, from + 40);
          int[] names = Arrays.copyOfRange(labels, from, from + 40);
          right += from == 0 ? 0 : (int) Math.round(40 * classifier.score(batch, names));
          classifier.partialFit(batch, names);
          if ((from + 40) % 2000 == 0) {
            said.append(String.format(Locale.ROOT, " %.3f", right / 2000.0));
            right = 0;
          }
        }
      }
      say("labels change after 10,000 rows, 2,000 memories, %s:%s", policy, said);
    }
  }

  /** Of rows as long as a table's and as an image's: learning, saving, and asking once. */
  private static void cost() throws IOException {
    for (int width : new int[] {16, 784}) {
      Clouds clouds = new Clouds(12_000, width, 1);
      try (MemoryClassifier classifier = MemoryClassifier.builder().build()) {
        classifier.partialFit(
            Arrays.copyOf(clouds.rows, 10_000), Arrays.copyOf(clouds.numbers, 10_000));
        long begin = System.nanoTime();
        classifier.partialFit(
            Arrays.copyOfRange(clouds.rows, 10_000, 12_000),
            Arrays.copyOfRange(clouds.numbers, 10_000, 12_000));
        say(
            "%d columns: %.0f rows a second learned with 10,000 memories",
            width, 2000 / ((System.nanoTime() - begin) / 1e9));
        Path file = Files.createTempFile("usage", ".safetensors");
        begin = System.nanoTime();
        classifier.save(file);
        say(
            "%d columns: %.1f MB saved in %.0f ms",
            width, Files.size(file) / 1e6, (System.nanoTime() - begin) / 1e6);
        begin = System.nanoTime();
        MemoryClassifier.load(file).close();
        say("%d columns: loaded in %.0f ms", width, (System.nanoTime() - begin) / 1e6);
        Files.delete(file);
        overhead(classifier.learner, classifier, clouds.rows);
      }
    }
  }

  /** A prediction beside the reading that it is made of, in turns. */
  private static <T> void overhead(Learner<T> learner, MemoryClassifier asked, float[][] rows) {
    Tensors<T> tensors = learner.tensors();
    MemoryNetwork<T> network = learner.network();
    int k = 5;
    double[] whole = new double[6000];
    double[] reading = new double[whole.length];
    double[] bare = new double[whole.length];
    try (Scope<T> scope = tensors.newScope()) {
      T observation = scope.zeros(1, rows[0].length);
      T answer = scope.zeros(1, network.memory().valueSize());
      for (int i = 0; i < whole.length; i++) {
        float[] row = rows[i];
        tensors.copyIn(row, observation);
        long begin = System.nanoTime();
        network.answer(observation, answer, k);
        long middle = System.nanoTime();
        asked.predict(row);
        long end = System.nanoTime();
        network.read(observation, answer);
        bare[i] = (System.nanoTime() - end) / 1e3;
        reading[i] = (middle - begin) / 1e3;
        whole[i] = (end - middle) / 1e3;
      }
    }
    int warm = whole.length / 2;
    double predict = median(Arrays.copyOfRange(whole, warm, whole.length));
    double answer = median(Arrays.copyOfRange(reading, warm, whole.length));
    say(
        "%d columns: predict %.0f us, reading with evidence %.0f, without %.0f; overhead %.0f us, %.2f times",
        rows[0].length,
        predict,
        answer,
        median(Arrays.copyOfRange(bare, warm, whole.length)),
        predict - answer,
        predict / answer);
  }

  /** How many predictions a second threads get, with and without somebody who learns. */
  private static void threads() throws Exception {
    Clouds clouds = new Clouds(10_000, 64, 1);
    try (MemoryClassifier classifier = MemoryClassifier.builder().build()) {
      classifier.partialFit(clouds.rows, clouds.numbers);
      for (int round = 0; round < 3; round++) {
        for (boolean learning : new boolean[] {false, true}) {
          for (int threads : new int[] {1, 2, 4}) {
            say(
                "%d threads, %s: %.0f predictions a second",
                threads,
                learning ? "one learns" : "nobody learns",
                perSecond(classifier, clouds, threads, learning));
          }
        }
      }
    }
  }

  private static double perSecond(
      MemoryClassifier classifier, Clouds clouds, int threads, boolean learning)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
    AtomicBoolean going = new AtomicBoolean(true);
    try {
      long begin = System.nanoTime();
      List<Future<Integer>> counts =
          IntStream.range(0, threads)
              .mapToObj(thread -> pool.submit(() -> ask(classifier, clouds, thread, going)))
              .toList();
      for (int i = 0; System.nanoTime() - begin < 2_000_000_000L; i++) {
        if (learning) {
          int from = i % 600 * 16;
          classifier.partialFit(
              Arrays.copyOfRange(clouds.rows, from, from + 16),
              Arrays.copyOfRange(clouds.numbers, from, from + 16));
        } else {
          Thread.sleep(10);
        }
      }
      going.set(false);
      double seconds = (System.nanoTime() - begin) / 1e9;
      int all = 0;
      for (Future<Integer> count : counts) {
        all += count.get();
      }
      return all / seconds;
    } finally {
      pool.shutdown();
    }
  }

  private static int ask(
      MemoryClassifier classifier, Clouds clouds, int thread, AtomicBoolean going) {
    int count = 0;
    while (going.get()) {
      classifier.predict(clouds.rows[(thread * 1000 + count++) % clouds.rows.length]);
    }
    return count;
  }

  @SuppressWarnings("SystemOut")
  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
