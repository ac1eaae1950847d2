package io.nnem.experiments.cli;

import io.nnem.experiments.config.ConfigException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in a line what went wrong, and chooses the exit code. */
public final class CommandErrors implements IExecutionExceptionHandler {
  private final BooleanSupplier stacktrace;

  /**
   * Made once for all commands.
   *
   * @param stacktrace whether the user asked for stack traces
   */
  public CommandErrors(BooleanSupplier stacktrace) {
    this.stacktrace = stacktrace;
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult result) {
    PrintWriter err = commandLine.getErr();
    String name = commandLine.getCommandSpec().qualifiedName();
    if (stacktrace.getAsBoolean()) {
      exception.printStackTrace(err);
    }
    if (exception instanceof ConfigException wrong) {
      wrong.problems().forEach(problem -> err.println(name + ": " + problem));
      err.flush();
      return CommandLine.ExitCode.USAGE;
    }
    err.println(name + ": " + oneLine(exception));
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The message on one line; the type where there is no message that is meant for people. */
  static String oneLine(Throwable thrown) {
    String message = thrown.getMessage();
    String text =
        message == null
            ? thrown.getClass().getName()
            : message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
    boolean plain =
        thrown instanceof RunFailedException
            || thrown instanceof IllegalArgumentException
            || thrown instanceof IllegalStateException;
    return plain || message == null ? text : thrown.getClass().getSimpleName() + ": " + text;
  }
}
