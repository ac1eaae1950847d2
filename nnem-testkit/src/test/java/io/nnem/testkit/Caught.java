package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs a test of a contract on a wrong plug-in, which it must catch. */
final class Caught {

  private Caught() {}

  /** Fails unless the contract fails in this test, with these words. */
  static void by(Class<?> contract, String test, String words) {
    Events events = run(contract, test);
    assertThat(events.failed().count())
        .as("failures of %s for %s", test, contract.getSimpleName())
        .isPositive();
    StringBuilder messages = new StringBuilder();
    events.failed().stream()
        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
        .flatMap(result -> result.getThrowable().stream())
        .forEach(cause -> messages.append(cause.getMessage()).append('\n'));
    assertThat(messages.toString()).as("what %s says", test).contains(words);
  }

  /** Fails unless the test passes: what catches everything catches nothing. */
  static void not(Class<?> contract, String test) {
    Events events = run(contract, test);
    assertThat(events.succeeded().count()).as("passes of %s", test).isPositive();
    assertThat(events.failed().count()).as("failures of %s", test).isZero();
  }

  /** Fails unless all tests of the contract pass, or are skipped. */
  static void notByAny(Class<?> contract) {
    Events events = run(selectClass(contract));
    assertThat(events.succeeded().count()).as("tests that pass").isPositive();
    List<String> failed =
        events.failed().stream().map(event -> event.getTestDescriptor().getDisplayName()).toList();
    assertThat(failed).as("tests that catch a right plug-in").isEmpty();
  }

  private static Events run(Class<?> contract, String test) {
    return run(selectMethod(contract, method(contract, test)));
  }

  private static Events run(DiscoverySelector selector) {
    return EngineTestKit.engine("junit-jupiter").selectors(selector).execute().testEvents();
  }

  private static Method method(Class<?> contract, String name) {
    for (Class<?> type = contract; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name)) {
          return method;
        }
      }
    }
    throw new AssertionError(
        contract.getSimpleName()
            + " has no test "
            + name
            + "; it declares "
            + Arrays.toString(contract.getDeclaredMethods()));
  }
}
