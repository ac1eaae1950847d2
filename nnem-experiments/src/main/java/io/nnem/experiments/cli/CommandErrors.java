package io.nnem.experiments.cli;

import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.engine.RunFailedException;
import io.nnem.experiments.run.Outcome;
import io.nnem.report.run.UnusableFolderException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in a line what went wrong, and chooses the exit code. */
public final class CommandErrors implements IExecutionExceptionHandler {
  /** One setting that is wrong may be so for each of a hundred conditions. */
  private static final int MOST = 20;

  private final BooleanSupplier stacktrace;

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
      List<String> problems = wrong.problems();
      problems.stream().limit(MOST).forEach(problem -> err.println(name + ": " + problem));
      if (problems.size() > MOST) {
        err.println(name + ": and " + (problems.size() - MOST) + " more that are wrong");
      }
      err.flush();
      return CommandLine.ExitCode.USAGE;
    }
    if (exception instanceof UnusableFolderException) {
      err.println(name + ": " + exception.getMessage());
      err.flush();
      return CommandLine.ExitCode.USAGE;
    }
    if (exception instanceof RunFailedException failed) {
      failed.sentences().forEach(sentence -> err.println(name + ": " + sentence));
    } else {
      err.println(name + ": " + Outcome.oneLine(exception));
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
