package io.nnem.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnem.experiments.Calls;
import io.nnem.experiments.plugins.PluginJars;
import io.nnem.experiments.run.Bars;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins that load and fail when they are used: they are named, and the others go on. */
class BrokenPluginsTest {
  private static final String ASSIGNER =
      """
      package plug;
      import io.nnem.core.*;
      import io.nnem.credit.*;
      import io.nnem.memory.Slots;
      public class CLASS implements CreditAssignerProvider {
        @Override public String name() { return "NAME"; }
        @Override public <T> CreditAssigner<T> create(CreditContext<T> context) { CREATE }
        static class Own<T> implements CreditAssigner<T> {
          CreditContext<T> context;
          Own(CreditContext<T> context) { this.context = context; }
          public RecalledKeys<T> recall(Slots slots) {
            GrowingRows<T> room =
                new GrowingRows<>(context.tensors(), context.memory().keySize());
            return new RecalledKeys<>(slots, context.memory().keys(slots, room));
          }
          public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) { ASSIGN }
          public void save(StateWriter out) {}
          public void load(StateReader in) {}
          public long retainedBytes() { return 0; }
          public void close() {}
        }
      }
      """;
  private static final String RETAINED = "public long retainedBytes() { return 0; }";
  private static final String SICK = "class Sick { static int x = 1 / \"\".length(); }";
  private static final String MAKE = "return new Own<>(context);";
  private static final String REBUILD =
      " Was it built against another version of nnem? Build it again.";

  /** What is said of each, after the name of its jar. */
  private static final Map<String, String> FAILURES = new LinkedHashMap<>();

  private static final List<String> JARS = new ArrayList<>();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void manyKindsOfBroken(@TempDir Path work) throws IOException {
    PluginJars jars = new PluginJars(work);
    String source = source("Throws", "throw new UnsupportedOperationException(\"not yet\");", "");
    String failure = "cannot be used: java.lang.UnsupportedOperationException: not yet";
    add(work, "Throws", jars.classes("Throws", source), failure);

    source = source("Nothing", "return null;", "");
    add(work, "Nothing", jars.classes("Nothing", source), "cannot be used: it returns null");

    source = source("Statics", "Sick.x++; return null;", "") + SICK;
    failure = "cannot be used: java.lang.ArithmeticException: / by zero." + REBUILD;
    add(work, "Statics", jars.classes("Statics", source), failure);

    source = source("Late", MAKE, "throw new IllegalStateException(\"no more paper\");");
    failure = "failed in assign: java.lang.IllegalStateException: no more paper";
    add(work, "Late", jars.classes("Late", source), failure);

    String clock = "io.nnem.credit.CreditClock";
    String was =
        "package io.nnem.credit; public class CreditClock { public static void tick() {} }";
    Path classes =
        jars.classesOfOldDays("Gone", source("Gone", MAKE, clock + ".tick();"), clock, was);
    failure = "failed in assign: java.lang.ClassNotFoundException: " + clock + "." + REBUILD;
    add(work, "Gone", classes, failure);

    was =
        """
        package io.nnem.credit;
        public interface CreditAssigner<T>
            extends io.nnem.memory.SlotListener<T>, io.nnem.core.Stateful, AutoCloseable {
          RecalledKeys<T> recall(io.nnem.memory.Slots slots);
          void close();
        }
        """;
    source = source("Old", MAKE, "").replace(RETAINED, "");
    classes = jars.classesOfOldDays("Old", source, "io.nnem.credit.CreditAssigner", was);
    failure =
        "cannot be used: its CreditAssigner, plug.Old$Own, does not have"
            + " CreditAssigner.retainedBytes: it was built against another version of nnem. Build"
            + " it again.";
    add(work, "Old", classes, failure);
  }

  private static String source(String className, String create, String assign) {
    return ASSIGNER
        .replace("CLASS", className)
        .replace("NAME", className.toLowerCase(Locale.ROOT))
        .replace("CREATE", create)
        .replace("ASSIGN", assign);
  }

  private static void add(Path work, String className, Path classes, String failure)
      throws IOException {
    JARS.add(PluginJars.pack(work.resolve(className + ".jar"), classes).toString());
    String name = className.toLowerCase(Locale.ROOT);
    FAILURES.put(name, "credit assigner '" + name + "' in " + className + ".jar " + failure);
  }

