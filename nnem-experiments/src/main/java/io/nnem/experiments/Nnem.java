package io.nnem.experiments;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import io.nnem.experiments.audit.AuditCommand;
import io.nnem.experiments.capacity.CapacityCommand;
import io.nnem.experiments.cli.BenchCommand;
import io.nnem.experiments.cli.CommandErrors;
import io.nnem.experiments.cli.PluginsCommand;
import io.nnem.experiments.decoders.DecodersCommand;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Version;
import io.nnem.experiments.figure.FigureCommand;
import io.nnem.experiments.figure.RunCommand;
import io.nnem.experiments.plugins.PluginPath;
import io.nnem.experiments.plugins.PluginWarnings;
import io.nnem.experiments.pretrained.PretrainedFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    subcommands = {
      FigureCommand.class,
      AuditCommand.class,
      CapacityCommand.class,
      DecodersCommand.class,
      RunCommand.class,
      PluginsCommand.class,
      BenchCommand.class
    },
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

  /** Made by picocli. */
  public Nnem() {}

  /**
   * Runs a command and ends the program with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    HeadStart.begin(arguments);
    System.exit(commandLine(new NnemModule()).execute(arguments));
  }

  /**
   * The command with its parts.
   *
   * @param module where the parts come from
   * @return ready to execute
   */
  public static CommandLine commandLine(Module module) {
    Nnem nnem = new Nnem();
    CommandLine commandLine =
        new CommandLine(nnem, new Parts(Modules.override(module).with(nnem::bindPlugins)));
    commandLine.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    describeCompletion(commandLine.getSubcommands().get("completion").getCommandSpec());
    commandLine.setExecutionExceptionHandler(new CommandErrors(() -> nnem.stacktrace));
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setAbbreviatedOptionsAllowed(false);
    return commandLine;
  }

  /** What the command line says of plug-ins. */
  private void bindPlugins(Binder binder) {
    binder.bind(PluginPath.class).toProvider(() -> PluginPath.standard(pluginPath));
    binder.bind(PluginWarnings.class).toInstance(this::warn);
    binder
        .bind(PretrainedFolder.class)
        .toProvider(
            () ->
                PretrainedFolder.standard(
                    pretrained, System.getenv(), System.getProperty("user.home")));
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
