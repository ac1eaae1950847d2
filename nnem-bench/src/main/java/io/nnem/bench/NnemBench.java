package io.nnem.bench;

import io.nnem.bench.jmh.Jmh;
import io.nnem.bench.report.BenchReport;
import io.nnem.bench.report.Results;
import io.nnem.bench.report.Tables;
import io.nnem.bench.run.GrowthProcess;
import io.nnem.bench.run.Measuring;
import io.nnem.bench.run.Plan;
import io.nnem.experiments.cli.CommandErrors;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.engine.Version;
import io.nnem.experiments.progress.Terminal;
import io.nnem.report.run.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnem bench}: how fast nnem is, beside other systems that do the same work. */
@Command(
    name = "nnem bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    header = "Measure how fast nnem is, beside other systems that do the same work.",
    description =
        "%nPyTorch (through DJL, and from Python where python3 has torch) and plain ND4J do the same"
            + " training steps, readings and writes from the same start. What they compute must"
            + " agree with nnem; then they take turns, on the same number of threads. Leaves a"
            + " folder with bench.csv, limits.csv, bench.md, bench.svg, bench.png and provenance."
            + " Without --quick: about 20 minutes. Nothing else should run meanwhile.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:the run failed, or a system computed something else",
      "2:the call was wrong; nothing was done",
      "130:interrupted; what was measured is kept"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  nnem bench --quick",
      "  nnem bench --threads 1 --work 'step/.*/decoded N=4096'",
      "  nnem bench --jmh Reading"
    })
public final class NnemBench implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description = "At most 2 minutes on two cores, with all cores only: fewer repetitions.")
  private boolean quick;

  @Option(
      names = "--threads",
      paramLabel = "N,N,...",
      split = ",",
      description =
          "Numbers of threads, each measured on its own. Default: 1 and all cores; with --quick"
              + " all cores.")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--work",
      paramLabel = "REGEX",
      defaultValue = "",
      description = "Only works whose name and shape, as in the table, have this in them.")
  private String work;

  @Option(
      names = "--jmh",
      paramLabel = "REGEX",
      arity = "0..1",
      fallbackValue = ".*",
      description =
          "Run the JMH benchmarks instead, those whose names have this in them; with the profiler"
              + " of allocation.")
  private String jmh;

  @Option(
      names = "--growth",
      description =
          "Measure instead how a step's time and a memory's bytes grow with the capacity, the batch"
              + " and the embedding size: nnem alone, one thread. Needs 16 GB for a million memories.")
  private boolean growth;

  @Option(
      names = "--most-memories",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "With --growth: larger capacities are left out. Default: ${DEFAULT-VALUE}.")
  private int mostMemories;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the results go: a folder that is not there or is empty. Without it, a new one in"
              + " results/.")
  private Path out;

  @Option(names = "--stacktrace", description = "Print where in the program an error came from.")
  private boolean stacktrace;

  private NnemBench() {}

  /**
   * Runs the command and ends the program with its exit code.
   *
   * @param arguments the command line, without {@code bench}
   */
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine().execute(arguments));
  }

  /**
   * The command.
   *
   * @return ready to execute
   */
  static CommandLine commandLine() {
    NnemBench bench = new NnemBench();
    CommandLine commandLine = new CommandLine(bench);
    commandLine.setExecutionExceptionHandler(new CommandErrors(() -> bench.stacktrace));
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setAbbreviatedOptionsAllowed(false);
    return commandLine;
  }

  @Override
  public Integer call() throws Exception {
    List<Integer> counts = counts();
    if (Plan.of(quick, pattern("--work", work), counts.size()).works().isEmpty()) {
      throw new ConfigException(
          "--work "
              + work
              + " is in the name and shape of no work"
              + (quick ? " of --quick" : "")
              + "; they begin with step/, read, query, write and memory, as in 'step/none N=512'");
    }
    if (jmh != null) {
      Pattern chosen = pattern("--jmh", jmh);
      if (!Jmh.isAny(chosen)) {
        throw new ConfigException(
            "--jmh " + jmh + " is in the name of no benchmark; there are " + Jmh.names());
      }
    }
    RunFolder folder =
        out == null
            ? RunFolder.createNew(
                Path.of("results"), "bench", LocalDateTime.now(ZoneId.systemDefault()))
            : RunFolder.create(out);
    if (jmh != null) {
      Jmh.run(jmh, quick, folder.file("jmh.json"));
      say("results in " + folder.path());
      return 0;
    }
    if (growth) {
      GrowthProcess.run(folder.path(), mostMemories);
      say("results in " + folder.path());
      return 0;
    }
    return measure(folder, counts);
  }

  private List<Integer> counts() {
    int cores = Runtime.getRuntime().availableProcessors();
    if (threads.isEmpty()) {
      return quick ? List.of(cores) : Stream.of(1, cores).distinct().toList();
    }
    for (int count : threads) {
      if (count < 1 || count > cores) {
        throw new ConfigException(
            "--threads: " + count + " is not from 1 to " + cores + ", the cores of this machine");
      }
    }
    return threads.stream().distinct().toList();
  }

  private static Pattern pattern(String option, String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new ConfigException(
          option + " " + regex + " is not a regular expression: " + e.getDescription());
    }
  }

  private int measure(RunFolder folder, List<Integer> counts) throws Exception {
    Clock clock = Clock.system(ZoneId.systemDefault());
    Results results = new Results();
    BenchReport report =
        new BenchReport(
            folder,
            spec.versionProvider().getVersion()[0],
            Optional.ofNullable(spec.commandLine().getParseResult())
                .map(CommandLine.ParseResult::originalArgs)
                .orElse(List.of()),
            clock.instant());
    report.begin();
    say("measuring into " + folder.path());
    ProgressLine progress =
        new ProgressLine(spec.commandLine().getErr(), Terminal.isLive(System.getenv()));
    String status = "failed";
    try (Measuring measuring = new Measuring(folder.file("bench.log"), results, progress::show);
        Interruption interruption = new Interruption(measuring::close)) {
      try {
        for (int count : counts) {
          measuring.run(count, counts.size(), quick, work);
        }
        status = "finished";
      } finally {
        if (interruption.isRequested()) {
          status = "interrupted";
        }
        progress.end();
        report.end(results, status, clock.instant());
      }
    }
    PrintWriter print = spec.commandLine().getOut();
    print.print(Tables.table(results));
    print.println();
    print.print(Tables.limits(results));
    print.print(Tables.remarks(results));
    print.println("results in " + folder.path());
    print.flush();
    return results.failures().isEmpty() ? 0 : 1;
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
  }
}
