package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.BackendProvider;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.KeyRefresherProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.RecallProvider;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Whatever is registered in nnem's own modules runs the contract of its kind. */
class CoverageTest {

  private static final List<BuiltInPluginsTests<?>> BACKENDS =
      List.of(
          new ReferenceTest(),
          new Nd4jOneThreadTest(),
          new Nd4jTwoThreadsTest(),
          new FloatArraysTest());

  /** The contracts that run on the first back end; they are the same on all. */
  private static <C> List<C> contracts(Class<C> kind) {
    List<C> contracts = new ArrayList<>();
    for (Class<?> nested : BuiltInPluginsTests.class.getDeclaredClasses()) {
      if (nested.isAnnotationPresent(Nested.class)
          && kind.isAssignableFrom(nested)
          && !Modifier.isAbstract(nested.getModifiers())) {
        try {
          Constructor<?> constructor = nested.getDeclaredConstructor(BuiltInPluginsTests.class);
          contracts.add(kind.cast(constructor.newInstance(BACKENDS.get(0))));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError(nested + " cannot be created", e);
        }
      }
    }
    return contracts;
  }

  private static Set<String> names(Class<? extends Plugin> kind) {
    return new TreeSet<>(Plugins.load(kind).names());
  }

  private static void assertCovered(Set<String> registered, Stream<String> tested) {
    assertThat(new TreeSet<>(tested.toList()))
        .as("what runs its contract, as against what is registered")
        .isEqualTo(registered)
        .isNotEmpty();
  }

  @Test
  void everyBackend_runsItsContract() {
    assertCovered(
        names(BackendProvider.class),
        BACKENDS.stream().map(BuiltInPluginsTests::backendName).flatMap(Optional::stream));
  }

  @Test
  void everyEmbedder_runsItsContract() {
    assertCovered(
        names(EmbedderProvider.class),
        contracts(EmbedderContract.class).stream().map(c -> c.provider().name()));
  }

  @Test
  void everyDecoder_runsItsContract() {
    assertCovered(
        names(DecoderProvider.class),
        contracts(DecoderContract.class).stream().map(c -> c.provider().name()));
  }

  @Test
  void everyMemoryStore_runsItsContract() {
    assertCovered(
        names(MemoryStoreProvider.class),
        contracts(MemoryStoreContract.class).stream().map(c -> c.provider().name()));
  }

  @Test
  void everyEvictionPolicy_runsItsContract() {
    assertCovered(
        names(EvictionPolicyProvider.class),
        contracts(EvictionPolicyContract.class).stream().map(c -> c.provider().name()));
  }

  @Test
  void everyRecall_runsItsContract() {
    assertCovered(
        names(RecallProvider.class),
        contracts(RecallContract.class).stream().map(c -> c.provider().name()));
  }

  @Test
  void everyKeyRefresher_runsItsContract() {
    assertCovered(
        names(KeyRefresherProvider.class),
        contracts(KeyRefresherContract.class).stream().map(c -> c.provider().name()));
  }

  /** With each reinstatement, if it takes one. */
  @Test
  void everyAssigner_runsItsContract() {
    Set<String> registered = new TreeSet<>();
    for (var assigner : Plugins.load(CreditAssignerProvider.class).all()) {
      if (assigner.plugin().reinstates()) {
        names(ReinstatementProvider.class)
            .forEach(source -> registered.add(assigner.name() + "/" + source));
      } else {
        registered.add(assigner.name());
      }
    }
    List<String> tested = new ArrayList<>();
    for (CreditAssignerContract<?> contract : contracts(CreditAssignerContract.class)) {
      Optional<ReinstatementProvider> source = contract.reinstatement();
      tested.add(contract.provider().name() + source.map(s -> "/" + s.name()).orElse(""));
    }
    assertCovered(registered, tested.stream());
  }

  /** A module that this one does not depend on would escape what the tests above see. */
  @Test
  void everyProviderOfAnyModule_isSeenHere() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Class<? extends Plugin> kind :
        List.of(
            BackendProvider.class,
            EmbedderProvider.class,
            DecoderProvider.class,
            EvictionPolicyProvider.class,
            KeyRefresherProvider.class,
            MemoryStoreProvider.class,
            RecallProvider.class,
            CreditAssignerProvider.class,
            ReinstatementProvider.class)) {
      Plugins.load(kind).all().forEach(found -> seen.add(found.plugin().getClass().getName()));
    }
    assertThat(seen).as("providers that run their contract").containsAll(registeredInSources());
  }

  private static Set<String> registeredInSources() throws IOException {
    Pattern registration =
        Pattern.compile("(?m)^@AutoService\\([\\w.]+\\.class\\)\\s+(?:[a-z]+ )*class (\\w+)");
    Set<String> registered = new TreeSet<>();
    for (Path file : Sources.main()) {
      // experiments, and what runs their trials, have no contract
      String text =
          Files.readString(file)
              .replaceAll("@AutoService\\((Experiment|TrialExecutor)\\.class\\)", "");
      Matcher matcher = registration.matcher(text);
      while (matcher.find()) {
        registered.add(Sources.packageOf(text) + "." + matcher.group(1));
      }
      assertThat(text.lines().filter(line -> line.startsWith("@AutoService")).count())
          .as("registrations in %s that this test can read", file)
          .isEqualTo(registration.matcher(text).results().count());
    }
    assertThat(registered).as("registrations in the sources").isNotEmpty();
    return registered;
  }
}
