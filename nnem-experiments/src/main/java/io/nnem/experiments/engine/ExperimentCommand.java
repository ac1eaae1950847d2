package io.nnem.experiments.engine;

import com.google.inject.Injector;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** An experiment as a command: from the command line to a {@link Call}. */
public final class ExperimentCommand implements Callable<Integer> {
  private static final String EXECUTOR = "executor";

  private final String name;
  private final List<Preset> presets;
  private final List<Option<?>> options;
  private final Optional<Option<?>> file;
  private final Plugins<TrialExecutor> executors;
  private final Supplier<Injector> injector;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private ExperimentCommand(
      Experiment experiment, Plugins<TrialExecutor> executors, Supplier<Injector> injector) {
    this.name = experiment.name();
    this.presets = experiment.presets();
    this.options = experiment.options();
    this.file = experiment.file();
    this.executors = executors;
    this.injector = injector;
  }

  /**
   * Describes the command: its options and its help. The injector is asked when it runs, so that
   * help does without; an option chooses the executor where there is more than one.
   */
  public static CommandSpec spec(
      Experiment experiment, Plugins<TrialExecutor> executors, Supplier<Injector> injector) {
    ExperimentCommand command = new ExperimentCommand(experiment, executors, injector);
    command.describe(Objects.requireNonNull(experiment.help(), "help() returns null"));
    return command.spec;
  }

  private void describe(Experiment.Help help) {
    spec.name(name).mixinStandardHelpOptions(true);
    spec.usageMessage()
        .sortOptions(false)
        .header(SettingOptions.plain(help.header()))
        .description("%n" + SettingOptions.plain(help.description()) + "%n")
        .footerHeading("%nExamples:%n")
        .footer(
            help.examples().stream()
                .map(line -> "  " + SettingOptions.plain(line))
                .toArray(String[]::new));
    ArgGroupSpec.Builder choice = ArgGroupSpec.builder().exclusive(true);
    for (Preset preset : presets.subList(1, presets.size())) {
      choice.addArg(SettingOptions.flag(preset.name(), preset.description()));
    }
    if (presets.size() > 1) {
      spec.addArgGroup(choice.build());
    }
    addOptions(options);
    SettingOptions.addTo(spec);
    if (executors.all().size() > 1) {
      SettingOptions.add(
          spec,
          EXECUTOR,
          "NAME",
          "What runs the trials: "
              + String.join(" or ", executors.names())
              + ". Results do not depend on it. Default: "
              + ThreadsExecutor.NAME
              + ".",
          String.class);
      executors.all().forEach(found -> addOptions(found.plugin().options()));
    }
  }

  private void addOptions(List<Option<?>> all) {
    for (Option<?> option : all) {
      if (isFile(option)) {
        spec.addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("0..1")
                .type(Path.class)
                .description("A file with the value of --" + option.name() + ".")
                .build());
      }
      SettingOptions.add(spec, option.name(), "VALUE", description(option), String.class);
    }
  }

  private boolean isFile(Option<?> option) {
    return file.equals(Optional.of(option));
  }

  private String description(Option<?> option) {
    StringBuilder text = new StringBuilder(option.description());
    text.replace(0, 1, text.substring(0, 1).toUpperCase(Locale.ROOT));
    text.append(": ").append(option.type()).append('.');
    if (!option.fallbackText().isEmpty()) {
      text.append(" Default: ").append(option.fallbackText());
      for (Preset preset : presets) {
        String other = preset.options().get(option.name());
        if (other != null) {
          text.append("; with --").append(preset.name()).append(' ').append(other);
        }
      }
      text.append('.');
    }
    return text.toString();
  }

  @Override
  public Integer call() throws Exception {
    Jobs jobs = injector.get().getInstance(Jobs.class);
    ParseResult typed = spec.commandLine().getParseResult();
    SettingOptions settings = new SettingOptions(typed);
    Resume resume = new Resume(name, presets, settings);
    Preset preset =
        presets.stream()
            .filter(each -> typed.hasMatchedOption("--" + each.name()))
            .findFirst()
            .orElse(presets.get(0));
    List<String> problems = new ArrayList<>();
    boolean named = typed.hasMatchedPositional(0);
    if (named && resume.folder().isPresent()) {
      problems.add("--resume goes on with what is in the folder; leave FILE out");
    } else if (!named && resume.folder().isEmpty()) {
      file.filter(option -> !typed.hasMatchedOption("--" + option.name()))
          .ifPresent(option -> problems.add("FILE is missing: " + option.type()));
    }
    Map<String, String> plan = read(options, preset.options(), typed, problems);
    plan.replaceAll((its, value) -> resume.option(its, value, typed.hasMatchedOption("--" + its)));
    String executor = typed.matchedOptionValue("--" + EXECUTOR, ThreadsExecutor.NAME);
    Map<String, String> executorOptions = Map.of();
    try {
      executorOptions = read(executors.get(executor).options(), Map.of(), typed, problems);
    } catch (IllegalArgumentException e) {
      problems.add("--" + EXECUTOR + ": " + e.getMessage());
    }
    ConfigResolver resolver = settings.resolver(preset, resume.config());
    if (problems.isEmpty()) {
      jobs.settle(resolver, name, new Options(plan));
    }
    ExperimentConfig config = null;
    try {
      config = resolver.resolve(jobs.parts().rule());
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    ConfigException.requireNone(problems);
    resume.require(config);
    return injector
        .get()
        .getInstance(Engine.class)
        .run(
            new Call(name, config, plan),
            executor,
            new Options(executorOptions),
            settings.output(injector.get().getInstance(Catalogue.class)),
            resume,
            spec.commandLine());
  }

  /** What options are set to, as text. */
  private Map<String, String> read(
      List<Option<?>> options,
      Map<String, String> usual,
      ParseResult typed,
      List<String> problems) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Option<?> option : options) {
      String flag = "--" + option.name();
      String fallback = usual.getOrDefault(option.name(), option.fallbackText());
      String text =
          isFile(option) && typed.hasMatchedPositional(0)
              ? content(typed.matchedPositionalValue(0, null))
              : typed.matchedOptionValue(flag, fallback);
      try {
        values.put(option.name(), option.normal(text));
      } catch (IllegalArgumentException e) {
        problems.add(flag + " " + text + ": it must be " + option.type());
      }
    }
    return values;
  }

  private static String content(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      String reason =
          Files.isRegularFile(path) ? "it cannot be read as UTF-8 text" : "there is no such file";
      throw new ConfigException(path + ": " + reason);
    }
  }
}
