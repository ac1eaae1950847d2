package io.nnem.experiments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
      List.of("figure", "audit", "capacity", "decoders");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.nnem.experiments");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.nnem.experiments.(*)..").should().beFreeOfCycles().check(classes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine",
        "run",
        "config",
        "plugins",
        "progress",
        "figure",
        "audit",
        "capacity",
        "decoders"
      })
  void nobodyKnowsAnExperimentButItself(String name) {
    List<String> others = new ArrayList<>(EXPERIMENTS);
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
        .check(classes);
  }
}
