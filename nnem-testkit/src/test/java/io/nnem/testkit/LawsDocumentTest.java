package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** {@code docs/laws.md} names every law test, and what it catches, as the code has them. */
class LawsDocumentTest {

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

  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern WRONG = Pattern.compile("`(Wrong\\w+)\\.(\\w+)`");

  private final String document = read(Sources.ROOT.resolve("docs/laws.md"));

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  /** All tests of a contract, those that it inherits included. */
  private static Set<String> tests(Class<?> contract) {
    Set<String> names = new TreeSet<>();
    for (Class<?> type = contract; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)
            || method.isAnnotationPresent(ParameterizedTest.class)) {
          names.add(contract.getSimpleName() + "#" + method.getName());
        }
      }
    }
    return names;
  }

  private static boolean isLaw(String test) {
    return test.contains("#law");
  }

  private static Set<String> lawTests() {
    return CONTRACTS.stream()
        .flatMap(contract -> tests(contract).stream())
        .filter(LawsDocumentTest::isLaw)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<MatchResult> rows() {
    return Pattern.compile("(?m)^\\| (`\\w+Contract#\\w+`) \\|.*$").matcher(document).results();
  }

  @Test
  void everyLawTest_isNamed_underItsLaw() {
    Set<String> named = new TreeSet<>();
    String[] sections = document.split("(?m)^## ", -1);
    for (String section : sections) {
      Matcher tests = TEST.matcher(section);
      while (tests.find()) {
        if (tests.group(2).startsWith("law")) {
          assertThat(section).startsWith("Law " + tests.group(2).charAt(3) + "\n");
          named.add(tests.group(1) + "#" + tests.group(2));
        }
      }
    }
    assertThat(named).as("law tests that docs/laws.md names").isEqualTo(lawTests());
  }

  @Test
  void everyTestThatIsNamed_exists() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Path file : Sources.tests()) {
      sources.put(file.getFileName().toString(), read(file));
    }
    Set<String> ofContracts = new TreeSet<>();
    CONTRACTS.forEach(contract -> ofContracts.addAll(tests(contract)));
    for (MatchResult test : TEST.matcher(document).results().toList()) {
      if (test.group(1).endsWith("Contract")) {
        assertThat(ofContracts).contains(test.group(1) + "#" + test.group(2));
      } else {
        assertThat(sources.get(test.group(1) + ".java"))
            .as("source of %s", test.group(1))
            .contains("  void " + test.group(2) + "(");
      }
    }
  }

  /** What each wrong plug-in is caught by, as {@code Contract#test Suite.Plugin}. */
  private static Set<String> caught() throws IOException, ClassNotFoundException {
    Pattern call = Pattern.compile("Caught\\.by\\(\\s*(\\w+)\\.class,\\s*(\"?)(\\w+)\"?");
    Pattern constant = Pattern.compile("String (\\w+) =\\s*\"(\\w+)\"");
    Set<String> caught = new TreeSet<>();
    for (Path file : Sources.tests()) {
      String suite = file.getFileName().toString().replace(".java", "");
      if (!suite.startsWith("Wrong")) {
        continue;
      }
      String text = read(file);
      Map<String, String> constants =
          constant
              .matcher(text)
              .results()
              .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
      for (MatchResult found : call.matcher(text).results().toList()) {
        Class<?> plugin = Class.forName("io.nnem.testkit." + suite + "$" + found.group(1));
        Class<?> contract =
            CONTRACTS.stream().filter(c -> c.isAssignableFrom(plugin)).findFirst().orElseThrow();
        String test = found.group(2).isEmpty() ? constants.get(found.group(3)) : found.group(3);
        caught.add(
            contract.getSimpleName() + "#" + test + " " + suite + "." + plugin.getSimpleName());
      }
    }
    return caught;
  }

  @Test
  void everyWrongPlugin_isNamed_whereItIsCaught() throws ReflectiveOperationException, IOException {
    Set<String> named = new TreeSet<>();
    for (MatchResult row : rows().toList()) {
      String test = row.group(1).replace("`", "");
      WRONG
          .matcher(row.group())
          .results()
          .forEach(wrong -> named.add(test + " " + wrong.group(1) + "." + wrong.group(2)));
    }
    assertThat(named).as("what docs/laws.md says is caught").isEqualTo(caught());
  }

  @Test
  void everyLawTest_catchesAWrongPlugin() throws ReflectiveOperationException, IOException {
    Set<String> catching =
        caught().stream()
            .map(pair -> pair.substring(0, pair.indexOf(' ')))
            .filter(LawsDocumentTest::isLaw)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(catching).as("law tests that a wrong plug-in has failed").isEqualTo(lawTests());
  }

  @Test
  void noWrongPlugin_isLeftUntried() throws ReflectiveOperationException, IOException {
    Set<String> tried =
        caught().stream()
            .map(pair -> pair.substring(pair.indexOf(' ') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> there = new TreeSet<>();
    for (Path file : Sources.tests()) {
      String suite = file.getFileName().toString().replace(".java", "");
      if (suite.startsWith("Wrong")) {
        for (Class<?> nested : Class.forName("io.nnem.testkit." + suite).getDeclaredClasses()) {
          if (CONTRACTS.stream().anyMatch(contract -> contract.isAssignableFrom(nested))
              && !Modifier.isAbstract(nested.getModifiers())
              && !nested.getSimpleName().equals("Right")) {
            there.add(suite + "." + nested.getSimpleName());
          }
        }
      }
    }
    assertThat(tried).as("wrong plug-ins that a test must catch").isEqualTo(there);
  }
}
