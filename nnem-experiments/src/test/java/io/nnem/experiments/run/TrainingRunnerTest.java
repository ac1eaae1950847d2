package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.Plugins;
import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.datasets.BatchStream;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginFailedException;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunnerTest {
  private static final int SIDE = Bars.SIDE;

  private final TrainingRunner runner = new TrainingRunner(Catalogue.load(), Bars.PRETRAINING);
  private final Split data = Bars.split();

  private static ExperimentConfig config(String... settings) {
    return Bars.config(settings);
  }

  private TrialResult run(String condition, long seed, ExperimentConfig config)
      throws InterruptedException {
    return runner.run(Condition.parse(condition), seed, config, data, new Bars.Silent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "reference"})
  void theUpperBoundLearnsWhatNoCreditDoesNot(String backend) throws InterruptedException {
    ExperimentConfig config = config("backend=" + backend, "steps=200");
    double none = last(run("none", 1, config));
    double exact = last(run("exact-reinstatement/stored", 1, config));
    assertThat(exact).isGreaterThan(none + 0.1);
  }

  private static double last(TrialResult result) {
    List<Measurement> validation =
        result.measurements().stream().filter(m -> m.split().equals("validation")).toList();
    return validation.get(validation.size() - 1).accuracy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "backprop",
        "synthetic-gradient",
        "exact-reinstatement/decoded",
        "approximate-reinstatement/decoded",
        "exact-reinstatement/stored"
      })
  void theSameSeedGivesTheSameBitsAndAnotherOthers(String condition) throws InterruptedException {
    ExperimentConfig config = config();
    assertThat(run(condition, 5, config).measurements())
        .isEqualTo(run(condition, 5, config).measurements())
        .isNotEqualTo(
            run(condition, 6, config).measurements().stream()
                .map(
                    m -> new Measurement(condition, 5, m.step(), m.split(), m.accuracy(), m.loss()))
                .toList());
  }

  /** That the policy is told of readings, and that keys are freshened, shows in what is learned. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "eviction=least-recently-read",
        "eviction=least-read",
        "eviction=reservoir",
        "eviction=class-balanced",
        "recall=nearest",
        "freshening=round-robin",
        "freshening=drift",
        "freshening=transport"
      })
  void evictionAndFresheningHaveAPart(String setting) throws InterruptedException {
    for (String condition : List.of("backprop", "anchored-reinstatement/decoded")) {
      ExperimentConfig config =
          config(setting, "options.freshening-budget=3", "options.nearest-k=2");
      assertThat(run(condition, 5, config).measurements())
          .isEqualTo(run(condition, 5, config).measurements())
          .isNotEqualTo(run(condition, 5, config()).measurements());
    }
  }

  @Test
  void whatWasEmbeddedAnewMayBeWrittenBack() throws InterruptedException {
    List<Staleness> left = staleness(config());
    List<Staleness> fresh = staleness(config("freshening-on-reading=true"));
    int last = left.size() - 1;
    assertThat(fresh.get(last).cosine()).isGreaterThan(left.get(last).cosine() + 1e-4);
    assertThat(run("backprop", 5, config("freshening-on-reading=true")).measurements())
        .as("it embeds nothing anew")
        .isEqualTo(run("backprop", 5, config()).measurements());
  }

  /** A policy of another's, which fails in use. */
  private static final class Jams implements EvictionPolicyProvider {
    @Override
    public String name() {
      return "jams";
    }

    @Override
    public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
      return new EvictionPolicy<>() {
        @Override
        public Slots evict(int count, T keys, T values) {
          throw new IllegalStateException("no way out");
        }

        @Override
        public void save(StateWriter out) {}

        @Override
        public void load(StateReader in) {}
      };
    }
  }

  @Test
  void aPluginThatFailsInUseIsNamed() {
    Catalogue catalogue =
        Catalogue.load()
            .with(
                EvictionPolicyProvider.class,
                Plugins.of(EvictionPolicyProvider.class, List.of(new Jams())));
    assertThatThrownBy(
            () ->
                new TrainingRunner(catalogue, Bars.PRETRAINING)
                    .run(
                        Condition.parse("none"),
                        1,
                        config("eviction=jams"),
                        data,
                        new Bars.Silent()))
        .isInstanceOf(PluginFailedException.class)
        .hasMessageStartingWith("eviction policy 'jams' in ")
        .hasMessageEndingWith(" failed in evict: java.lang.IllegalStateException: no way out");
  }

  /** The last third of the ages is the stalest, unless all keys are carried along. */
  @Test
  void measuresHowStaleKeysAreByAge() throws InterruptedException {
    List<Staleness> left = staleness(config("freshening=none"));
    assertThat(left.get(0).ages()).isEqualTo(new AgeRange(1, 2));
    assertThat(left.stream().mapToInt(Staleness::memories).sum())
        .isEqualTo(config().memory().capacity());
    int last = left.size() - 1;
    assertThat(left.get(last).cosine()).isBetween(0.5, left.get(0).cosine() - 0.001);

    List<Staleness> moved = staleness(config("freshening=transport", "options.transport-every=1"));
    assertThat(moved)
        .extracting(Staleness::ages)
        .isEqualTo(left.stream().map(Staleness::ages).toList());
    // all are one update behind, as the youngest are anyway
    for (int i = 1; i <= last; i++) {
      assertThat(moved.get(i).cosine())
          .as("range %d", i)
          .isGreaterThan(left.get(i).cosine() + 1e-4);
    }
    assertThat(moved.get(0).cosine()).isEqualTo(left.get(0).cosine());
  }

  private List<Staleness> staleness(ExperimentConfig config) throws InterruptedException {
    TrialResult result =
        runner.run(
            Condition.parse("exact-reinstatement/stored"), 1, config, data, new Bars.Silent());
    return ((Found.Ages) result.found()).staleness();
  }

  /** Also of conditions that decode nothing: the decoder learns beside them. */
  @ParameterizedTest
  @ValueSource(strings = {"backprop", "exact-reinstatement/decoded", "exact-reinstatement/stored"})
  void theMemoryThatTheDecoderIsLeastCertainOf_isGivenUp(String condition)
      throws InterruptedException {
    String variational = "decoder=variational-autoencoder";
    ExperimentConfig config = config(variational, "eviction=least-certain");
    TrialResult result = run(condition, 5, config);
    assertThat(run(condition, 5, config).measurements()).isEqualTo(result.measurements());
    assertThat(run(condition, 5, config(variational, "eviction=fifo")).measurements())
        .isNotEqualTo(result.measurements());
    assertThat(
            run(
                    condition,
                    5,
                    config(variational, "eviction=least-certain", "options.score-budget=0"))
                .measurements())
        .as("without scoring again those that stay")
        .isNotEqualTo(result.measurements());
  }

  /** Without a memory, but from the same batches: what the embedder could do. */
  @Test
  void theClassifierLearns_andKeepsNoMemory() throws InterruptedException {
    ExperimentConfig config = config("steps=200");
    TrialResult classifier = run("classifier", 1, config);
    assertThat(last(classifier)).isGreaterThan(last(run("none", 1, config)) + 0.1);
    assertThat(run("classifier", 1, config).measurements()).isEqualTo(classifier.measurements());
    assertThat(classifier.retainedBytesPerMemory()).isZero();
    assertThat(classifier.divergence()).isEmpty();
    assertThat(classifier.measurements())
        .extracting(m -> m.condition() + " " + m.split())
        .startsWith("classifier validation")
        .endsWith("classifier test");
  }

  @Test
  void theClassifierDoesNotLearnInWarmup_andDivergesAsAResult() throws InterruptedException {
    TrialResult none = run("classifier", 1, config("steps=1", "warmup-steps=200"));
    TrialResult other = run("classifier", 1, config("steps=1", "warmup-steps=0"));
    assertThat(none.measurements().get(0).loss())
        .as("before the first step, after the warm-up, against one step without")
        .isEqualTo(
            run("classifier", 1, config("steps=1", "warmup-steps=10")).measurements().get(0).loss())
        .isNotEqualTo(other.measurements().get(0).loss());
    TrialResult diverged =
        run("classifier", 1, config("embedder-learning-rate=1e30", "optimiser=sgd"));
    assertThat(diverged.divergence().orElseThrow().reason())
        .matches("The (classifier's|embedder's) .* is (NaN|-?Infinity)\\.");
  }

  /** The memory holds the last 40 of 8 x 80 observations, whose order is known. */
  @Test
  void noCreditOnTheIdentity_atATemperatureNearZero_isTheNearestNeighbour()
      throws InterruptedException {
    ExperimentConfig config =
        config("embedder=identity", "embedding-size=36", "temperature=0.0001");
    int[] indices = new int[8];
    List<Integer> seen = new ArrayList<>();
    BatchStream stream = new BatchStream(300, Seeds.derive(4, "batches"));
    for (int step = 0; step < 80; step++) {
      stream.next(indices);
      Arrays.stream(indices).forEach(seen::add);
    }
    List<Integer> held = seen.subList(600, 640);
    int right = 0;
    for (int query = 0; query < 100; query++) {
      float[] image = image(data.validation(), query);
      int nearest = held.get(0);
      for (int other : held) {
        boolean nearer =
            cosine(image, image(data.training(), other))
                > cosine(image, image(data.training(), nearest));
        nearest = nearer ? other : nearest;
      }
      right += data.training().label(nearest) == data.validation().label(query) ? 1 : 0;
    }
    assertThat(right).as("it is no trivial task").isBetween(35, 99);
    assertThat(last(run("none", 4, config))).isEqualTo(right / 100.0);
  }

  private static float[] image(Dataset data, int index) {
    float[] pixels = new float[SIDE * SIDE];
    data.copyObservations(new int[] {index}, 0, 1, pixels);
    return pixels;
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void aRandomProjectionStaysAsItIs() throws InterruptedException {
    ExperimentConfig config = config("embedder=random-projection", "steps=40");
    TrialResult none = run("none", 1, config);
    assertThat(none.divergence()).isEmpty();
    assertThat(run("backprop", 1, config).measurements())
        .extracting(Measurement::accuracy)
        .isEqualTo(none.measurements().stream().map(Measurement::accuracy).toList());
  }

  @Test
  void isEvaluatedWhereTheConfigurationSaysAndOnTheTestSetOnce() throws InterruptedException {
    TrialResult result = run("none", 1, config("steps=50"));
    assertThat(result.measurements())
        .extracting(m -> m.split() + " " + m.step())
        .containsExactly(
            "validation 0", "validation 20", "validation 40", "validation 50", "test 50");
    assertThat(result.divergence()).isEmpty();
  }

  @Test
  void saysWhatEachMemoryCostsBesideKeyAndValue() throws InterruptedException {
    int observation = SIDE * SIDE * Float.BYTES;
    ExperimentConfig config = config("steps=1");
    assertThat(run("exact-reinstatement/stored", 1, config).retainedBytesPerMemory())
        .isEqualTo(observation);
    assertThat(run("exact-reinstatement/decoded", 1, config).retainedBytesPerMemory()).isZero();
    assertThat(run("synthetic-gradient", 1, config).retainedBytesPerMemory()).isZero();
    assertThat(run("backprop", 1, config).retainedBytesPerMemory())
        .isEqualTo(observation + (16 + 4) * Float.BYTES);
  }

  @Test
  void aDivergenceIsAResultWithItsStepAndReason() throws InterruptedException {
    TrialResult result =
        run(
            "exact-reinstatement/stored",
            3,
            config("embedder-learning-rate=1e30", "optimiser=sgd"));
    assertThat(result.divergence()).isPresent();
    assertThat(result.divergence().get().step()).isBetween(1, 60);
    assertThat(result.divergence().get().reason()).matches("The .* is (NaN|-?Infinity)\\.");
    assertThat(result.measurements()).extracting(Measurement::split).doesNotContain("test");
  }

  @Test
  void endsWhenItIsToldTo() {
    TrialListener impatient =
        new Bars.Silent() {
          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThatThrownBy(() -> runner.run(Condition.parse("none"), 1, config(), data, impatient))
        .isInstanceOf(InterruptedException.class);
  }
}