  @Test
  void inAFigure_theOthersRunToTheirEnd() throws IOException {
    Path run = folder.resolve("run");
    assertThat(execute("figure", "none," + broken() + ",backprop", run, "--seeds", "2"))
        .isEqualTo(1);

    assertNamed("figure", "seeds 1, 2", run);
    assertThat(err.toString().lines().filter(line -> line.startsWith("[")))
        .as("each is told when it happens")
        .filteredOn(line -> line.contains("late seed 2 failed: " + FAILURES.get("late")))
        .hasSize(1);
    assertThat(Files.readString(run.resolve("summary.csv")).lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("none,2,"),
            line -> assertThat(line).startsWith("backprop,2,"));
    assertThat(out.toString()).contains("backprop ", "Results are in " + run);
    assertThat(Files.readString(run.resolve("error.log")))
        .contains(
            "late, seed 2\n", "old, seed 1\n", "Caused by: ", "plug.Late$Own.assign(Late.java");
    assertProvenanceNames(run);
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("This run is not complete (failed): 4 of 16 trials", "no more paper");
  }

  @Test
  void inAnAudit_theOthersAreAudited() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(execute("audit", "none,backprop", whole, "--seeds", "1")).isZero();
    err.getBuffer().setLength(0);
    Path run = folder.resolve("run");
    assertThat(execute("audit", "none," + broken() + ",backprop", run, "--seeds", "1"))
        .isEqualTo(1);

    assertNamed("audit", "seed 1", run);
    assertThat(run.resolve("audit.csv")).hasSameTextualContentAs(whole.resolve("audit.csv"));
    assertThat(run.resolve("metrics.csv")).hasSameTextualContentAs(whole.resolve("metrics.csv"));
    assertProvenanceNames(run);
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("This audit is not complete (failed): 1 of 1 trials", "no more paper");
  }

  @Test
  void oneThatCannotEvenBeAskedIsAWrongCall() throws IOException {
    Path classes =
        new PluginJars(folder)
            .classes(
                "Mute",
                PluginJars.provider(
                    "Mute",
                    "mute",
                    "@Override public boolean reinstates() { throw new LinkageError(\"?\"); }"));
    Path jar = PluginJars.pack(folder.resolve("mute.jar"), classes);
    Path run = folder.resolve("run");
    assertThat(execute("figure", "none,mute", run, "--plugin-path", jar.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "nnem figure: --conditions: conditions: mute: credit assigner 'mute' in mute.jar cannot"
                + " be used: java.lang.LinkageError: ?."
                + REBUILD);
    assertThat(run).doesNotExist();
  }

  /** As docs/writing-a-credit-assigner.md says. */
  @Test
  void oneThatCannotBeUsed_andThatNobodyUses_isAFailureInTheEnd() throws IOException {
    Path classes =
        new PluginJars(folder)
            .classes(
                "Unmade",
                PluginJars.provider(
                    "Unmade", "unmade", "public Unmade() { throw new LinkageError(\"?\"); }"));
    Path jar = PluginJars.pack(folder.resolve("unmade.jar"), classes);
    Path run = folder.resolve("run");
    assertThat(execute("figure", "none", run, "--seeds", "1", "--plugin-path", jar.toString()))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .filteredOn(line -> line.startsWith("nnem"))
        .singleElement()
        .asString()
        .startsWith("nnem: warning: plug-in not usable: plug.Unmade in ");
    assertThat(out.toString()).contains("Results are in " + run);
    assertThat(Files.readString(run.resolve("provenance.json"))).contains("\"complete\"");
  }

  private static String broken() {
    return String.join(",", FAILURES.keySet());
  }

  /** What is said at the end: a line for each that is broken. */
  private void assertNamed(String command, String seeds, Path run) {
    assertThat(err.toString().lines().filter(line -> line.startsWith("nnem ")))
        .containsExactlyElementsOf(
            FAILURES.entrySet().stream()
                .map(
                    failure ->
                        "nnem "
                            + command
                            + ": "
                            + failure.getKey()
                            + ", "
                            + seeds
                            + " failed: "
                            + failure.getValue()
                            + " (stack trace: "
                            + run.resolve("error.log")
                            + ")")
                .toList());
  }

  private static void assertProvenanceNames(Path run) throws IOException {
    JsonNode provenance =
        JsonMapper.builder().build().readTree(run.resolve("provenance.json").toFile());
    assertThat(provenance.get("status").asText()).isEqualTo("failed");
    assertThat(provenance.get("failures"))
        .extracting(JsonNode::asText)
        .zipSatisfy(
            FAILURES.values(), (sentence, failure) -> assertThat(sentence).endsWith(failure));
  }

  private int execute(String command, String conditions, Path run, String... more) {
    List<String> call = new ArrayList<>(List.of(command, "--conditions", conditions));
    Bars.settings().forEach(setting -> call.addAll(List.of("--set", setting)));
    call.addAll(List.of("--set", "jobs=1", "--out", run.toString()));
    call.addAll(List.of("--plugin-path", String.join(File.pathSeparator, JARS)));
    call.addAll(List.of(more));
    return Calls.execute(Calls.SMALL, out, err, call.toArray(String[]::new));
  }
}
