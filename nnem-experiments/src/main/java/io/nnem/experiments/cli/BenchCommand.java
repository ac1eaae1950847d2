package io.nnem.experiments.cli;

import io.nnem.experiments.engine.RunFailedException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code nnem bench}, for the list of commands: the launcher starts it from a build of its own,
 * which also has the other systems.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    header = "Measure how fast nnem is, beside other systems that do the same work.",
    description = "%nThe launcher builds and starts it: ./nnem bench --help has its options.%n")
public final class BenchCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new RunFailedException(
        List.of(
            "this build has no bench: start it with the launcher, ./nnem bench, the command first"),
        null);
  }
}
