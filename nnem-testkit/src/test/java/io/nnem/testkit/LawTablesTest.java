package io.nnem.testkit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/laws.md} are made here, of {@link Law} and {@link Caught}. */
class LawTablesTest {

  private static final Path DOCUMENT = Sources.ROOT.resolve("docs/laws.md");

  /** Heading and text, the law's number if it is one, the table's head, and its rows. */
  private static final Pattern SECTION =
      Pattern.compile(
          "(?s)(## (?:Law (\\d)|Beyond the laws)\n.*?)(\\| test \\|[^\n]*\n[^\n]*\n).*?(?=\n\n|\n$)");

  private static final List<Class<?>> CONTRACTS =
      List.of(
          TensorsContract.class,
          EmbedderContract.class,
          DecoderContract.class,
          OptimiserContract.class,
          MemoryStoreContract.class,
          EvictionPolicyContract.class,
          RecallContract.class,
          CreditAssignerContract.class,
          KeyRefresherContract.class);

  /** A wrong plug-in, and one of the tests that catch it. */
  private record Catch(Class<?> wrong, String test) {

    boolean isBy(Class<?> contract, String name) {
      return contract.isAssignableFrom(wrong) && test.equals(name);
    }

    String name() {
      return "`" + wrong.getEnclosingClass().getSimpleName() + "." + wrong.getSimpleName() + "`";
    }
  }

  private final List<Catch> catches = new ArrayList<>();

  LawTablesTest() throws IOException, ClassNotFoundException {
    for (Path file : Sources.tests()) {
      String suite = file.getFileName().toString().replace(".java", "");
      if (suite.matches("Wrong\\w+Test")) {
        for (Class<?> wrong : WrongPlugins.in(Class.forName("io.nnem.testkit." + suite))) {
          Arrays.stream(wrong.getAnnotationsByType(Caught.class))
              .forEach(caught -> catches.add(new Catch(wrong, caught.by())));
        }
      }
    }
  }

  private String caughtBy(Class<?> contract, Method test) {
    return catches.stream()
        .filter(each -> each.isBy(contract, test.getName()))
        .map(Catch::name)
        .sorted()
        .collect(joining(", "));
  }

  /** The rows of the tests of a law; 0 for those of no law, where they catch something. */
  private Stream<String> rows(int law) {
    return CONTRACTS.stream()
        .flatMap(
            contract ->
                WrongPlugins.methods(contract)
                    .sorted(Comparator.comparing(Method::getName))
                    .filter(test -> number(test) == law)
                    .filter(test -> law > 0 || !caughtBy(contract, test).isEmpty())
                    .map(test -> row(contract, test)));
  }

  private String row(Class<?> contract, Method test) {
    Law law = test.getAnnotation(Law.class);
    String holds = law == null ? "" : law.holds() + " | ";
    return String.format(
        Locale.ROOT,
        "| `%s#%s` | %s%s |",
        contract.getSimpleName(),
        test.getName(),
        holds,
        caughtBy(contract, test));
  }

  private static int number(Method test) {
    return test.isAnnotationPresent(Law.class) ? test.getAnnotation(Law.class).number() : 0;
  }

  private String section(MatchResult section) {
    int law = section.group(2) == null ? 0 : Integer.parseInt(section.group(2));
    return Matcher.quoteReplacement(
        section.group(1) + section.group(3) + rows(law).collect(joining("\n")));
  }

  @Test
  void theDocument_hasTheTablesOfTheCode() throws IOException {
    String written = Files.readString(DOCUMENT);
    String made = SECTION.matcher(written).replaceAll(this::section);
    if (Boolean.getBoolean("nnem.writeLaws")) {
      Files.writeString(DOCUMENT, made);
    } else {
      assertThat(written)
          .as(
              "docs/laws.md; its tables are written anew by mvn test -pl nnem-testkit -am"
                  + " -Dtest=LawTablesTest -Dnnem.writeLaws=true")
          .isEqualTo(made);
    }
  }

  @Test
  void everyLawTest_andEveryWrongPlugin_isInATable() throws IOException {
    String document = Files.readString(DOCUMENT);
    assertThat(document).contains(catches.stream().map(Catch::name).toList());
    for (Class<?> contract : CONTRACTS) {
      WrongPlugins.methods(contract)
          .filter(test -> number(test) > 0)
          .forEach(test -> assertThat(document).contains(row(contract, test)));
    }
  }

  @Test
  void everyLawTest_catchesAWrongPlugin() {
    for (Class<?> contract : CONTRACTS) {
      assertThat(WrongPlugins.methods(contract).filter(test -> number(test) > 0))
          .isNotEmpty()
          .allMatch(test -> !caughtBy(contract, test).isEmpty());
    }
  }
}
