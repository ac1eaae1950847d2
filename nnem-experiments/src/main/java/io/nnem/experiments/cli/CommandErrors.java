package io.nnem.experiments.cli;

import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.engine.RunFailedException;
import io.nnem.experiments.run.Outcome;
import io.nnem.report.run.UnusableFolderException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in a line what went wrong, and chooses the exit code. */
public record CommandErrors(BooleanSupplier stacktrace) implements IExecutionExceptionHandler {
  /** One setting that is wrong may be so for each of a hundred conditions. */
  private static final int MOST = 20;

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult result) {
    PrintWriter err = commandLine.getErr();
    String name = commandLine.getCommandSpec().qualifiedName();
    if (stacktrace.getAsBoolean()) {
      exception.printStackTrace(err);
    }
    List<String> lines;
    if (exception instanceof ConfigException wrong) {
      List<String> problems = wrong.problems();
      lines = new ArrayList<>(problems.subList(0, Math.min(MOST, problems.size())));
      if (problems.size() > MOST) {
        lines.add("and " + (problems.size() - MOST) + " more that are wrong");
      }
    } else if (exception instanceof UnusableFolderException) {
      lines = List.of(exception.getMessage());
    } else if (exception instanceof RunFailedException) {
      lines = exception.getMessage().lines().toList();
    } else {
      lines = List.of(Outcome.oneLine(exception));
    }
    lines.forEach(line -> err.println(name + ": " + line));
    err.flush();
    return exception instanceof ConfigException || exception instanceof UnusableFolderException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }
}
