package io.nnem.experiments.cli;

import io.nnem.core.Option;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.Suggestions;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnem plugins}: what was found. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    header = "List the plug-ins that were found, or say what one of them can be set to.",
    description =
        "%nWithout NAME: kind, name, jar and class of each. With NAME: its options, and how they"
            + " are set. A plug-in is found if its jar is in plugins/ beside the launcher, on the"
            + " --plugin-path or on the class path, and registers it for Java's ServiceLoader. Exit"
            + " code 1 if one that was found cannot be used.%n")
public final class PluginsCommand implements Callable<Integer> {
  private static final Table<Row> TABLE =
      Table.<Row>of()
          .with("kind", Format.TEXT, Row::kind)
          .with("name", Format.TEXT, row -> row.found().name())
          .with("jar", Format.TEXT, row -> PluginGuard.fileName(row.found().location()))
          .with("class", Format.TEXT, row -> row.found().plugin().getClass().getName());

  private static final Table<Option<?>> OPTIONS =
      Table.<Option<?>>of()
          .with("name", Format.TEXT, Option::name)
          .with("must be", Format.TEXT, Option::type)
          .with("default", Format.TEXT, Option::fallbackText)
          .with("what it does", Format.TEXT, Option::description);

  private final Supplier<Catalogue> found;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A plug-in, of whatever kind, as in synthetic-gradient.")
  private String name;

  public PluginsCommand(Supplier<Catalogue> found) {
    this.found = found;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Catalogue catalogue = found.get();
    if (name == null) {
      list(catalogue, out);
    } else {
      describe(catalogue, out);
    }
    out.flush();
    return catalogue.problems().isEmpty() ? 0 : 1; // what they are was said when it was loaded
  }

  private void list(Catalogue catalogue, PrintWriter out) {
    List<Row> rows = new ArrayList<>();
    for (Plugins<? extends Plugin> kind : catalogue.kinds()) {
      kind.all().stream()
          .sorted(Comparator.comparing(Plugins.Found::name))
          .forEach(found -> rows.add(new Row(kind.kind(), found)));
    }
    out.print(Text.of(TABLE, rows));
  }

  private void describe(Catalogue catalogue, PrintWriter out) {
    List<String> names = new ArrayList<>();
    boolean known = false;
    for (Plugins<? extends Plugin> kind : catalogue.kinds()) {
      names.addAll(kind.names());
      if (kind.names().contains(name)) {
        known = true;
        String how =
            kind == catalogue.of(Experiment.class)
                ? "nnem " + name + " --NAME VALUE"
                : "--set options.NAME=VALUE";
        describe(kind, how, out);
      }
    }
    if (!known) {
      throw new ConfigException(
          "there is no plug-in '"
              + name
              + "'"
              + Suggestions.closest(name, names)
                  .map(close -> "; did you mean '" + close + "'?")
                  .orElse("; nnem plugins lists those that there are"));
    }
  }

  private void describe(Plugins<? extends Plugin> kind, String how, PrintWriter out) {
    List<Option<?>> options = PluginGuard.of(kind, name).ask(Plugin::options);
    if (options.isEmpty()) {
      out.println(kind.kind() + " " + name + " has no options.");
      return;
    }
    out.println(kind.kind() + " " + name + ": options, to be set with " + how);
    out.print(Text.of(OPTIONS, options));
  }

  private record Row(String kind, Plugins.Found<? extends Plugin> found) {}
}
