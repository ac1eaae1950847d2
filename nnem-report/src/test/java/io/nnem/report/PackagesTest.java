package io.nnem.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackagesTest {
  private static final Pattern IMPORT =
      Pattern.compile("import (?:static )?io\\.nnem\\.(\\w+)\\.(\\w+)\\..*");

  /** The pom and module-info.java see to it that no other module of nnem can be used at all. */
  @Test
  void dependOnEachOtherOneWayOnly() throws IOException {
    Map<String, TreeSet<String>> uses = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/nnem/report"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String own = file.getParent().getFileName().toString();
        for (String line : Files.readAllLines(file)) {
          var matcher = IMPORT.matcher(line);
          if (matcher.matches()) {
            assertThat(matcher.group(1)).as(file + ": " + line).isEqualTo("report");
            uses.computeIfAbsent(own, key -> new TreeSet<>()).add(matcher.group(2));
          }
        }
      }
    }
    List<String> fromBelow = List.of("stats", "run", "table", "chart", "page");
    assertThat(fromBelow).containsAll(uses.keySet());
    uses.forEach(
        (own, others) ->
            assertThat(fromBelow.subList(0, fromBelow.indexOf(own))).as(own).containsAll(others));
  }
}
