package io.nnem.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The source files of all modules, for tests of what is written where. */
final class Sources {

  /** Tests run in their module's folder. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private Sources() {}

  static List<Path> main() throws IOException {
    return javaFiles("src/main/java");
  }

  static List<Path> tests() throws IOException {
    return javaFiles("src/test/java");
  }

  private static List<Path> javaFiles(String folder) throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve(folder))
          .filter(Files::isDirectory)
          .flatMap(Sources::walk)
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String packageOf(String text) {
    Matcher matcher = Pattern.compile("(?m)^package ([\\w.]+);").matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
