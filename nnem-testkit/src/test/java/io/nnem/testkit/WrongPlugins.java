package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/**
 * Runs contracts on wrong plug-ins, which they must catch. The nested classes are the contracts,
 * each with what it is {@link Caught} by; one that is called {@code Right} must not be caught.
 */
abstract class WrongPlugins {

  /** The contracts of the wrong plug-ins in a suite. */
  static List<Class<?>> in(Class<?> suite) {
    return Arrays.stream(suite.getDeclaredClasses())
        .filter(nested -> !Modifier.isAbstract(nested.getModifiers()))
        .filter(nested -> !nested.getSimpleName().equals("Right"))
        .filter(nested -> methods(nested).anyMatch(method -> method.isAnnotationPresent(Law.class)))
        .toList();
  }

  /** All methods of a contract, those that it inherits included. */
  static Stream<Method> methods(Class<?> contract) {
    return Stream.<Class<?>>iterate(contract, type -> type != null, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()));
  }

  @TestFactory
  final Stream<DynamicTest> eachIsCaught() {
    return in(getClass()).stream().flatMap(WrongPlugins::eachTestThatCatches);
  }

  private static Stream<DynamicTest> eachTestThatCatches(Class<?> wrong) {
    Caught[] all = wrong.getAnnotationsByType(Caught.class);
    assertThat(all).as("what %s is caught by", wrong).isNotEmpty();
    return Arrays.stream(all)
        .map(
            caught ->
                dynamicTest(
                    wrong.getSimpleName() + " by " + caught.by(),
                    () -> assertCaught(wrong, caught)));
  }

  private static void assertCaught(Class<?> wrong, Caught caught) {
    Events failed = run(wrong, caught.by()).failed();
    assertThat(failed.count()).as("failures of %s for %s", caught.by(), wrong).isPositive();
    List<String> messages =
        failed.stream()
            .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
            .flatMap(result -> result.getThrowable().stream())
            .map(Throwable::getMessage)
            .toList();
    assertThat(String.join("\n", messages)).contains(caught.saying());
  }

  /** Fails unless each test passes: what catches everything catches nothing. */
  static void assertNotCaught(Class<?> right, String test) {
    Events events = run(right, test);
    assertThat(events.succeeded().count()).as("passes of %s", test).isPositive();
    assertThat(events.failed().count()).as("failures of %s", test).isZero();
  }

  /** Fails unless all tests of the contract pass, or are skipped. */
  static void assertNotCaught(Class<?> right) {
    Events events = run(selectClass(right));
    assertThat(events.succeeded().count()).as("tests that pass").isPositive();
    List<String> failed =
        events.failed().stream().map(event -> event.getTestDescriptor().getDisplayName()).toList();
    assertThat(failed).as("tests that catch a right plug-in").isEmpty();
  }

  private static Events run(Class<?> contract, String test) {
    Method method =
        methods(contract)
            .filter(candidate -> candidate.getName().equals(test))
            .findFirst()
            .orElseThrow(() -> new AssertionError(contract + " has no test " + test));
    return run(selectMethod(contract, method));
  }

  private static Events run(DiscoverySelector selector) {
    return EngineTestKit.engine("junit-jupiter").selectors(selector).execute().testEvents();
  }
}
