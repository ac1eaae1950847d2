package io.nnem.experiments.compare;

import io.nnem.experiments.config.ConfigException;
import io.nnem.report.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Put the results of several runs side by side.",
    description =
        "%nReads the folders of runs, finished or not, of any command that measures accuracy, and"
            + " leaves a folder with compare.csv, report.html and pictures: the last accuracy of"
            + " each condition in each folder, differences paired by seed, and which settings"
            + " differ.%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nnem compare results/figure-20250102-030405 results/figure-20250103-101112",
      "  nnem compare results/sweep-20250102-030405 results/figure-20250103-101112"
          + " --against results/figure-20250103-101112/none"
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FOLDER", description = "Folders of runs.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--against",
      paramLabel = "FOLDER/CONDITION",
      description =
          "What every condition is held against. Without it: the same condition in the first"
              + " folder.")
  private String against;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the results go: a folder that is not there or is empty. Without it, a new one in"
              + " results/.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Optional<Path> named = Optional.ofNullable(out);
    named.ifPresent(RunFolder::requireFree);
    Optional<String> place = Optional.ofNullable(against);
    CompareReport report = new CompareReport(Compared.of(runs(), place), place);
    RunFolder folder =
        named
            .map(RunFolder::create)
            .orElseGet(
                () ->
                    RunFolder.createNew(
                        Path.of("results"),
                        "compare",
                        LocalDateTime.now(Clock.system(ZoneId.systemDefault()))));
    spec.commandLine().getOut().print(report.write(folder));
    spec.commandLine().getOut().println("Results are in " + folder.path());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private List<Run> runs() throws IOException {
    List<String> problems = new ArrayList<>();
    List<Run> runs = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path path : folders) {
      try {
        Run run = Run.read(path);
        if (!seen.add(path.toRealPath())) {
          problems.add(path + ": it is named twice");
        }
        runs.add(run);
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    ConfigException.requireNone(problems);
    return runs;
  }
}
