package io.nnem.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionSettingsTest {
  @TempDir private Path folder;

  @Test
  void everyKindOfValueIsLaidOver() {
    ExperimentConfig config = resolve("none", "options.a=one", "options.b=two");
    ExperimentConfig own =
        config.forCondition(
            Condition.parse(
                "none+capacity=600+temperature=0.5+query-gradient=true+embedder-hidden=256:64"
                    + "+decoder-hidden=[]+freshening=drift+options.b=three"
                    + "+options.c=010"));

    assertThat(own.memory().capacity()).isEqualTo(600);
    assertThat(own.reading().temperature()).isEqualTo(0.5);
    assertThat(own.reading().queryGradient()).isTrue();
    assertThat(own.network().embedderHidden()).containsExactly(256, 64);
    assertThat(own.decoding().decoderHidden()).isEmpty();
    assertThat(own.memory().freshening()).isEqualTo("drift");
    assertThat(own.options()).isEqualTo(Map.of("a", "one", "b", "three", "c", "010"));
    assertThat(own.training().steps()).isEqualTo(config.training().steps());
    assertThat(config.forCondition(Condition.parse("none"))).isSameAs(config);
  }

  @Test
  void conditionsThatDifferInSettingsOnlyAreTwo() {
    assertThat(resolve("none,none+batch=8,none+batch=4").conditions()).hasSize(3);
    assertThat(problems("none+batch=8+capacity=40,none+capacity=40+batch=8"))
        .containsExactly("--set: conditions names none+capacity=40+batch=8 twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "batch=0|batch is 0; it must be greater than or equal to 1",
        "batch=x|batch is \"x\"; it must be a whole number",
        "batch=501|capacity is 500; it must be at least batch, 501",
        "temperature=-1|temperature is -1; it must be a finite number above 0",
        "temperature=1e999|temperature is Infinity; it must be a finite number above 0",
        "query-gradient=yes|query-gradient is yes; it must be true or false",
        "normalisation=mean|normalisation is \"mean\"; it must be one of [softmax, sum]",
        "embedder-hidden=256:x|embedder-hidden[1] is \"x\"; it must be a whole number",
        "embedder-hidden=256:0|embedder-hidden[1] is 0; it must be greater than or equal to 1",
        "options=a|options is \"a\"; it must be a map of names to text",
        "seeds=4|seeds is the same for all conditions of a run, so none has one of its own; give it"
            + " with --set seeds=4",
        "backend=reference|backend is the same for all conditions of a run, so none has one of its"
            + " own; give it with --set backend=reference",
        "conditions=none|conditions is the same for all conditions of a run, so none has one of its"
            + " own; give it with --conditions"
      })
  void whatIsWrongIsSaidAsOfTheRunsOwnAndNamesTheCondition(String setting, String message) {
    assertThat(problems("backprop,none+" + setting))
        .containsExactly("--set: conditions: none+" + setting + ": " + message);
  }

  @Test
  void anUnknownKeyGetsASuggestion() {
    assertThat(problems("none+tempreature=1"))
        .containsExactly(
            "--set: conditions: none+tempreature=1: there is no key \"tempreature\"; did you mean"
                + " temperature?",
            "the keys are " + String.join(", ", ConfigKey.ALL.keySet()));
  }

  @Test
  void whatIsWrongWithTheRunIsNotSaidAgainOfEachCondition() {
    assertThat(problems("none+batch=8,none+temperature=0", "clip-norm=-1"))
        .containsExactly(
            "--set: clip-norm is -1; it must be a finite number, 0 (no limit) or above",
            "--set: conditions: none+temperature=0: temperature is 0; it must be a finite number"
                + " above 0");
  }

  @Test
  void aConditionThatWasNeverCheckedIsChecked() {
    ExperimentConfig config = ExperimentConfig.defaults();
    assertThatThrownBy(() -> config.forCondition(Condition.parse("none+batch=0")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("conditions: none+batch=0: batch is 0; it must be greater than or equal to 1");
  }

  @Test
  void whatIsWrittenReadsBackTheSame() throws IOException {
    ExperimentConfig config =
        resolve(
            "none+embedder-hidden=256:64,exact-reinstatement/code+options.code-bits=8"
                + "+pretrain-steps=10,none+temperature=.5,none+options.a=#x:{y}");
    Path file = Files.writeString(folder.resolve("c.yaml"), ConfigWriter.yaml(config));

    ExperimentConfig again =
        new ConfigResolver("seeds=1 evaluation-images=2000").file(file).resolve();

    assertThat(again).isEqualTo(config);
    assertThat(again.conditions())
        .extracting(Condition::name)
        .startsWith(
            "none+embedder-hidden=256:64",
            "exact-reinstatement/code+options.code-bits=8+pretrain-steps=10");
  }

  @Test
  void aFileIsCheckedAsTheCommandLine() throws IOException {
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "seeds: 1\nconditions: [none+batch=0]\n");
    ConfigResolver resolver = new ConfigResolver("").file(file);
    assertThat(catchThrowableOfType(ConfigException.class, resolver::resolve).problems())
        .containsExactly(
            file
                + ":2: conditions: none+batch=0: batch is 0; it must be greater than or equal to"
                + " 1");
  }

  private static ExperimentConfig resolve(String conditions, String... sets) {
    return resolver(conditions, sets).resolve();
  }

  private static List<String> problems(String conditions, String... sets) {
    ConfigResolver resolver = resolver(conditions, sets);
    return catchThrowableOfType(ConfigException.class, resolver::resolve).problems();
  }

  private static ConfigResolver resolver(String conditions, String... sets) {
    ConfigResolver resolver = new ConfigResolver("").set("conditions=" + conditions);
    List.of(sets).forEach(resolver::set);
    return resolver;
  }
}
