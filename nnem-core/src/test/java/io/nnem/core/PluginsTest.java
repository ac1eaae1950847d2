package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.core.SampleProvider.Good;
import io.nnem.core.SampleProvider.OneOfTwo;
import io.nnem.core.SampleProvider.OtherOfTwo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 7: a name that is not unique, or not found, is an error that lists the names there are. */
class PluginsTest {
  private static final String HERE =
      PluginsTest.class
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .getPath()
          .replaceAll("/$", "");

  private final Plugins<SampleProvider> plugins = Plugins.load(SampleProvider.class);

  @Test
  void whatIsBroken_doesNotKeepTheOthersFromBeingUsed() {
    assertThat(plugins.get("good")).isInstanceOf(Good.class);
    assertThat(plugins.names()).containsExactly("good", "shared");
    assertThat(plugins.all())
        .extracting(Plugins.Found::name)
        .containsExactly("shared", "shared", "good");
    assertThat(plugins.all()).extracting(Plugins.Found::location).containsOnly(HERE);
    assertThat(plugins.kind()).isEqualTo("sample");
  }

  @Test
  void whatIsBroken_isListedWithItsReason() {
    assertThat(plugins.problems())
        .containsExactly(
            "io.nnem.core.SampleProvider$Throwing in "
                + HERE
                + " cannot be made: its constructor throws java.lang.IllegalStateException: no"
                + " licence",
            "io.nnem.core.SampleProvider$NotThere in "
                + HERE
                + " is registered there, but there is no such class.",
            "io.nnem.core.SampleProvider$Misnamed in "
                + HERE
                + " calls itself 'Bad Name'; a name is lower-case letters, digits and single"
                + " hyphens, and starts with a letter.",
            "io.nnem.core.SampleProvider$Speechless in "
                + HERE
                + " cannot be asked: java.lang.UnsupportedOperationException: no name yet",
            sharedName());
  }

  private static String sharedName() {
    return "2 plug-ins offer a sample called 'shared': io.nnem.core.SampleProvider$OneOfTwo in "
        + HERE
        + ", io.nnem.core.SampleProvider$OtherOfTwo in "
        + HERE
        + ". Keep one of them.";
  }

  @Test
  void anUnknownName_listsTheNamesThereAre_andTheProblems() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plugins.get("goood"))
        .withMessageStartingWith(
            "There is no sample called 'goood'. There are: good, shared. Add the jar that offers"
                + " it, as a io.nnem.core.SampleProvider, to the class path of your application; for the nnem command,"
                + " put it into the folder plugins/ beside it, or name it with --plugin-path."
                + " Not usable: ")
        .withMessageContaining("no licence");
    Plugins<SampleProvider> few = Plugins.of(SampleProvider.class, List.of(new Good()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> few.get("goood"))
        .withMessage(
            "There is no sample called 'goood'. There are: good. Add the jar that offers it, as a"
                + " io.nnem.core.SampleProvider, to the class path of your application; for the"
                + " nnem command, put it into the folder plugins/ beside it, or name it with"
                + " --plugin-path.");
    Plugins<SampleProvider> none = Plugins.of(SampleProvider.class, List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.get("good"))
        .withMessageStartingWith("There is no sample called 'good'. There are: none. Add");
  }

  @Test
  void aSharedName_isAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plugins.get("shared"))
        .withMessage(sharedName() + " There are: good, shared.");
    Plugins<SampleProvider> given =
        Plugins.of(SampleProvider.class, List.of(new OneOfTwo(), new OtherOfTwo()));
    assertThat(given.problems()).containsExactly(sharedName());
  }

  private record Named(String name) implements SampleProvider {}

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "a--b", "-a", "a-", "a_b", "a b", "é"})
  void namesThatAreNotValid_areProblems(String name) {
    Plugins<SampleProvider> given = Plugins.of(SampleProvider.class, List.of(new Named(name)));
    assertThat(given.names()).isEmpty();
    assertThat(given.problems()).singleElement().asString().contains("calls itself '" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a1", "exact-reinstatement", "k-2-x"})
  void namesThatAreValid_areFound(String name) {
    Plugins<SampleProvider> given = Plugins.of(SampleProvider.class, List.of(new Named(name)));
    assertThat(given.get(name)).isEqualTo(new Named(name));
    assertThat(given.problems()).isEmpty();
  }

  @Test
  void ourOwn_areFound() {
    assertThat(Plugins.load(BackendProvider.class).get("reference").create(1).elementBytes())
        .isEqualTo(8);
    Plugins<EmbedderProvider> embedders = Plugins.load(EmbedderProvider.class);
    assertThat(embedders.names()).containsExactly("conv", "identity", "mlp", "random-projection");
    assertThat(embedders.problems()).isEmpty();
  }
}
