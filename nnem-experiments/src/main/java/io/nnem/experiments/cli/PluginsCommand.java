package io.nnem.experiments.cli;

import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.experiments.plugins.Catalogue;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nnem plugins}: what was found. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    header = "List the plug-ins that were found: kind, name, jar, class.",
    description =
        "%nA plug-in is found if its jar is on the class path and registers it for Java's"
            + " ServiceLoader. Exit code 1 if one that was found cannot be used.%n")
public final class PluginsCommand implements Callable<Integer> {
  private final Parts parts;

  @Spec private CommandSpec spec;

  /**
   * Made by the factory.
   *
   * @param parts knows the plug-ins
   */
  public PluginsCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<List<String>> rows = new ArrayList<>();
    boolean usable = true;
    for (Plugins<? extends Plugin> kind : parts.get(Catalogue.class).kinds()) {
      kind.all().stream()
          .sorted(Comparator.comparing(Plugins.Found::name))
          .forEach(found -> rows.add(row(kind.kind(), found)));
      usable &= kind.problems().isEmpty();
      kind.problems().forEach(problem -> err.println("not usable: " + problem));
    }
    out.print(TextTable.of(List.of("kind", "name", "jar", "class"), rows, 4));
    out.flush();
    err.flush();
    return usable ? 0 : 1;
  }

  private static List<String> row(String kind, Plugins.Found<? extends Plugin> found) {
    Path file = Path.of(found.location()).getFileName();
    return List.of(
        kind,
        found.name(),
        file == null ? found.location() : file.toString(),
        found.plugin().getClass().getName());
  }
}
