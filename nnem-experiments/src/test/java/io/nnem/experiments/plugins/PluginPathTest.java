package io.nnem.experiments.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars from elsewhere: the good ones are used, and the others are named with what is wrong. */
class PluginPathTest {
  private static Path beside;

  @TempDir private Path temporary;
  private Path folder;
  private PluginJars jars;

  @BeforeAll
  static void aGoodJar(@TempDir Path work) throws IOException {
    Path classes =
        new PluginJars(work).classes("Beside", PluginJars.provider("Beside", "beside", ""));
    beside = PluginJars.pack(work.resolve("beside.jar"), classes);
  }

  @BeforeEach
  void aFolderWithSpaces() throws IOException {
    folder = Files.createDirectories(temporary.toRealPath().resolve("my plug-ins"));
    jars = new PluginJars(temporary.resolve("work"));
  }

  @Test
  void aJarIsFoundBesideTheBuiltIns() throws IOException {
    Path jar = jar("good", PluginJars.provider("Good", "good", ""));
    Catalogue catalogue = load(jar);

    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.of(CreditAssignerProvider.class).names())
        .contains("good", "none", "backprop");
    assertThat(location(catalogue, "good")).isEqualTo(jar.toString());
    assertThat(Catalogue.load().of(CreditAssignerProvider.class).names())
        .doesNotContain("good")
        .contains("none");
  }

  @Test
  void allJarsOfAFolder_orAFolderOfClasses_orSeveral() throws IOException {
    jar("one", PluginJars.provider("One", "one", ""));
    jar("two", PluginJars.provider("Two", "two", ""));
    Files.writeString(folder.resolve("readme.txt"), "not a jar, and not asked for");
    assertThat(load(folder).problems()).isEmpty();
    assertThat(load(folder).of(CreditAssignerProvider.class).names()).contains("one", "two");

    Path classes = jars.classes("Three", PluginJars.provider("Three", "three", ""));
    assertThat(load(classes).of(CreditAssignerProvider.class).names())
        .contains("three")
        .doesNotContain("one");
    Catalogue both = load(classes, folder, folder.resolve("one.jar"));
    assertThat(both.problems()).isEmpty();
    assertThat(both.of(CreditAssignerProvider.class).names()).contains("one", "two", "three");
  }

  @Test
  void aConstructorThatThrows() throws IOException {
    Path jar =
        jar(
            "bad",
            PluginJars.provider(
                "Bad", "bad", "public Bad() { throw new IllegalStateException(\"no\"); }"));
    assertOnlyProblem(
        jar,
        "plug.Bad in "
            + jar
            + " cannot be made: its constructor throws java.lang.IllegalStateException: no");
  }

  @Test
  void aClassThatCannotBeInitialised() throws IOException {
    Path jar = jar("bad", PluginJars.provider("Bad", "bad", "static int x = 1 / \"\".length();"));
    assertOnlyProblem(
        jar,
        "plug.Bad in "
            + jar
            + " cannot be loaded: java.lang.ArithmeticException: / by zero. Was it built against"
            + " another version of nnem? Build it again.");
  }

  @Test
  void aConstructorThatNobodyMayCall() throws IOException {
    Path jar = jar("bad", PluginJars.provider("Bad", "bad", "Bad() {}"));
    assertOnlyProblem(jar, "plug.Bad in " + jar + " has no public constructor without parameters.");
  }

  @Test
  void aNameThatIsNone_andANameThatThrows() throws IOException {
    Path jar = jar("bad", PluginJars.provider("Bad", "Very Bad", ""));
    assertOnlyProblem(
        jar,
        "plug.Bad in "
            + jar
            + " calls itself 'Very Bad'; a name is lower-case letters, digits and single hyphens,"
            + " and starts with a letter.");
    Path worse =
        jar(
            "worse",
            PluginJars.provider("Worse", "worse", "")
                .replace("return \"worse\"", "throw new Error(\"!\")"));
    assertOnlyProblem(worse, "plug.Worse in " + worse + " cannot be asked: java.lang.Error: !");
  }

  @Test
  void aNameThatAnotherHas() throws IOException {
    Path jar = jar("bad", PluginJars.provider("Bad", "none", ""));
    Catalogue catalogue = load(jar);
    assertThat(catalogue.problems())
        .singleElement()
        .asString()
        .startsWith("2 plug-ins offer a credit assigner called 'none': io.nnem.credit.assigner.")
        .endsWith(", plug.Bad in " + jar + ". Keep one of them.");
    assertThat(catalogue.of(CreditAssignerProvider.class).get("backprop").name())
        .isEqualTo("backprop");
  }

  @Test
  void aClassThatLacksAMethod() throws IOException {
    String old =
        """
        package io.nnem.credit;
        public interface CreditAssignerProvider extends io.nnem.core.Plugin {}
        """;
    String source =
        """
        package plug;
        public class Bad implements io.nnem.credit.CreditAssignerProvider {
          @Override public String name() { return "bad"; }
        }
        """;
    Path classes =
        jars.classesOfOldDays("Bad", source, "io.nnem.credit.CreditAssignerProvider", old);
    Path jar = PluginJars.pack(folder.resolve("bad.jar"), classes);
    assertOnlyProblem(
        jar,
        "plug.Bad in "
            + jar
            + " does not have CreditAssignerProvider.create: it was built against another version"
            + " of nnem. Build it again.");
  }

  @Test
  void aClassWhoseInterfaceIsGone() throws IOException {
    Path classes =
        jars.classesOfOldDays(
            "Bad",
            PluginJars.provider("Bad", "bad", "")
                .replace("implements ", "implements CreditAssignerFactory, "),
            "io.nnem.credit.CreditAssignerFactory",
            "package io.nnem.credit;\npublic interface CreditAssignerFactory {}\n");
    Path jar = PluginJars.pack(folder.resolve("bad.jar"), classes);
    Catalogue catalogue = load(jar);
    assertThat(catalogue.problems())
        .singleElement()
        .asString()
        .startsWith(
            "plug.Bad in "
                + jar
                + " cannot be loaded: java.lang.ClassNotFoundException:"
                + " io.nnem.credit.CreditAssignerFactory")
        .endsWith(". Was it built against another version of nnem? Build it again.");
    assertOthersWork(catalogue);
  }

  @Test
  void aServiceFileThatPromisesTooMuch() throws IOException {
    Path classes = jars.classes("Bad", "package plug;\npublic class Bad {}\n");
    Path jar = PluginJars.pack(folder.resolve("bad.jar"), classes);
    assertOnlyProblem(
        jar,
        "plug.Bad in "
            + jar
            + " is registered as a io.nnem.credit.CreditAssignerProvider, but is none.");
    Files.delete(classes.resolve("plug/Bad.class"));
    Path empty = PluginJars.pack(folder.resolve("empty.jar"), classes);
    assertOnlyProblem(
        empty, "plug.Bad in " + empty + " is registered there, but there is no such class.");
  }

  @Test
  void aJarThatIsNone_andOneThatIsNotThere() throws IOException {
    Path corrupt = folder.resolve("corrupt.jar");
    Files.write(corrupt, new byte[1000]);
    assertOnlyProblem(
        corrupt,
        corrupt
            + " on the plug-in path is no jar that can be read: java.util.zip.ZipException: zip END"
            + " header not found");
    Path missing = folder.resolve("missing.jar");
    assertOnlyProblem(
        missing,
        missing
            + " on the plug-in path is not there or cannot be read:"
            + " java.nio.file.NoSuchFileException: "
            + missing);
  }

  @Test
  void oneClassInTwoJars() throws IOException {
    Path classes = jars.classes("Good", PluginJars.provider("Good", "good", ""));
    Path one = PluginJars.pack(folder.resolve("good-1.jar"), classes);
    Path two = PluginJars.pack(folder.resolve("good-2.jar"), classes);
    Catalogue catalogue = load(folder);
    assertThat(catalogue.problems())
        .containsExactly(
            "plug.Good is in "
                + one
                + " and in "
                + two
                + "; the one in "
                + one
                + " is used. Keep one of them.");
    assertThat(location(catalogue, "good")).isEqualTo(one.toString());
  }

  /** What is not registered is not found; a library, which has nothing to register, is silent. */
  @Test
  void aPluginThatIsNotRegistered() throws IOException {
    Path classes = jars.classes("Forgot", PluginJars.provider("Forgot", "forgot", ""));
    PluginJars.unregister(classes);
    Path jar = PluginJars.pack(folder.resolve("forgot.jar"), classes);
    Path helper = jars.classes("Helper", "package plug;\npublic class Helper {}\n");
    PluginJars.unregister(helper);
    Path library = PluginJars.pack(folder.resolve("library.jar"), helper);

    Catalogue catalogue = load(jar, library, beside);
    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.unregistered())
        .containsExactly(
            jar
                + " on the plug-in path offers nothing: plug.Forgot is not registered in"
                + " META-INF/services. Name auto-service in the annotationProcessorPaths of"
                + " maven-compiler-plugin and build it again (javac of JDK 23 and newer runs no"
                + " processor that is not named), or write the service file by hand.");
    assertThat(load(classes).unregistered())
        .singleElement()
        .asString()
        .startsWith(
            classes.toRealPath()
                + " on the plug-in path offers nothing: there is no jar in it, and no"
                + " META-INF/services as in a folder of classes. Name auto-service in ");
    assertThat(Catalogue.load().unregistered()).isEmpty();
  }

  private Path jar(String name, String source) throws IOException {
    String className = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return PluginJars.pack(folder.resolve(name + ".jar"), jars.classes(className, source));
  }

  private static Catalogue load(Path... places) {
    String list =
        Stream.of(places).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return Catalogue.load(PluginPath.standard(List.of(list)), List.of());
  }

  /** It is reported, in these words, and neither the built-in plug-ins nor other jars suffer. */
  private void assertOnlyProblem(Path jar, String problem) {
    Catalogue catalogue = load(jar, beside);
    assertThat(catalogue.problems()).containsExactly(problem);
    assertThat(catalogue.of(CreditAssignerProvider.class).get("beside").name()).isEqualTo("beside");
    assertOthersWork(catalogue);
  }

  private static void assertOthersWork(Catalogue catalogue) {
    for (String name : Catalogue.load().of(CreditAssignerProvider.class).names()) {
      assertThat(catalogue.of(CreditAssignerProvider.class).get(name).name()).isEqualTo(name);
    }
    assertThat(catalogue.of(CreditAssignerProvider.class).names()).doesNotContain("bad");
  }

  private static String location(Catalogue catalogue, String name) {
    Plugins<CreditAssignerProvider> assigners = catalogue.of(CreditAssignerProvider.class);
    return assigners.all().stream()
        .filter(found -> found.name().equals(name))
        .map(Plugins.Found::location)
        .collect(Collectors.joining(", "));
  }
}
