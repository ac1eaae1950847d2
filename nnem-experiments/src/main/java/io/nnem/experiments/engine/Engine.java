package io.nnem.experiments.engine;

import com.google.inject.Inject;
import io.nnem.core.Options;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.JarsInUse;
import io.nnem.experiments.plugins.PluginUse;
import io.nnem.experiments.progress.Progress;
import io.nnem.experiments.progress.Terminal;
import io.nnem.experiments.run.Cancellation;
import io.nnem.experiments.run.DataSource;
import io.nnem.experiments.run.Journal;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialEvent;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.Trials;
import io.nnem.report.run.Provenance;
import io.nnem.report.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;

/** From a call to a folder: checks, trials, tables, pictures. */
public record Engine(
    Jobs jobs,
    Map<String, TrialExecutor> executors,
    DataSource dataSource,
    Engine.BackendInfo backendInfo,
    Catalogue catalogue,
    Cancellation cancellation,
    Clock clock) {
  /** The exit code that shells give to an interrupted program. */
  static final int INTERRUPTED = 130;

  /** All trials ran to their end, but a plug-in that was found cannot be used. */
  private static final int UNUSABLE = 1;

  /** Says what a back end is on this machine: its library, its version and its processor. */
  @FunctionalInterface
  public interface BackendInfo {
    /** What the back end of a name says of itself. */
    String describe(String backend);
  }

  /** What a run leaves beside its report, and where: the folder, if the user named one. */
  record Output(Optional<Path> out, boolean tensorboard, Optional<Parquet> parquet) {}

  @Inject
  public Engine {}

  /**
   * Runs all trials of a call whose configuration is checked; returns the exit code. A
   * ConfigException says that data or folder are not as they should be, and nothing was done; a
   * RunFailedException that a trial failed, after everything that is known was written.
   */
  public int run(
      Call call,
      String executor,
      Options executorOptions,
      Output output,
      Resume resume,
      CommandLine command)
      throws IOException {
    ExperimentConfig config = call.config();
    Job job = jobs.job(call);
    output.out().ifPresent(RunFolder::requireFree);
    Split data = dataSource.load(config);
    job.fit().accept(data);
    String backend = backendInfo.describe(config.backend());
    Journal.Header header =
        new Journal.Header(
            call.experiment(),
            call.plan(),
            Stream.of(data.training(), data.validation(), data.test())
                .map(Dataset::checksum)
                .toList(),
            backend,
            ConfigWriter.line(config));
    RunFiles.requireDrawing();
    Provenance provenance =
        RunProvenance.of(
            Version.nnem(),
            root(command).getParseResult().originalArgs(),
            config,
            data,
            backend,
            JarsInUse.of(
                catalogue,
                new PluginUse(Experiment.class, call.experiment()),
                config,
                conditions(call, job)),
            clock.instant());
    RunFolder folder =
        resume
            .folder()
            .orElseGet(
                () ->
                    output
                        .out()
                        .map(RunFolder::create)
                        .orElseGet(() -> newFolder(call.experiment())));
    RunFiles files = new RunFiles(folder, config, provenance, data.name(), call.comment());
    Interrupts interrupts = new Interrupts(cancellation, command.getErr());
    try (Journal journal =
        resume.folder().isEmpty()
            ? Journal.create(folder.path(), header)
            : Journal.resume(folder.path(), header, job::known, job.found())) {
      folder.setAside("provenance.json");
      folder.setAside("error.log");
      FolderReport report = job.report().apply(files, data);
      files.begin();
      Consumer<Trials> running =
          trials ->
              executors
                  .get(executor)
                  .run(new TrialExecutor.Work(call, job, executorOptions, catalogue, trials));
      return runIn(files, report, job, journal, data, running, output, command);
    } finally {
      interrupts.close();
    }
  }

  private RunFolder newFolder(String command) {
    return RunFolder.createNew(Path.of("results"), command, LocalDateTime.now(clock));
  }

  /** What an audit trains need not be among the conditions of its configuration. */
  private static Set<Condition> conditions(Call call, Job job) {
    Set<Condition> conditions = new HashSet<>(call.config().conditions());
    job.trials().forEach(trial -> conditions.add(trial.condition()));
    return conditions;
  }

  private int runIn(
      RunFiles files,
      FolderReport report,
      Job job,
      Journal journal,
      Split data,
      Consumer<Trials> running,
      Output output,
      CommandLine command)
      throws IOException {
    RunFolder folder = files.folder();
    Outcome outcome =
        train(files, report, job, journal.results(), journal, data, running, output, command);
    // what one round found decides on what is run in the next
    while (outcome.complete() && job.known(outcome.results()).size() > outcome.planned()) {
      outcome =
          train(files, report, job, outcome.results(), journal, data, running, output, command);
    }
    RunProvenance.end(files.provenance(), outcome, clock.instant());
    writeLog(folder, outcome);
    files.end(outcome);
    files.reconstructions(outcome);
    String words = report.write(outcome);
    if (output.parquet().isPresent()) {
      output.parquet().get().write(folder);
    }

    PrintWriter stdout = command.getOut();
    stdout.print(words);
    stdout.println("Results are in " + folder.path());
    stdout.flush();
    if (outcome.status().equals("failed")) {
      String log = " (stack trace: " + folder.file("error.log") + ")";
      throw new RunFailedException(
          outcome.failureWords().stream().map(sentence -> sentence + log).toList(),
          outcome.failures().get(0).cause());
    }
    if (outcome.status().equals("interrupted")) {
      command
          .getErr()
          .println(
              "interrupted after "
                  + outcome.results().size()
                  + " of "
                  + outcome.planned()
                  + " trials; what was measured is kept in "
                  + folder.path()
                  + ", and --resume "
                  + folder.path()
                  + " goes on");
      command.getErr().flush();
      return INTERRUPTED;
    }
    return catalogue.problems().isEmpty() ? 0 : UNUSABLE; // which, was said when they were loaded
  }

  private Outcome train(
      RunFiles files,
      FolderReport report,
      Job job,
      List<TrialResult> past,
      Journal journal,
      Split data,
      Consumer<Trials> running,
      Output output,
      CommandLine command)
      throws IOException {
    RunFolder folder = files.folder();
    List<Trial> planned = job.known(past);
    int left = planned.size() - past.size();
    boolean live = Terminal.isLive(System.getenv());
    boolean tensorboard = output.tensorboard() || EventLog.isIn(folder);
    AtomicReference<Trials> trials = new AtomicReference<>();
    try (MetricsLog log = new MetricsLog(folder, past);
        EventLog events = tensorboard ? new EventLog(folder, clock, past) : null;
        Progress progress =
            Progress.create(live, command.getCommandName(), left, command.getErr(), clock);
        PartialReports partial =
            new PartialReports(() -> report.write(trials.get().outcome()), clock)) {
      List<Consumer<TrialEvent>> all = // those that write come before those that show
          Stream.<Consumer<TrialEvent>>of(log, events, progress, partial)
              .filter(Objects::nonNull)
              .toList();
      trials.set(
          new Trials(
              job.runner(),
              files.config(),
              planned,
              past,
              data,
              event -> all.forEach(each -> each.accept(event)),
              journal::add,
              cancellation));
      running.accept(trials.get());
    }
    return trials.get().outcome();
  }

  private static void writeLog(RunFolder folder, Outcome outcome) throws IOException {
    StringWriter text = new StringWriter();
    for (Outcome.Failure failure : outcome.failures()) {
      text.write(failure.trial() + "\n");
      failure.cause().printStackTrace(new PrintWriter(text, true));
    }
    if (!outcome.failures().isEmpty()) {
      folder.write("error.log", text.toString());
    }
  }

  private static CommandLine root(CommandLine command) {
    CommandLine parent = command.getParent();
    return parent == null ? command : root(parent);
  }
}
