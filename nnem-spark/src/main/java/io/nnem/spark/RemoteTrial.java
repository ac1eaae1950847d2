package io.nnem.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.inject.Guice;
import com.google.inject.Injector;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.NnemModule;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Call;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Jobs;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginFailedException;
import io.nnem.experiments.plugins.PluginPath;
import io.nnem.experiments.pretrained.PretrainedFolder;
import io.nnem.experiments.run.Cancellation;
import io.nnem.experiments.run.DataSource;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialEvent;
import io.nnem.experiments.run.TrialJson;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.Trials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;

/** A trial far from the program that wants it: the job is made anew from its call. */
final class RemoteTrial {
  private static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

  /** What is made once in a program, for all trials of a run. */
  private static final Map<Key, Bench> BENCHES = new ConcurrentHashMap<>();

  static {
    System.setProperty("guice_bytecode_gen_option", "DISABLED"); // no classes made at run time
  }

  /**
   * What to run.
   *
   * @param experiment its name
   * @param config the setting as YAML
   * @param plan what its options are set to
   * @param data check sums of training, validation and test set
   * @param plugins names of the jars that were sent
   * @param trial condition and seed
   */
  record Task(
      String experiment,
      String config,
      Map<String, String> plan,
      List<String> data,
      List<String> plugins,
      Trial trial) {
    static Task of(String json) {
      return read(json, Task.class);
    }

    String json() {
      return write(this);
    }
  }

  /**
   * What came out.
   *
   * @param line the result, if nothing failed
   * @param failures what failed
   * @param notes what the user should know
   */
  record Answer(Optional<String> line, List<Failure> failures, List<String> notes) {
    static Answer of(String json) {
      return read(json, Answer.class);
    }

    String json() {
      return write(this);
    }

    Optional<TrialResult> result(Class<? extends Found> found) {
      return line.map(its -> TrialJson.result(its, found));
    }
  }

  /**
   * A failure, as it can be sent.
   *
   * @param trial what failed
   * @param message what the user is told
   * @param trace where it came from
   * @param ofPlugin whether a plug-in failed, so that other trials go on
   */
  record Failure(Trial trial, String message, String trace, boolean ofPlugin) {
    static Failure of(Outcome.Failure failure) {
      StringWriter trace = new StringWriter();
      failure.cause().printStackTrace(new PrintWriter(trace, true));
      boolean ofPlugin = failure.cause() instanceof PluginFailedException;
      String message = ofPlugin ? failure.cause().getMessage() : failure.cause().toString();
      return new Failure(failure.trial(), message, trace.toString(), ofPlugin);
    }

    RuntimeException cause() {
      IllegalStateException there = new IllegalStateException("on an executor: " + trace);
      return ofPlugin
          ? new PluginFailedException(message, there)
          : new IllegalStateException(message, there);
    }
  }

  private record Key(String experiment, String config, Map<String, String> plan) {}

  private record Bench(ExperimentConfig config, Job job, Split data) {
    static Bench of(Task task) {
      List<String> jars = task.plugins().stream().map(SparkFiles::get).toList();
      Injector injector =
          Guice.createInjector(
              new NnemModule(
                  Catalogue.load(PluginPath.standard(jars), List.of(Experiment.class)),
                  PretrainedFolder.standard(
                      null, System.getenv(), System.getProperty("user.home"))));
      ExperimentConfig config = config(task.config());
      Job job =
          injector.getInstance(Jobs.class).job(new Call(task.experiment(), config, task.plan()));
      Split data = injector.getInstance(DataSource.class).load(config);
      List<String> there =
          Stream.of(data.training(), data.validation(), data.test())
              .map(Dataset::checksum)
              .toList();
      if (!there.equals(task.data())) {
        throw new IllegalStateException(
            "data is \""
                + config.data()
                + "\", which is other data on this machine: its check sums are "
                + there
                + ", and should be "
                + task.data());
      }
      return new Bench(config, job, data);
    }

    private static ExperimentConfig config(String yaml) {
      try {
        Path file = Files.createTempFile("nnem", ".yaml");
        try {
          Files.writeString(file, yaml);
          return new ConfigResolver(ExperimentConfig.defaults()).file(file).resolve();
        } finally {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private RemoteTrial() {}

  static Answer run(Task task) {
    Key key = new Key(task.experiment(), task.config(), task.plan());
    Bench bench = BENCHES.computeIfAbsent(key, each -> Bench.of(task));
    List<TrialResult> whole = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Consumer<TrialEvent> observer =
        event -> {
          if (event instanceof TrialEvent.Noted noted) {
            notes.add(noted.text());
          }
        };
    Trials trials =
        new Trials(
            bench.job().runner(),
            bench.config(),
            List.of(task.trial()),
            List.of(),
            bench.data(),
            observer,
            whole::add,
            new Cancellation());
    trials.run(task.trial());
    return new Answer(
        whole.stream().findFirst().map(TrialJson::line),
        trials.outcome().failures().stream().map(Failure::of).toList(),
        notes);
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value + " could not be written as JSON", e);
    }
  }

  private static <V> V read(String json, Class<V> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not " + type.getSimpleName() + " as JSON: " + json, e);
    }
  }
}
