package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.autoencoder.pretraining.FixedCodec;
import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.nd4j.Nd4jTensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks of all of nnem's own plug-ins, every pair of them at least once, are saved while they
 * learn; another process loads the files and goes on with the same bits as if nothing had been. How
 * many steps the first of each credit assigner goes on for is {@code -Dnnem.saved.steps=NUMBER}.
 */
class SavedNetworksTest {

  private static final int OBSERVATION = 6;
  private static final int EMBEDDING = 4;
  private static final int CLASSES = 3;
  private static final int BATCH = 4;

  /** Steps before saving: the memory of 13 is full, and slots have been taken again. */
  private static final int BEFORE = 11;

  private static final int LONG = Integer.getInteger("nnem.saved.steps", 200);

  @TempDir Path folder;

  /** Which plug-ins; an empty source or refresher is none. */
  private record Recipe(
      String assigner, String source, String eviction, String refresher, String recall) {

    List<String> parts() {
      return List.of(assigner, source, eviction, refresher, recall);
    }

    /** The first of each assigner and source goes on for long. */
    int[] moments(Set<String> seen) {
      return seen.add(assigner + source) ? new int[] {1, 37, LONG} : new int[] {1, 37};
    }

    <T> MemoryNetworkBuilder<T> builder(Tensors<T> tensors) {
      String decoder = eviction.equals("least-certain") ? "variational-autoencoder" : "autoencoder";
      MemoryNetworkBuilder<T> builder =
          MemoryNetwork.builder(tensors)
              .embedder("mlp", OBSERVATION, EMBEDDING)
              .hidden(5)
              .optimiser(OptimiserSettings.adam(0.01))
              .capacity(13)
              .valueSize(CLASSES)
              .eviction(eviction)
              .recall(recall)
              .assigner(assigner)
              .decoder(decoder)
              .settings(LearningSettings.classification().withAddressing(Addressing.softmax(0.2)))
              .seed(TestSeed.get());
      if (!recall.equals("all")) {
        builder.option("nearest-k", "3");
      }
      if (!source.isEmpty()) {
        builder.reinstatement(source);
      }
      if (source.equals("code")) {
        builder
            .codec("autoencoder", codec(tensors))
            .decoderNetwork(
                List.of(5), Activation.SIGMOID, Loss.SQUARED_ERROR, OptimiserSettings.adam(0.01));
      }
      if (!refresher.isEmpty()) {
        builder.refresher(refresher);
      }
      return builder;
    }

    private static <T> Codec<T> codec(Tensors<T> tensors) {
      OptimiserSettings adam = OptimiserSettings.adam(0.01);
      EmbedderContext<T> embedder =
          new EmbedderContext<>(
              tensors, RowShape.flat(OBSERVATION), 2, List.of(5), adam, 7, Options.none());
      DecoderContext<T> decoder =
          new DecoderContext<>(
              tensors,
              2,
              OBSERVATION,
              List.of(5),
              Activation.SIGMOID,
              Loss.SQUARED_ERROR,
              adam,
              7,
              Options.none());
      return new FixedCodec<>(
          Plugins.load(EmbedderProvider.class).get("mlp").create(embedder),
          Plugins.load(DecoderProvider.class).get("autoencoder").create(decoder),
          new CodeRanges(new float[] {-1, -1}, new float[] {1, 1}));
    }
  }

  private static final List<String> EVICTIONS =
      List.of(
          "fifo",
          "class-balanced",
          "least-certain",
          "least-read",
          "least-recently-read",
          "reservoir");
  private static final List<String> REFRESHERS = List.of("", "round-robin", "drift", "transport");
  private static final List<String> RECALLS = List.of("all", "nearest", "partitioned");

  /** Assigners, with each reinstatement that they can have. */
  private static List<String[]> assigners() {
    List<String[]> all = new ArrayList<>();
    for (String alone : List.of("none", "backprop", "synthetic-gradient")) {
      all.add(new String[] {alone, ""});
    }
    for (String reinstating :
        List.of(
            "exact-reinstatement",
            "approximate-reinstatement",
            "anchored-reinstatement",
            "hybrid",
            "choosing-hybrid")) {
      for (String source : List.of("stored", "decoded", "code")) {
        all.add(new String[] {reinstating, source});
      }
    }
    return all;
  }

  /** Takes each recipe that has a pair which none before it has. */
  private static List<Recipe> recipes() {
    List<Recipe> chosen = new ArrayList<>();
    Set<String> covered = new HashSet<>();
    for (int turn = 0; turn < EVICTIONS.size() * REFRESHERS.size(); turn++) {
      List<String[]> assigners = assigners();
      for (int i = 0; i < assigners.size(); i++) {
        int shifted = turn + i;
        Recipe recipe =
            new Recipe(
                assigners.get(i)[0],
                assigners.get(i)[1],
                EVICTIONS.get(shifted % EVICTIONS.size()),
                REFRESHERS.get((shifted + shifted / EVICTIONS.size()) % REFRESHERS.size()),
                RECALLS.get((shifted / 2 + i) % RECALLS.size()));
        if (covered.addAll(pairs(recipe))) {
          chosen.add(recipe);
        }
      }
    }
    assertThat(covered).as("pairs of plug-ins").containsAll(allPairs());
    return chosen;
  }

