package io.nnem.report.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run's speed depends on, and through the arithmetic of its processor also its last bits.
 */
public final class Machine {
  private static final Pattern RELEVANT =
      Pattern.compile("(OPENBLAS|OMP|MKL|GOTO|BLAS|ND4J|JAVACPP|JAVA_TOOL|JDK_JAVA)_.*");

  private Machine() {}

  /**
   * This machine, this JVM, and the environment variables that matter.
   *
   * @param program whose variables, {@code PROGRAM_...}, matter too
   * @return a new tree
   */
  public static ObjectNode describe(String program) {
    String own = program.toUpperCase(Locale.ROOT) + "_";
    ObjectNode machine = JsonNodeFactory.instance.objectNode();
    machine.put(
        "java",
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.runtime.version")
            + ", "
            + System.getProperty("java.vendor"));
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("processor", processor());
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("memory_bytes", memory());
    machine.put("heap_bytes", Runtime.getRuntime().maxMemory());
    ObjectNode environment = machine.putObject("environment");
    Map<String, String> sorted = new TreeMap<>(System.getenv());
    sorted.forEach(
        (name, value) -> {
          if (RELEVANT.matcher(name).matches() || name.startsWith(own)) {
            environment.put(name, value);
          }
        });
    return machine;
  }

  private static String processor() {
    String architecture = System.getProperty("os.arch");
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip() + " (" + architecture + ")")
          .findFirst()
          .orElse(architecture);
    } catch (IOException | java.io.UncheckedIOException e) {
      return architecture; // not Linux
    }
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : -1;
  }
}
