package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.pretrained.PretrainedFolder;
import io.nnem.experiments.pretrained.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainingTest {
  private static final Condition DECODED = Condition.parse("exact-reinstatement/decoded");
  private static final Condition CODE = Condition.parse("exact-reinstatement/code");

  /** Notes what it hears. */
  private static final class Listener extends Bars.Silent {
    final List<String> steps = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<Reconstruction> reconstructions = new ArrayList<>();

    @Override
    public void pretraining(int step, int totalSteps, double loss) {
      steps.add(step + "/" + totalSteps);
      assertThat(loss).isPositive();
    }

    @Override
    public void noted(String text) {
      notes.add(text);
    }

    @Override
    public void reconstructed(Reconstruction reconstruction) {
      reconstructions.add(reconstruction);
    }
  }

  @TempDir private Path temporary;
  private final Split data = Bars.split();
  private final Catalogue catalogue = Catalogue.load();
  private final Listener listener = new Listener();

  private static ExperimentConfig config(String... settings) {
    List<String> all = new ArrayList<>(List.of("backend=reference", "pretrain-steps=40"));
    all.addAll(List.of("pretrain-batch=16", "options.code-size=3"));
    all.addAll(List.of(settings));
    return Bars.config(all.toArray(String[]::new));
  }

  private PretrainedFolder folder() {
    return new PretrainedFolder(Optional.of(temporary));
  }

  private Assembly<Matrix> assembly(ExperimentConfig config) {
    return assembly(config, 1);
  }

  private Assembly<Matrix> assembly(ExperimentConfig config, long seed) {
    return new Assembly<>(new ReferenceTensors(), catalogue, seed, config, data.training());
  }

  private String settings(ExperimentConfig config, long seed, Split split) {
    String objective = config.pretraining().pretrainObjective();
    return assembly(config, seed)
        .pretrainingSettings(objective, config.network().embeddingSize(), split);
  }

  private Assembly.Start prepare(
      Pretraining pretraining, ExperimentConfig config, Condition... conditions)
      throws InterruptedException {
    return pretraining.prepare(assembly(config), List.of(conditions), data, listener);
  }

  private static List<String> encoder(Weights weights, Assembly<Matrix> assembly) {
    try (Embedder<Matrix> embedder = assembly.embedder()) {
      weights.toEncoder(assembly.tensors(), embedder.parameters());
      return text(Weights.of(assembly.tensors(), embedder.parameters()));
    }
  }

  private static List<String> text(List<float[]> arrays) {
    return arrays.stream().map(java.util.Arrays::toString).toList();
  }

  @Test
  void anAutoencoderLearnsWithoutLabels_andTellsHowFarItIs() throws InterruptedException {
    prepare(new Pretraining(PretrainedFolder.none()), config("pretrain-steps=400"), DECODED);
    assertThat(listener.steps).hasSize(400).startsWith("1/400").endsWith("400/400");
    List<Reconstruction> validation =
        listener.reconstructions.stream().filter(r -> r.split().equals("validation")).toList();
    assertThat(validation).extracting(Reconstruction::step).startsWith(40, 80).endsWith(400);
    assertThat(validation.get(9).loss()).isLessThan(validation.get(0).loss());
    assertThat(validation.get(9).condition()).hasToString("pretraining");
    assertThat(validation.get(9).elbo()).isNaN();
    assertThat(listener.reconstructions).hasSize(20);
  }

  @Test
  void theLabelsHaveNoPartInIt() throws InterruptedException {
    Weights one =
        prepare(new Pretraining(PretrainedFolder.none()), config(), DECODED).parts().orElseThrow();
    Split unlabelled = new Split("bars", relabelled(), data.validation(), data.test());
    Weights other =
        new Pretraining(PretrainedFolder.none())
            .prepare(assembly(config()), List.of(DECODED), unlabelled, listener)
            .parts()
            .orElseThrow();
    assertThat(other).isEqualTo(one);
  }

  private io.nnem.datasets.Dataset relabelled() {
    io.nnem.datasets.Dataset training = data.training();
    float[] floats = new float[training.observationSize()];
    byte[] pixels = new byte[training.size() * floats.length];
    for (int i = 0; i < training.size(); i++) {
      training.copyObservations(new int[] {i}, 0, 1, floats);
      for (int p = 0; p < floats.length; p++) {
        pixels[i * floats.length + p] = (byte) Math.round(255 * floats[p]);
      }
    }
    return io.nnem.datasets.Datasets.of(
        "relabelled",
        training.rows(),
        training.columns(),
        training.classes(),
        pixels,
        new byte[training.size()]);
  }

  @Test
  void whatConditionsShareIsTrainedOnce() throws InterruptedException {
    Pretraining pretraining = new Pretraining(PretrainedFolder.none());
    ExperimentConfig config = config("options.code-size=4"); // embedding-size is 4 too
    Assembly.Start first = prepare(pretraining, config, DECODED);
    Assembly.Start second = prepare(pretraining, config, DECODED, CODE);
    assertThat(listener.steps).hasSize(40);
    assertThat(listener.reconstructions).hasSize(20);
    assertThat(second.parts()).isEqualTo(first.parts());
    assertThat(second.code()).isEqualTo(first.parts());
    prepare(pretraining, config("options.code-size=3"), CODE);
    assertThat(listener.steps).as("a code of another size is another autoencoder").hasSize(80);
  }

  @Test
  void whatIsInTheFolderIsNotTrainedAgain() throws InterruptedException {
    Assembly.Start trained = prepare(new Pretraining(folder()), config(), DECODED, CODE);
    assertThat(listener.steps).hasSize(80);
    List<Reconstruction> curve = List.copyOf(listener.reconstructions);
    listener.reconstructions.clear();
    Assembly.Start found = prepare(new Pretraining(folder()), config("steps=7"), DECODED, CODE);
    assertThat(listener.steps).hasSize(80);
    assertThat(found).isEqualTo(trained);
    assertThat(listener.reconstructions).isEqualTo(curve);
    assertThat(listener.notes).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pretrain-steps=41",
        "pretrain-batch=17",
        "pretrain-learning-rate=0.002",
        "embedder-hidden=17",
        "decoder-hidden=17",
        "embedding-size=5",
        "decoder-loss=squared-error",
        "decoder=variational-autoencoder",
        "embedder=random-projection",
        "pretrain-objective=transformation",
        "optimiser=sgd",
        "clip-norm=1",
        "backend=nd4j"
      })
  void whatDependsOnAnotherSettingIsAnother(String setting) {
    String usual = settings(config(), 1, data);
    ExperimentConfig changed = config(setting);
    assertThat(settings(changed, 1, data)).isNotEqualTo(usual);
  }

  @Test
  void anotherSeedOrOtherDataIsAnother_andWhatComesLaterIsNot() {
    String usual = settings(config(), 1, data);
    assertThat(settings(config(), 2, data)).isNotEqualTo(usual);
    Split other = new Split("bars", data.validation(), data.validation(), data.test());
    assertThat(settings(config(), 1, other)).isNotEqualTo(usual);
    ExperimentConfig later =
        config("capacity=99", "temperature=1", "options.code-bits=8", "pretrained-parts=none");
    assertThat(settings(later, 1, data)).isEqualTo(usual);
  }

  @Test
  void whatIsDamagedIsTold_andTrainedAgain() throws InterruptedException, IOException {
    Assembly.Start trained = prepare(new Pretraining(folder()), config(), DECODED);
    Path file;
    try (Stream<Path> files = Files.list(temporary)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2]++;
    Files.write(file, bytes);
    assertThat(prepare(new Pretraining(folder()), config(), DECODED)).isEqualTo(trained);
    assertThat(listener.steps).hasSize(80);
    assertThat(listener.notes).singleElement().asString().contains(file.toString());
    listener.notes.clear();
    prepare(new Pretraining(folder()), config(), DECODED);
    assertThat(listener.notes).as("the new one took its place").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"both,true,true", "encoder,true,false", "decoder,false,true", "none,false,false"})
  void whatIsAskedForStartsFromIt(String parts, boolean encoder, boolean decoder)
      throws InterruptedException {
    ExperimentConfig config = config("pretrained-parts=" + parts);
    Weights weights =
        prepare(new Pretraining(PretrainedFolder.none()), config("pretrained-parts=both"))
            .parts()
            .orElseThrow();
    Assembly.Start start = prepare(new Pretraining(PretrainedFolder.none()), config);
    Assembly<Matrix> assembly = assembly(config).with(start);
    try (Embedder<Matrix> embedder = assembly.embedder();
        Decoder<Matrix> made = assembly.decoder();
        Decoder<Matrix> pretrained = assembly.decoder()) {
      weights.toDecoder(assembly.tensors(), pretrained.parameters());
      boolean sameEncoder =
          text(Weights.of(assembly.tensors(), embedder.parameters()))
              .equals(encoder(weights, assembly));
      boolean sameDecoder =
          text(Weights.of(assembly.tensors(), made.parameters()))
              .equals(text(Weights.of(assembly.tensors(), pretrained.parameters())));
      assertThat(sameEncoder).as("the embedder starts from the encoder").isEqualTo(encoder);
      assertThat(sameDecoder).as("the decoder starts from the decoder").isEqualTo(decoder);
    }
  }

  /** A bar at the top is at the bottom upside down: some of the four can be told apart. */
  @Test
  void anEmbedderLearnsToTellTransformations() throws InterruptedException {
    List<Double> losses = new ArrayList<>();
    Bars.Silent listening =
        new Bars.Silent() {
          @Override
          public void pretraining(int step, int totalSteps, double loss) {
            losses.add(loss);
          }
        };
    ExperimentConfig config =
        config(
            "pretrain-objective=transformation", "pretrained-parts=encoder", "pretrain-steps=400");
    Pretraining pretraining = new Pretraining(folder());
    Assembly.Start start =
        pretraining.prepare(assembly(config), List.of(Condition.parse("none")), data, listening);
    assertThat(losses).hasSize(400);
    assertThat(losses.get(0)).isCloseTo(Math.log(4), within(0.3));
    assertThat(mean(losses.subList(380, 400))).isLessThan(0.95 * mean(losses.subList(0, 20)));
    Weights weights = start.parts().orElseThrow();
    assertThat(weights.curve()).as("nothing is reconstructed").isEmpty();
    Assembly.Start again =
        new Pretraining(folder()).prepare(assembly(config), List.of(DECODED), data, listening);
    assertThat(losses).as("found in the folder").hasSize(400);
    assertThat(again).isEqualTo(start);
    Assembly<Matrix> untrained = assembly(config);
    Assembly<Matrix> assembly = untrained.with(start);
    try (Embedder<Matrix> embedder = assembly.embedder();
        Decoder<Matrix> decoder = assembly.decoder();
        Decoder<Matrix> fresh = untrained.decoder()) {
      assertThat(text(Weights.of(assembly.tensors(), embedder.parameters())))
          .isEqualTo(encoder(weights, assembly));
      assertThat(text(Weights.of(assembly.tensors(), decoder.parameters())))
          .isEqualTo(text(Weights.of(assembly.tensors(), fresh.parameters())));
    }
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** A code must be decoded, whatever the embedder starts from. */
  @Test
  void aCodeIsLearnedByReconstruction() throws InterruptedException {
    ExperimentConfig config =
        config("pretrain-objective=transformation", "pretrained-parts=encoder");
    Assembly.Start start = prepare(new Pretraining(PretrainedFolder.none()), config, CODE);
    Assembly.Start usual = prepare(new Pretraining(PretrainedFolder.none()), config(), CODE);
    assertThat(start.code()).isEqualTo(usual.code());
    assertThat(start.parts()).isNotEqualTo(usual.parts());
  }

  @Test
  void anEmbedderThatLearnsNothingHasNoObjective() {
    ExperimentConfig config =
        config(
            "pretrain-objective=transformation",
            "pretrained-parts=encoder",
            "embedder=random-projection");
    assertThatThrownBy(() -> run(DECODED, config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "pretrain-objective is \"transformation\", but the embedder \"random-projection\""
                + " learns nothing: choose another embedder, or set pretrain-steps to 0.");
  }

  /** A sigmoid that is saturated passes no squared error on: that shows in the end alone. */
  @ParameterizedTest
  @CsvSource({
    "nd4j,binary-cross-entropy,at step \\d+",
    "reference,binary-cross-entropy,at step \\d+",
    "reference,squared-error,before its end"
  })
  void aDivergenceSaysWhatToDo(String backend, String loss, String when) {
    ExperimentConfig config =
        config(
            "backend=" + backend,
            "decoder-loss=" + loss,
            "pretrain-learning-rate=1e30",
            "optimiser=sgd");
    assertThatThrownBy(() -> run(DECODED, config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "The pre-training diverged " + when + "; make pretrain-learning-rate smaller\\. .*");
    assertThat(listener.reconstructions).isEmpty();
  }

  @Test
  void endsWhenItIsToldTo() {
    Bars.Silent impatient =
        new Bars.Silent() {
          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThatThrownBy(
            () ->
                new Pretraining(folder())
                    .prepare(assembly(config()), List.of(DECODED), data, impatient))
        .isInstanceOf(InterruptedException.class);
    assertThat(temporary).isEmptyDirectory();
  }

  private TrialResult run(Condition condition, ExperimentConfig config)
      throws InterruptedException {
    return new TrainingRunner(catalogue, Bars.PRETRAINING)
        .run(condition, 1, config, data, listener);
  }

  @ParameterizedTest
  @CsvSource({"8,3", "32,12"})
  void aCodeCostsItsBytesAndNoMore(int bits, long bytes) throws InterruptedException {
    TrialResult result = run(CODE, config("backend=nd4j", "steps=2", "options.code-bits=" + bits));
    assertThat(result.retainedBytesPerMemory()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"continued", "fixed", "distilled"})
  void theDecoderLearnsAsItIsTold(String learning) throws InterruptedException {
    ExperimentConfig config = config("decoder-learning=" + learning);
    TrialResult result = run(DECODED, config);
    assertThat(run(DECODED, config).measurements())
        .as("the same seed again")
        .isEqualTo(result.measurements());
    List<TrialResult> others = new ArrayList<>();
    for (String other : List.of("continued", "fixed", "distilled")) {
      if (!other.equals(learning)) {
        others.add(run(DECODED, config("decoder-learning=" + other)));
      }
    }
    assertThat(others).extracting(TrialResult::measurements).doesNotContain(result.measurements());
  }

  /** Only what its embedder makes of an image changes what a fixed decoder makes of it. */
  @Test
  void aFixedDecoderDoesNotChange() throws InterruptedException {
    run(DECODED, config("decoder-learning=fixed", "embedder-learning-rate=1e-30"));
    List<Double> losses =
        listener.reconstructions.stream()
            .filter(r -> r.condition().equals(DECODED))
            .map(Reconstruction::loss)
            .distinct()
            .toList();
    assertThat(losses).hasSize(1);
    listener.reconstructions.clear();
    run(DECODED, config("embedder-learning-rate=1e-30"));
    assertThat(
            listener.reconstructions.stream()
                .filter(r -> r.condition().equals(DECODED))
                .map(Reconstruction::loss)
                .distinct())
        .hasSizeGreaterThan(1);
  }

  @Test
  void aVariationalDecoderReportsItsBound() throws InterruptedException {
    run(DECODED, config("decoder=variational-autoencoder"));
    assertThat(listener.reconstructions)
        .hasSizeGreaterThan(20)
        .allSatisfy(r -> assertThat(r.elbo()).isNegative().isFinite());
  }
}
