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
        "%nA plug-in is found if its jar is in plugins/ beside the launcher, on the --plugin-path"
            + " or on the class path, and registers it for Java's ServiceLoader. Exit code 1 if"
            + " one that was found cannot be used.%n")
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
    List<List<String>> rows = new ArrayList<>();
    Catalogue catalogue = parts.get(Catalogue.class);
    for (Plugins<? extends Plugin> kind : catalogue.kinds()) {
      kind.all().stream()
          .sorted(Comparator.comparing(Plugins.Found::name))
          .forEach(found -> rows.add(row(kind.kind(), found)));
    }
    out.print(TextTable.of(List.of("kind", "name", "jar", "class"), rows, 4));
    out.flush();
    return catalogue.problems().isEmpty() ? 0 : 1; // what they are was said when it was loaded
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
