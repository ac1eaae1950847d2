package io.nnem.experiments;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import io.nnem.core.Plugins;
import io.nnem.experiments.cli.BenchCommand;
import io.nnem.experiments.cli.CommandErrors;
import io.nnem.experiments.cli.PluginsCommand;
import io.nnem.experiments.compare.CompareCommand;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.ExperimentCommand;
import io.nnem.experiments.engine.TrialExecutor;
import io.nnem.experiments.engine.Version;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginFailedException;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.experiments.plugins.PluginPath;
import io.nnem.experiments.pretrained.PretrainedFolder;
import io.nnem.experiments.saved.MemoryCommand;
import io.nnem.experiments.saved.PredictCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code nnem} command. */
@Command(
    name = "nnem",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Neural networks with external memory, and the credit that must reach old memories.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well; a trial that diverged is a result",
      "1:the run failed, or a plug-in that was found cannot be used",
      "2:the call was wrong; nothing was done",
      "130:interrupted; what was measured is kept"
    },
    footerHeading = "%nBegin with:%n",
    footer = {"  nnem figure --quick", "  nnem figure --help"})
public final class Nnem implements Runnable {
  /** The commands that are no experiments. */
  static final List<String> OWN =
      List.of("predict", "memory", "compare", "plugins", "bench", "completion");

  static {
    // before any class of either is loaded: no screen, and no classes made at run time
    System.setProperty("java.awt.headless", "true");
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print where in the program an error came from.")
  private boolean stacktrace;

  @Option(
      names = "--plugin-path",
      paramLabel = "JAR_OR_DIR",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Further plug-ins: jars, or folders of jars, separated as in a class path; may be"
              + " repeated. The jars in plugins/ beside the launcher are always found.")
  private List<String> pluginPath = new ArrayList<>();

  @Option(
      names = "--pretrained",
      paramLabel = "DIR",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Where autoencoders that were trained beforehand are kept, to be used again. Without it:"
              + " nnem/pretrained in the user's cache.")
  private Path pretrained;

  private final Module overrides;
  private Catalogue catalogue;
  private Injector injector;
  private boolean warned;

  private Nnem(Module overrides) {
    this.overrides = overrides;
  }

  /** Runs a command and ends the program with its exit code. */
  public static void main(String[] arguments) {
    HeadStart.begin(arguments);
    System.exit(commandLine(binder -> {}, arguments).execute(arguments));
  }

  /**
   * The command, with bindings that go over those of {@link NnemModule}; the arguments that it will
   * be called with have the experiments on their plug-in path.
   */
  public static CommandLine commandLine(Module overrides, String... arguments) {
    Nnem nnem = new Nnem(overrides);
    CommandLine commandLine = new CommandLine(nnem);
    nnem.readPluginPath(commandLine, arguments);
    nnem.addExperiments(commandLine);
    Supplier<Catalogue> found =
        () -> {
          nnem.warnOfPlugins();
          return nnem.catalogue;
        };
    commandLine.addSubcommand(new PredictCommand(found));
    commandLine.addSubcommand(new MemoryCommand(found));
    commandLine.addSubcommand(new PluginsCommand(found));
    commandLine.addSubcommand(new CompareCommand());
    commandLine.addSubcommand(new BenchCommand());
    commandLine.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    describeCompletion(commandLine.getSubcommands().get("completion").getCommandSpec());
    commandLine.setExecutionExceptionHandler(new CommandErrors(() -> nnem.stacktrace));
    IParameterExceptionHandler usual = commandLine.getParameterExceptionHandler();
    commandLine.setParameterExceptionHandler(
        (wrong, line) -> {
          if (wrong.getCommandLine() == commandLine) {
            nnem.warnOfPlugins(); // one of them may be the command that is not there
          }
          return usual.handleParseException(wrong, line);
        });
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setAbbreviatedOptionsAllowed(false);
    return commandLine;
  }

  /** Experiments are commands, so that this option must be known before the line is understood. */
  private void readPluginPath(CommandLine commandLine, String[] arguments) {
    commandLine.setUnmatchedArgumentsAllowed(true);
    try {
      commandLine.parseArgs(arguments);
    } catch (ParameterException e) {
      // it is told when the line is executed
    }
    commandLine.setUnmatchedArgumentsAllowed(false);
    catalogue =
        Catalogue.load(
            PluginPath.standard(pluginPath), List.of(Experiment.class, TrialExecutor.class));
  }

  private void addExperiments(CommandLine commandLine) {
    Plugins<Experiment> kind = catalogue.of(Experiment.class);
    for (String name : kind.names()) {
      try {
        commandLine.addSubcommand(PluginGuard.of(kind, name).ask(this::command));
      } catch (PluginFailedException e) {
        catalogue.refuse(e.getMessage());
      } catch (IllegalArgumentException e) {
        // several have that name: it is a problem that the catalogue knows
      }
    }
  }

  private CommandSpec command(Experiment experiment) {
    if (OWN.contains(experiment.name())) {
      throw new IllegalArgumentException("nnem has a command of that name; rename it");
    }
    return ExperimentCommand.spec(experiment, catalogue.of(TrialExecutor.class), this::injector);
  }

  /** Made when it is first asked for, so that help and completion do without it. */
  private synchronized Injector injector() {
    if (injector == null) {
      warnOfPlugins();
      PretrainedFolder folder =
          PretrainedFolder.standard(pretrained, System.getenv(), System.getProperty("user.home"));
      injector =
          Guice.createInjector(Modules.override(new NnemModule(catalogue, folder)).with(overrides));
    }
    return injector;
  }

  private void warnOfPlugins() {
    if (!warned) {
      warned = true;
      catalogue.problems().forEach(problem -> warn("plug-in not usable: " + problem));
      catalogue.unregistered().forEach(this::warn);
    }
  }

  private void warn(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("nnem: warning: " + sentence);
    err.flush();
  }

  private static void describeCompletion(CommandSpec completion) {
    completion.usageMessage().hidden(false);
    completion.usageMessage().header("Print a completion script for bash and zsh.");
    completion
        .usageMessage()
        .description(
            "Prints a script that completes nnem's commands and options.%n"
                + "To use it in this shell: source <(nnem completion)");
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command");
  }
}