  private static Set<String> pairs(Recipe recipe) {
    Set<String> pairs = new HashSet<>();
    List<String> parts = recipe.parts();
    String credit = parts.get(0) + "/" + parts.get(1);
    for (int i = 2; i < parts.size(); i++) {
      pairs.add(credit + " " + i + parts.get(i));
      for (int j = i + 1; j < parts.size(); j++) {
        pairs.add(i + parts.get(i) + " " + j + parts.get(j));
      }
    }
    return pairs;
  }

  private static Set<String> allPairs() {
    Set<String> pairs = new HashSet<>();
    for (String[] credit : assigners()) {
      for (String eviction : EVICTIONS) {
        for (String refresher : REFRESHERS) {
          for (String recall : RECALLS) {
            pairs.addAll(pairs(new Recipe(credit[0], credit[1], eviction, refresher, recall)));
          }
        }
      }
    }
    return pairs;
  }

  /** The same batch for the same step, in whichever process. */
  private static <T> String step(MemoryNetwork<T> network, Tensors<T> tensors) {
    SplittableRandom random = new SplittableRandom(TestSeed.get() + network.steps());
    try (Scope<T> scope = tensors.newScope()) {
      T observations = scope.zeros(BATCH, OBSERVATION);
      T values = scope.zeros(BATCH, CLASSES);
      for (int i = 0; i < BATCH; i++) {
        int label = random.nextInt(CLASSES);
        tensors.set(values, i, label, 1);
        for (int j = 0; j < OBSERVATION; j++) {
          double bright = j / 2 == label ? 0.5 : 0.1;
          tensors.set(observations, i, j, bright + 0.4 * random.nextDouble());
        }
      }
      return network.step(observations, values).toString();
    }
  }

  /** Goes on from where the network is; at each moment, saves it with the losses so far. */
  private static <T> void goOn(
      MemoryNetwork<T> network, Tensors<T> tensors, int[] moments, String name, Path folder)
      throws IOException {
    List<String> losses = new ArrayList<>();
    for (int moment : moments) {
      while (losses.size() < moment) {
        losses.add(step(network, tensors));
      }
      network.save(folder.resolve(name + "-" + moment));
      Files.write(folder.resolve(name + "-" + moment + "-losses"), losses);
    }
  }

  private static Tensors<?> backend(String name) {
    return switch (name) {
      case "reference" -> new ReferenceTensors();
      case "nd4j-1" -> new Nd4jTensors(1);
      default -> new Nd4jTensors(2);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "nd4j-1", "nd4j-2"})
  void anotherProcess_goesOnWithTheSameBits(String backend)
      throws IOException, InterruptedException {
    Path here = Files.createDirectory(folder.resolve("here"));
    Path there = Files.createDirectory(folder.resolve("there"));
    try (Tensors<?> tensors = backend(backend)) {
      uninterrupted(tensors, here);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("-X") || argument.startsWith("--")) {
        command.add(argument);
      }
    }
    command.add("-Dnnem.seed=" + TestSeed.get());
    command.add("-Dnnem.saved.steps=" + LONG);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SavedNetworksTest.class.getName());
    command.addAll(List.of(backend, here.toString(), there.toString()));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();

    Set<String> seen = new HashSet<>();
    List<Recipe> recipes = recipes();
    for (int i = 0; i < recipes.size(); i++) {
      for (int moment : recipes.get(i).moments(seen)) {
        String what =
            String.format(Locale.ROOT, "%s after %d steps (%s)", recipes.get(i), moment, backend);
        String name = i + "-" + moment;
        assertThat(there.resolve(name + "-losses"))
            .as("losses of %s", what)
            .hasSameBinaryContentAs(here.resolve(name + "-losses"));
        assertThat(there.resolve(name))
            .as("saved state of %s", what)
            .hasSameBinaryContentAs(here.resolve(name));
      }
    }
  }

  private static <T> void uninterrupted(Tensors<T> tensors, Path folder) throws IOException {
    Set<String> seen = new HashSet<>();
    List<Recipe> recipes = recipes();
    for (int i = 0; i < recipes.size(); i++) {
      try (MemoryNetwork<T> network = recipes.get(i).builder(tensors).build()) {
        for (int step = 0; step < BEFORE; step++) {
          step(network, tensors);
        }
        network.save(folder.resolve(i + "-saved"));
        goOn(network, tensors, recipes.get(i).moments(seen), Integer.toString(i), folder);
      }
    }
  }

  private static <T> void resumed(Tensors<T> tensors, Path from, Path to) throws IOException {
    Set<String> seen = new HashSet<>();
    List<Recipe> recipes = recipes();
    for (int i = 0; i < recipes.size(); i++) {
      try (MemoryNetwork<T> network = MemoryNetwork.load(from.resolve(i + "-saved"), tensors)) {
        goOn(network, tensors, recipes.get(i).moments(seen), Integer.toString(i), to);
      }
    }
  }

  /** The other process: back end, folder to load from, folder to save to. */
  public static void main(String[] arguments) throws IOException {
    try (Tensors<?> tensors = backend(arguments[0])) {
      resumed(tensors, Path.of(arguments[1]), Path.of(arguments[2]));
    }
  }
}
