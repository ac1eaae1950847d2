package io.nnem.experiments;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which packages may know which. */
class PackagesTest {
  private static final List<String> EXPERIMENTS =
      List.of("figure", "audit", "capacity", "decoders", "sweep", "stream");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.nnem");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "core",
        "memory",
        "autoencoder",
        "credit",
        "datasets",
        "nd4j",
        "learners",
        "testkit",
        "report",
        "experiments"
      })
  void everyModuleIsLookedAt(String module) {
    assertThat(CLASSES)
        .anyMatch(type -> (type.getPackageName() + ".").startsWith("io.nnem." + module + "."));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.nnem.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void reportsKnowNothingOfWhatIsReported() {
    noClasses()
        .that()
        .resideInAPackage("io.nnem.report..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.nnem..").and(resideOutsideOfPackage("io.nnem.report..")))
        .check(CLASSES);
  }

  /** So that a job can be made anew in a program that has no command line. */
  @Test
  void experimentsKnowNoCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(
            EXPERIMENTS.stream()
                .map(each -> "io.nnem.experiments." + each + "..")
                .toArray(String[]::new))
        .or()
        .haveSimpleName("Experiment")
        .or()
        .haveSimpleName("Job")
        .or()
        .haveSimpleName("Jobs")
        .or()
        .haveSimpleName("Call")
        .or()
        .haveSimpleName("Parts")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine",
        "run",
        "config",
        "plugins",
        "progress",
        "saved",
        "figure",
        "audit",
        "capacity",
        "compare",
        "decoders",
        "sweep",
        "stream"
      })
  void nobodyKnowsAnExperimentButItself(String name) {
    List<String> others = new ArrayList<>(EXPERIMENTS);
    others.add("compare");
    others.remove(name);
    noClasses()
        .that()
        .resideInAPackage("io.nnem.experiments." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            others.stream()
                .map(each -> "io.nnem.experiments." + each + "..")
                .toArray(String[]::new))
        .check(CLASSES);
  }
}
