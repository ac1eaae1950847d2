package io.nnem.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigResolverTest {
  @TempDir private Path folder;

  @Test
  void laterLayersWin() throws IOException {
    Path file = write("seeds: 7\nsteps: 70\ncapacity: 700\n");

    ExperimentConfig config =
        new ConfigResolver("seeds=1 evaluation-images=2000")
            .file(file)
            .set("steps=71")
            .set("capacity=701")
            .option("--capacity", "capacity", "702")
            .resolve();

    assertThat(config.evaluation().evaluationImages()).as("preset").isEqualTo(2000);
    assertThat(config.seeds()).as("file over preset").isEqualTo(7);
    assertThat(config.training().steps()).as("--set over file").isEqualTo(71);
    assertThat(config.memory().capacity()).as("option over --set").isEqualTo(702);
    assertThat(config.training().batch()).as("default").isEqualTo(16);
  }

  @Test
  void nothingGivenIsTheDefaults() throws IOException {
    assertThat(new ConfigResolver("").file(write("")).resolve())
        .isEqualTo(ExperimentConfig.defaults());
  }

  @Test
  void readsEveryKindOfValue() throws IOException {
    Path file =
        write(
            """
            conditions: [none, exact-reinstatement/decoded]
            embedder-hidden: [256, 64]
            decoder-hidden: []
            embedder-learning-rate: 1e-4
            temperature: 1
            query-gradient: true
            data: "2024"
            options: {depth: 010, flag: yes}
            """);

    ExperimentConfig config = new ConfigResolver("").file(file).resolve();

    assertThat(config.conditions())
        .extracting(Condition::name)
        .containsExactly("none", "exact-reinstatement/decoded");
    assertThat(config.network().embedderHidden()).containsExactly(256, 64);
    assertThat(config.decoding().decoderHidden()).isEmpty();
    assertThat(config.network().embedderLearningRate()).isEqualTo(1e-4);
    assertThat(config.reading().temperature()).isEqualTo(1.0);
    assertThat(config.reading().queryGradient()).isTrue();
    assertThat(config.data()).isEqualTo("2024");
    assertThat(config.options()).isEqualTo(Map.of("depth", "010", "flag", "yes"));
  }

  @Test
  void readsListsAndPlugInOptionsFromTheCommandLine() throws IOException {
    ExperimentConfig config =
        new ConfigResolver("")
            .file(write("options: {a: one, b: two}\n"))
            .set("embedder-hidden=256, 64")
            .set("decoder-hidden=[]")
            .set("options.b=three")
            .set("options.c=x=y")
            .set("data=2024")
            .option("--conditions", "conditions", "backprop,none")
            .resolve();

    assertThat(config.network().embedderHidden()).containsExactly(256, 64);
    assertThat(config.decoding().decoderHidden()).isEmpty();
    assertThat(config.options()).isEqualTo(Map.of("a", "one", "b", "three", "c", "x=y"));
    assertThat(config.data()).isEqualTo("2024");
    assertThat(config.conditions()).extracting(Condition::name).containsExactly("backprop", "none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "steps: 4k|steps is \"4k\"; it must be a whole number",
        "steps: 1.5|steps is 1.5; it must be a whole number",
        "steps: 1e3|steps is 1e3; it must be a whole number",
        "steps: '1500'|steps is \"1500\"; it must be a whole number",
        "steps: 010|steps is 010; it must be a whole number, without leading zeros",
        "steps: true|steps is true; it must be a whole number",
        "steps:|steps has no value; it must be a whole number",
        "steps: null|steps has no value; it must be a whole number",
        "steps: ~|steps has no value; it must be a whole number",
        "steps: [1]|steps is [1]; it must be a whole number",
        "steps: {a: 1}|steps is a map; it must be a whole number",
        "steps: 99999999999|"
            + "steps is 99999999999; it must be a whole number from -2147483648 to 2147483647",
        "steps: 0|steps is 0; it must be greater than or equal to 1",
        "seeds: 0|seeds is 0; it must be greater than or equal to 1",
        "seeds: 10001|seeds is 10001; it must be less than or equal to 10000",
        "warmup-steps: -1|warmup-steps is -1; it must be greater than or equal to 0",
        "capacity: 15|capacity is 15; it must be at least batch, 16",
        "batch: 501|capacity is 500; it must be at least batch, 501",
        "temperature: 1e-40|temperature is 1.0E-40; it must be within the range of floats, from 1.2e-38"
            + " to 8.5e37",
        "temperature: -1|temperature is -1; it must be a finite number above 0",
        "temperature: 0|temperature is 0; it must be a finite number above 0",
        "temperature: .nan|temperature is NaN; it must be a finite number above 0",
        "temperature: NaN|temperature is NaN; it must be a finite number above 0",
        "temperature: .inf|temperature is Infinity; it must be a finite number above 0",
        "temperature: hot|temperature is \"hot\"; it must be a number",
        "clip-norm: -0.5|clip-norm is -0.5; it must be a finite number, 0 (no limit) or above",
        "query-gradient: no|query-gradient is no; it must be true or false",
        "query-gradient: 1|query-gradient is 1; it must be true or false",
        "data: no|data is no; it must be text; put it in quotes",
        "data: 2024|data is 2024; it must be text; put it in quotes",
        "data: ''|data is \"\"; it must not be blank",
        "optimiser: sdg|optimiser is \"sdg\"; it must be one of [adam, sgd]",
        "normalisation: max|normalisation is \"max\"; it must be one of [softmax, sum]",
        "decoder-loss: bce|"
            + "decoder-loss is \"bce\"; it must be one of [binary-cross-entropy, squared-error]",
        "embedder-hidden: 128|"
            + "embedder-hidden is 128; it must be a list of whole numbers, such as [128]",
        "embedder-hidden: [128, x]|embedder-hidden[1] is \"x\"; it must be a whole number",
        "embedder-hidden: [128, 0]|"
            + "embedder-hidden[1] is 0; it must be greater than or equal to 1",
        "conditions: none|"
            + "conditions is \"none\"; it must be a list of conditions, such as [none, backprop]",
        "conditions: []|conditions is []; it must name at least one condition",
        "conditions: [none, none]|conditions names none twice",
        "conditions: [Exact]|conditions: \"Exact\" is no condition; a condition is ASSIGNER or"
            + " ASSIGNER/REINSTATEMENT in lower case, such as none or"
            + " exact-reinstatement/decoded, and +KEY=VALUE for each setting of its own",
        "options: [a]|options is [\"a\"]; it must be a map of names to text",
        "options: {a: }|options.a has no value; it must be text"
      })
  void saysWhatIsWrongWithAValue(String line, String message) throws IOException {
    Path file = write("# a comment\n" + line + "\n");
    boolean causedElsewhere = line.startsWith("batch");

    assertThat(problems(file)).containsExactly(causedElsewhere ? message : file + ":2: " + message);
  }

  @Test
  void checksTheCommandLineAsTheFile() {
    ConfigResolver resolver =
        new ConfigResolver("")
            .set("temperature=-1")
            .set("embedder-hidden=1,two")
            .set("nonsense")
            .set("query-gradient=no")
            .option("--steps", "steps", "4k")
            .option("--seeds", "seeds", "0");

    assertThat(problems(resolver))
        .containsExactlyInAnyOrder(
            "--set nonsense: it must be KEY=VALUE, such as temperature=0.2",
            "--set: embedder-hidden[1] is \"two\"; it must be a whole number",
            "--set: query-gradient is no; it must be true or false",
            "--steps: steps is \"4k\"; it must be a whole number",
            "--seeds: seeds is 0; it must be greater than or equal to 1",
            "--set: temperature is -1; it must be a finite number above 0");
  }

  @Test
  void namesTheKeyThatMayHaveBeenMeant() throws IOException {
    Path file = write("seeds: 2\nembedder_learning_rate: 1e-3\ncolour: red\n");

    assertThat(problems(file))
        .containsExactly(
            file
                + ":2: there is no key \"embedder_learning_rate\"; did you mean"
                + " embedder-learning-rate?",
            file + ":3: there is no key \"colour\"",
            "the keys are " + String.join(", ", ConfigKey.ALL.keySet()));
    assertThat(ConfigKey.ALL).hasSize(41).containsKeys("warmup-steps", "freshening");
  }

  @Test
  void duplicateKeysAndAliasesAreErrors() throws IOException {
    Path file = write("steps: 10\nseeds: 1\nsteps: 20\nbatch: &size 4\ncapacity: *size\n");

    assertThat(problems(file))
        .startsWith(
            file + ":3: steps is given twice, first at " + file + ":1",
            file + ":5: YAML aliases such as *size are not supported");
  }

  @Test
  void anAliasIsRefusedWhateverStandsBeforeIt() throws IOException {
    for (String text :
        List.of(
            "\uFEFFdata: *name\n",
            "{data: \"\uD83D\uDE00\", backend: *name}\n",
            "data:\r\n    *name\r\n")) {
      assertThat(problems(write(text)))
          .as(text)
          .anyMatch(problem -> problem.endsWith(": YAML aliases such as *name are not supported"));
    }
    Path keys = write("seeds: 1\n*name : 2\n");
    assertThat(problems(keys))
        .containsExactly(keys + ":2: a key must be plain text, not an alias, a list or a map");
    assertThat(new ConfigResolver("").file(write("data: '*name'\n")).resolve().data())
        .isEqualTo("*name");
  }

  @Test
  void textInQuotesIsTextWhateverStandsBeforeIt() throws IOException {
    Path file =
        write(
            "{options: {a: \"\uD83D\uDE00\"}, data: \"5\", backend: &b !!str \"no\", store: '7'}");

    ExperimentConfig config = new ConfigResolver("").file(file).resolve();

    assertThat(List.of(config.data(), config.backend(), config.memory().store()))
        .containsExactly("5", "no", "7");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws IOException {
    Path file = folder.resolve("large.yaml");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3_000_000_000L);
    }

    assertThat(problems(file))
        .containsExactly(
            "--config "
                + file
                + ": it has 3000000000 bytes, which no configuration has: at most 1048576 are read");
  }

  @Test
  void whatIsNoRegularFileIsNotRead() {
    assertThat(problems(folder))
        .containsExactly("--config " + folder + ": it is a folder; name a YAML file");
    Path device = Path.of("/dev/zero");
    assumeThat(device).exists();
    assertThat(problems(device))
        .containsExactly(
            "--config /dev/zero: it is no regular file, but a pipe or a device; write the"
                + " configuration to a file and name that");
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithItsLine() throws IOException {
    Path file = write("steps: 10\nseeds: [1\n");
    assertThat(problems(file))
        .containsExactly(
            file
                + ":2: this is not YAML: while parsing a flow sequence, expected ',' or ']', but"
                + " got <stream end>");

    Path list = write("- steps\n");
    assertThat(problems(list))
        .containsExactly(list + ":1: expected lines of `key: value`, found a list");

    Path two = write("steps: 10\n---\nsteps: 20\n");
    assertThat(problems(two))
        .containsExactly(two + ":3: a second YAML document; one file holds one");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("none.yaml");
    assertThat(problems(file)).containsExactly("--config " + file + ": no such file");
  }

  @Test
  void whatIsWrittenReadsBackTheSame() throws IOException {
    ExperimentConfig config =
        new ConfigResolver("seeds=10 steps=4000")
            .set("temperature=0.0123456789")
            .set("embedder-learning-rate=1e-7")
            .set("data=no")
            .set("decoder-hidden=[]")
            .set("options.b=010")
            .set("options.a=#: 'x' \"y\"")
            .set("conditions=exact-reinstatement/decoded,my-plugin")
            .resolve();

    Path file = write(ConfigWriter.yaml(config));

    assertThat(new ConfigResolver("seeds=1 evaluation-images=2000").file(file).resolve())
        .isEqualTo(config);
  }

  @Test
  void furtherRulesSayWhereTheKeyWasGiven() throws IOException {
    Path file = write("seeds: 2\nbackend: quantum\n");
    ConfigRule rule =
        config ->
            List.of(
                new ConfigRule.Violation("backend", "backend: no " + config.backend()),
                new ConfigRule.Violation("decoder", "decoder: no decoder"));
    ConfigResolver resolver = new ConfigResolver("").file(file);

    assertThat(catchThrowableOfType(ConfigException.class, () -> resolver.resolve(rule)).problems())
        .containsExactly(file + ":2: backend: no quantum", "decoder: no decoder");
  }

  private List<String> problems(Path file) {
    return catchThrowableOfType(
            ConfigException.class, () -> new ConfigResolver("").file(file).resolve())
        .problems();
  }

  private static List<String> problems(ConfigResolver resolver) {
    return catchThrowableOfType(ConfigException.class, resolver::resolve).problems();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), text);
  }
}
